"""The day sheet: when it may be written, whether the place is open, what a count becomes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from espace.activities.rules.moments import end_of

FIRST_GEM_YEAR = 2005
"""The law that made the GEM is of February 2005: no sheet is older."""
MOST_HEADS = 999
"""A day of one GEM never has more people of one sort: beyond it, a finger slipped."""


class DayState(StrEnum):
    """Whether a day's sheet may be written now, and if not, why."""

    WRITABLE = "writable"
    FUTURE = "future"
    BEFORE_OPENING = "before_opening"
    MONTH_FINISHED = "month_finished"
    NAMES_GONE = "names_gone"
    """The month is old: its first names are gone, its counts no longer move."""


class NotNowError(Exception):
    """This day's sheet may not be written now; ``state`` says why."""

    def __init__(self, day: date, state: DayState) -> None:
        super().__init__(f"{day}: {state}")
        self.day, self.state = day, state


def day_state(
    day: date,
    *,
    today: date,
    opened_on: date | None,
    month_finished: bool,
    names_gone: bool = False,
) -> DayState:
    """Tell whether the sheet of ``day`` may be written; ``opened_on`` None means unknown."""
    if day > today:
        return DayState.FUTURE
    if day < (opened_on or date(FIRST_GEM_YEAR, 1, 1)):
        return DayState.BEFORE_OPENING
    if names_gone:
        return DayState.NAMES_GONE
    return DayState.MONTH_FINISHED if month_finished else DayState.WRITABLE


@dataclass(frozen=True, slots=True)
class Opening:
    """One planned opening of the day; ``closed`` when it was said that it is not held."""

    id: UUID
    starts_at: time
    hours: Decimal
    closed: bool = False

    @property
    def ends_at(self) -> time:
        return end_of(self.starts_at, self.hours)


class Now(StrEnum):
    """What to tell someone in front of the door."""

    OPEN = "open"
    LATER = "later"
    OVER = "over"
    CLOSED = "closed"
    NOTHING_PLANNED = "nothing_planned"


@dataclass(frozen=True, slots=True)
class OpenNow:
    """The answer, with the opening that carries the hour to say."""

    now: Now
    opening: Opening | None = None


def open_now(openings: Sequence[Opening], at: time) -> OpenNow:
    """Tell whether the place is open at ``at``, from the openings of that day."""
    if not openings:
        return OpenNow(Now.NOTHING_PLANNED)
    held = sorted((o for o in openings if not o.closed), key=lambda o: o.starts_at)
    if not held:
        return OpenNow(Now.CLOSED)
    for opening in held:
        if opening.starts_at <= at < opening.ends_at:
            return OpenNow(Now.OPEN, opening)
        if at < opening.starts_at:
            return OpenNow(Now.LATER, opening)
    return OpenNow(Now.OVER, held[-1])


def opening_for(openings: Iterable[Opening], at: time | None) -> UUID | None:
    """Return the opening a presence belongs to: the one running at ``at``, else the last begun.

    Before the first of the day it is the first. ``at`` None (another day than today: the hour of
    typing says nothing) gives the first one held.
    """
    held = sorted((o for o in openings if not o.closed), key=lambda o: o.starts_at)
    if not held:
        return None
    begun = [o for o in held if at is not None and o.starts_at <= at]
    return (begun[-1] if begun else held[0]).id


def new_count(count: int, by: int) -> int:
    """Return ``count`` moved by ``by``, never below 0 nor above 999."""
    return max(0, min(MOST_HEADS, count + by))


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of the typing grid: someone, some day."""

    person_id: UUID
    day: date


@dataclass(frozen=True, slots=True)
class Differences:
    """What a typed grid changes; a box left as it was shown is in neither."""

    came: frozenset[Cell]
    did_not_come: frozenset[Cell]


def differences(shown: Iterable[Cell], typed: Iterable[Cell]) -> Differences:
    """Compare what the page showed ticked with what came back.

    Nothing is said of a box that someone else ticked meanwhile: it was shown empty and came back
    empty, so it stays as they left it.
    """
    before, after = frozenset(shown), frozenset(typed)
    return Differences(came=after - before, did_not_come=before - after)
