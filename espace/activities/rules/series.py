"""What comes back every n weeks: on which days, and what a change keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.rrule import WEEKLY, rrule

HORIZON = timedelta(weeks=8)
"""The programme is written this far ahead."""
MOST_WEEKS = 8
"""Something rarer than every eight weeks is not a series: it is written day by day."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every ``every_weeks`` weeks on ``weekday`` (1 is Monday), between two dates included."""

    weekday: int
    every_weeks: int
    first_on: date
    last_on: date | None = None

    @property
    def begins_on(self) -> date:
        """The first occurrence: the first such week day from ``first_on`` on."""
        return self.first_on + timedelta(days=(self.weekday - self.first_on.isoweekday()) % 7)


def occurrences(rhythm: Rhythm, start: date, until: date) -> list[date]:
    """Return the days of the series from ``start`` to ``until``, both included."""
    end = until if rhythm.last_on is None else min(until, rhythm.last_on)
    return list(_between(rhythm, start, end)) if start <= end else []


def _between(rhythm: Rhythm, start: date, end: date) -> Iterator[date]:
    found = rrule(
        WEEKLY,
        interval=rhythm.every_weeks,
        dtstart=_midnight(rhythm.begins_on),
        until=_midnight(end),
    )
    for moment in found.between(_midnight(start), _midnight(end), inc=True):
        yield moment.date()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def follows_usual_hours(every_weeks: int, last_on: date | None) -> bool:
    """Tell whether an opening series is the profile's: every week, without an end.

    The others (one Saturday out of two, « until Christmas ») were added to the programme and
    live their own life.
    """
    return every_weeks == 1 and last_on is None
