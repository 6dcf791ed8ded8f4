"""Tables of this package, a file for each topic."""

from espace.governance.models.meetings import (
    AgendaPoint,
    Carrier,
    Decision,
    HandVote,
    Meeting,
    MeetingPresence,
    Statutes,
)
from espace.governance.models.money import (
    AccountsPromise,
    BudgetEvent,
    BudgetLine,
    CashCount,
    CashLine,
)

__all__ = [
    "AccountsPromise",
    "AgendaPoint",
    "BudgetEvent",
    "BudgetLine",
    "Carrier",
    "CashCount",
    "CashLine",
    "Decision",
    "HandVote",
    "Meeting",
    "MeetingPresence",
    "Statutes",
]
