"""Days, weeks, months, hours and durations as people write them."""

import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

DAYS_OF_WEEK = 7
SHORTEST = Decimal("0.25")
LONGEST = Decimal(24)
CENT = Decimal("0.01")
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years of an address: beyond them, the day before or the week after may not exist."""
_TIME = re.compile(r"(\d{1,2})(?:\s*(?:h|:|\.)\s*(\d{2})?\s*(?:min|mn)?)?", re.I)
_COMPACT_TIME = re.compile(r"(\d{2})(\d{2})")
_HOURS = re.compile(r"(\d{1,2})\s*(?:h|heures?)\s*(?:(\d{1,2})\s*(?:min|mn|minutes?)?)?", re.I)
_MINUTES = re.compile(r"(\d{1,4})\s*(?:min|mn|minutes?)", re.I)
_NUMBER = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?")
_HALF = re.compile(r"(.+?)\s*et demie?", re.I)


def parse_day(text: str) -> date | None:
    """Return the day written « 2026-11-22 »; None when there is no such day (31 February).

    None too for a year before 1900 or after 2100.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return _within_reach(date.fromisoformat(text))
    except ValueError:
        return None


def parse_month(text: str) -> date | None:
    """Return the first day of the month written « 2026-10 », or None."""
    return parse_day(f"{text}-01")


def parse_week(text: str) -> date | None:
    """Return the Monday of the ISO week written « 2026-W46 », or None (see ``parse_day``)."""
    found = re.fullmatch(r"(\d{4})-W(\d{2})", text, re.ASCII)
    if not found:
        return None
    try:
        return _within_reach(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        return None


def _within_reach(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def week_code(day: date) -> str:
    """Return the ISO week of ``day``, as « 2026-W46 »."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def days_of_week(monday: date) -> list[date]:
    """Return the seven days from ``monday`` on."""
    return [monday + timedelta(days=rank) for rank in range(DAYS_OF_WEEK)]


def next_month(month: date) -> date:
    """Return the first day of the month after the one of ``month``."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def previous_month(month: date) -> date:
    """Return the first day of the month before the one of ``month``."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def last_day(month: date) -> date:
    """Return the last day of the month of ``month``."""
    return next_month(month) - timedelta(days=1)


def parse_time(text: str) -> time | None:
    """Return the hour written « 10h30 », « 10 h », « 10:30 », « 1030 » or « 10 »; else None."""
    tidy = " ".join(text.split())
    found = _COMPACT_TIME.fullmatch(tidy) or _TIME.fullmatch(tidy)
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def parse_duration(text: str) -> Decimal | None:
    """Return a duration in hours, from a quarter of an hour to 24 hours; None when unreadable.

    « 2 h », « 1h30 », « 1,5 », « 90 min » and « 2 heures et demie » are understood. A bare number
    above 24 is minutes.
    """
    hours = _hours(" ".join(text.split()))
    if hours is None:
        return None
    rounded = hours.quantize(CENT, ROUND_HALF_UP)
    return rounded if SHORTEST <= rounded <= LONGEST else None


def _hours(text: str) -> Decimal | None:
    half = _HALF.fullmatch(text)
    if half:
        whole = _hours(half[1])
        return None if whole is None else whole + Decimal("0.5")
    if found := _HOURS.fullmatch(text):
        minutes = int(found[2] or 0)
        return Decimal(found[1]) + Decimal(minutes) / 60 if minutes < 60 else None
    if found := _MINUTES.fullmatch(text):
        return Decimal(found[1]) / 60
    if found := _NUMBER.fullmatch(text):
        number = Decimal(f"{found[1]}.{found[2] or 0}")
        return number / 60 if number > LONGEST else number
    return None


def say_time(moment: time) -> str:
    """Return « 10 h » or « 10 h 30 »."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def say_duration(hours: Decimal) -> str:
    """Return « 45 min », « 2 h » or « 1 h 30 »."""
    minutes = int((hours * 60).to_integral_value(ROUND_HALF_UP))
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"


def say_euros(cents: int) -> str:
    """Return « 3 € » or « 2,50 € »."""
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02d} €" if rest else f"{euros} €"


def end_of(starts_at: time, hours: Decimal) -> time:
    """Return when something that lasts ``hours`` ends; at the latest the end of the day."""
    minutes = starts_at.hour * 60 + starts_at.minute + int(hours * 60)
    return time(*divmod(minutes, 60)) if minutes < 24 * 60 else time(23, 59)


def days_before(day: date, count: int) -> date:
    """Return the day ``count`` days before ``day``."""
    return day - timedelta(days=count)
