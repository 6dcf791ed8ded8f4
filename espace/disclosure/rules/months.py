"""Which month may be closed, and when: pure."""

from datetime import date

from espace.indicators.rules import Period, month_period, shift_date

FREEZE_DAY = 10
"""GEM have until the ninth of the next month to finish a month (trust note, section 8)."""


def may_be_closed(month: date, today: date) -> bool:
    """Tell whether the tenth of the month after ``month`` has come."""
    after = shift_date(month.replace(day=1), 1, "month")
    return today >= after.replace(day=FREEZE_DAY)


def month_due(today: date) -> Period:
    """Return the last month that may be closed."""
    back = 1 if today.day >= FREEZE_DAY else 2
    return month_period(shift_date(today.replace(day=1), -back, "month"))
