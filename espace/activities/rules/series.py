"""What comes back: on which days, and what a change keeps."""

from dataclasses import dataclass
from datetime import date, timedelta

from espace.activities.rules.recurrence import WEEKDAYS, days_between, read_rule

HORIZON = timedelta(weeks=8)
"""The programme is written this far ahead."""
MOST_BEHIND = timedelta(days=366)
"""A series that began long ago is not written further back than that."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A kept rule between two dates included, without the days taken away."""

    rule: str
    first_on: date
    last_on: date | None = None
    except_on: frozenset[date] = frozenset()


def occurrences(rhythm: Rhythm, start: date, until: date) -> list[date]:
    """Return the days of the series from ``start`` to ``until``, both included."""
    end = until if rhythm.last_on is None else min(until, rhythm.last_on)
    return list(days_between(rhythm.rule, rhythm.first_on, start, end, rhythm.except_on))


def follows_usual_hours(rule: str, last_on: date | None) -> bool:
    """Tell whether an opening series is the profile's: every week, without an end.

    The others (one Saturday out of two, « until Christmas ») were added to the programme and
    live their own life. Raises RuleError.
    """
    every = read_rule(rule).every
    return every.freq == "WEEKLY" and every.interval == 1 and not every.months and last_on is None


def weekly_rule(weekday: int, every_weeks: int = 1) -> str:
    """Return the rule of « every n weeks on that day » (1 is Monday)."""
    interval = f";INTERVAL={every_weeks}" if every_weeks > 1 else ""
    return f"FREQ=WEEKLY{interval};BYDAY={WEEKDAYS[weekday - 1]}"
