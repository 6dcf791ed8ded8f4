"""Background work: the month is closed on the tenth of the next one, by itself."""

from contextlib import suppress
from datetime import date

from espace.accounts.access import SYSTEM
from espace.disclosure.actions import ClosedAlreadyError, close_month
from espace.disclosure.rules.months import month_due

CLOSE_JOB = "disclosure.close_due_month"


def close_due_month(identifier: str) -> None:
    """Close the last month that may be; running it again the same month changes nothing."""
    day = date.fromisoformat(identifier)
    with suppress(ClosedAlreadyError):
        close_month(actor=SYSTEM, month=month_due(day).start, today=day)
