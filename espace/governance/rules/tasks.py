"""Deadlines of an association, and how near they are: no deadline is lost until it is met."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from espace.binder.rules import MARKS

AHEAD = timedelta(days=365)
BEHIND_YEARS = 1
"""Older deadlines that nobody met are history: the year before is still said."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is to be done; ``key`` tells it from the others for good."""

    kind: str
    key: str
    due_on: date
    what: str = ""


def statutory(today: date, *, since: date) -> list[Deadline]:
    """Return the days every year brings, from the year before to the next one.

    Report of the year before, by 28 February (read in the text of 2016, to check); assembly and
    accounts within six months of the end of the year, the usual rule of model statutes (to check
    in those of the GEM). Nothing is asked for a year when the GEM was not there yet.
    """
    found = []
    for year in range(today.year - BEHIND_YEARS, today.year + 2):
        for kind, due_on in (
            ("bilan", date(year, 2, 28)),
            ("comptes", date(year, 6, 30)),
            ("ag", date(year, 6, 30)),
        ):
            if due_on >= since and (kind == "ag" or year > since.year):
                found.append(Deadline(kind, f"{kind}:{year}", due_on))
    return found


def waiting(deadlines: Iterable[Deadline], met: Collection[str], today: date) -> list[Deadline]:
    """Return what is late or due within a year and not met, the nearest first."""
    left = [one for one in deadlines if one.key not in met and one.due_on <= today + AHEAD]
    return sorted(left, key=lambda one: (one.due_on, one.kind, one.key))


class Dated(Protocol):
    """A deadline, by its key and its day."""

    @property
    def key(self) -> str: ...
    @property
    def due_on(self) -> date: ...


def marks_reached(deadlines: Iterable[Dated], today: date) -> list[str]:
    """Return the mark each deadline stands at, 90, 30 or 7 days: one text a deadline and mark.

    A mark stays reached until the next one, so that a day without the worker loses no reminder. A
    deadline that is late has none: the pages say it every day.
    """
    return [
        f"{one.key}:{one.due_on}:{mark}"
        for one in deadlines
        if (mark := _mark((one.due_on - today).days))
    ]


def _mark(left: int) -> int | None:
    return next((mark for mark in MARKS if left <= mark), None) if left >= 0 else None
