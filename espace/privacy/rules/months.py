"""Months as they are written in addresses: « 2026-10 »."""

import re
from datetime import date

KEPT_MONTHS = 13
"""Twelve months are kept: they begin in a thirteenth one."""
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")


def month_named(text: str) -> date | None:
    """Return the first day of the month written in ``text``; None when it is none."""
    found = _MONTH.match(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if 1 <= month <= 12 and year >= 1 else None


def last_months(today: date, count: int = KEPT_MONTHS) -> list[date]:
    """Return the first days of the last ``count`` months, the running one first."""
    return [months_before(today, back) for back in range(count)]


def months_before(day: date, count: int) -> date:
    """Return the first day of the month ``count`` months before the one of ``day``."""
    rank = day.year * 12 + day.month - 1 - count
    return date(rank // 12, rank % 12 + 1, 1)
