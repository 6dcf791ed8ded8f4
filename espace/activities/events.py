"""What this package announces (see espace.core.events)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class AttendanceRecorded:
    """Who came to a GEM on one day is not what it was."""

    gem_id: UUID
    day: date


@dataclass(frozen=True)
class MonthFinished:
    """A GEM says that a month is complete, or opens it again (``finished`` False)."""

    gem_id: UUID
    month: date
    finished: bool


@dataclass(frozen=True)
class NamesLeaving:
    """The first names of a month are about to go, in this very transaction.

    Whoever shows a figure that needs them keeps its last value now: it can't be counted again.
    """

    gem_id: UUID
    month: date
    today: date
