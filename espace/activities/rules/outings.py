"""Outings are opening hours (OB-20): which ones of a day count besides those of the place."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Span(Generic[K]):
    """Something of a day that lasts ``hours`` from ``starts_at``."""

    key: K
    starts_at: time
    hours: Decimal

    @property
    def minutes(self) -> tuple[int, int]:
        """From and to, in minutes of the day."""
        first = self.starts_at.hour * 60 + self.starts_at.minute
        return first, min(first + int(self.hours * 60), DAY_MINUTES)


def outings_that_count(outings: Sequence[Span[K]], openings: Sequence[Span[K]]) -> list[Span[K]]:
    """Return the outings that no opening covers, and not two at once.

    One that begins while the place is open adds nothing: those hours are counted already.
    """
    counted: list[Span[K]] = []
    for outing in sorted(outings, key=lambda one: (one.starts_at, -one.hours, str(one.key))):
        if not any(_meet(outing, other) for other in (*openings, *counted)):
            counted.append(outing)
    return counted


def _meet(one: Span[K], other: Span[K]) -> bool:
    first, last = one.minutes
    begin, end = other.minutes
    return first < end and begin < last
