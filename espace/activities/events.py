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
