"""The days when a fictional GEM stays closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.easter import easter


class Closure(StrEnum):
    HOLIDAY = "holiday"
    STAFF_ILL = "staff_ill"


@dataclass(frozen=True)
class Habits:
    """How one GEM rests: length of its summer pause (weeks), and its week of bad luck (ISO)."""

    summer_weeks: int
    ill_week: int
    overseas: bool = False


def days(first: date, last: date) -> Iterator[date]:
    """Yield every day from ``first`` to ``last``, both included."""
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def public_holidays(year: int, overseas: bool) -> frozenset[date]:
    """Return the French public holidays of ``year`` (La Réunion also rests on 20 December)."""
    sunday = easter(year)
    moving = (sunday + timedelta(days=gap) for gap in (1, 39, 50))
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    if overseas:
        fixed.append((12, 20))
    return frozenset([*moving, *(date(year, month, day) for month, day in fixed)])


def closure_of(day: date, habits: Habits, member_run: bool) -> Closure | None:
    """Tell why an opening of ``day`` does not happen, or None when it does.

    A member-run opening is held when the employee is ill: nobody waits for an employee there.
    """
    if day in public_holidays(day.year, habits.overseas):
        return Closure.HOLIDAY
    if (day.month, day.day) >= (12, 26):
        return Closure.HOLIDAY
    middle = date(day.year, 8, 3)
    if middle <= day < middle + timedelta(weeks=habits.summer_weeks):
        return Closure.HOLIDAY
    if day.isocalendar().week == habits.ill_week and not member_run:
        return Closure.STAFF_ILL
    return None
