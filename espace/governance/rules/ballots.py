"""Ballots: what may be marked, how they are counted, what a small vote cannot hide."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEW = 5
"""Under five ballots, each one is nearly a signature (small numbers, trust note 8)."""
MOST_OPTIONS = 30
MOST_SEATS = 20


class MarksTrouble(StrEnum):
    """Why a ballot cannot go in the box."""

    TOO_MANY = "too_many"
    UNKNOWN = "unknown"


def check_marks(
    marks: Sequence[int], *, options: Collection[int], seats: int
) -> MarksTrouble | None:
    """Return what is wrong with a ballot; none marked is a blank one, which is allowed."""
    if set(marks) - set(options) or len(set(marks)) != len(marks):
        return MarksTrouble.UNKNOWN
    return MarksTrouble.TOO_MANY if len(marks) > seats else None


@dataclass(frozen=True, slots=True)
class Counted:
    """The count of a box; ``alike`` when every ballot says the same, at least two of them."""

    voices: dict[int, int]
    blank: int
    ballots: int
    alike: bool

    @property
    def few(self) -> bool:
        return self.ballots < FEW


def count(ballots: Iterable[Sequence[int]], options: Collection[int]) -> Counted:
    """Count ballots in any order: the same box gives the same count."""
    box = [tuple(sorted(one)) for one in ballots]
    voices = Counter(rank for one in box for rank in one)
    return Counted(
        voices={rank: voices[rank] for rank in options},
        blank=sum(1 for one in box if not one),
        ballots=len(box),
        alike=len(box) > 1 and len(set(box)) == 1,
    )
