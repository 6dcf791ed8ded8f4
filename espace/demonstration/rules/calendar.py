"""The days of a fictional life: eighteen months behind, six weeks ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from espace.demonstration.rules.closures import Closure, Habits, closure_of, days
from espace.demonstration.rules.network import Opening

MONTHS = 18
PRACTICE_MONTHS = 1
DAYS_AHEAD = 42


@dataclass(frozen=True)
class OpeningDay:
    """One opening of one day, and why it stays closed when it does."""

    date: date
    opening: Opening
    closure: Closure | None


def first_day(today: date, months: int = MONTHS) -> date:
    """Return the first day of the month ``months`` before the month of ``today``."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(years, month + 1, 1)


def month_starts(first: date, today: date) -> list[date]:
    """Return the first day of each month from ``first``, the month of ``today`` left out."""
    found = [first]
    while (following := (found[-1] + timedelta(days=32)).replace(day=1)) < today.replace(day=1):
        found.append(following)
    return found


def opening_days(
    openings: Sequence[Opening], habits: Habits, first: date, last: date
) -> list[OpeningDay]:
    """Return every planned opening from ``first`` to ``last``, in order of date and hour."""
    return [
        OpeningDay(day, opening, closure_of(day, habits, opening.member_run))
        for day in days(first, last)
        for opening in openings
        if opening.weekday == day.isoweekday()
    ]
