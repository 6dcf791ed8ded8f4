"""Publishes the last months of the fictional network, as each tenth of the month would have."""

from datetime import date

from espace.accounts.access import SYSTEM
from espace.disclosure.actions import close_month
from espace.disclosure.queries import closed_months
from espace.disclosure.rules.months import month_due
from espace.territories.actions import mark_all

MONTHS = 6


def publish_months(*, today: date) -> None:
    """Close the last six months and ask for the sums; does nothing when a month is published."""
    if closed_months(1):
        return
    due = month_due(today)
    for back in range(MONTHS - 1, -1, -1):
        close_month(actor=SYSTEM, month=due.shift(-back, "month").start, today=today)
    mark_all()
