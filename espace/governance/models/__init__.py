"""Tables of this package, a file for each topic."""

from espace.governance.models.autonomy import AutonomyStep, WhoDoesWhat
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
from espace.governance.models.tasks import DeadlineMet, Task, TaskHolder
from espace.governance.models.votes import Ballot, SecretVote, VoteOption, VotingTicket

__all__ = [
    "AccountsPromise",
    "AgendaPoint",
    "AutonomyStep",
    "Ballot",
    "BudgetEvent",
    "BudgetLine",
    "Carrier",
    "CashCount",
    "CashLine",
    "DeadlineMet",
    "Decision",
    "HandVote",
    "Meeting",
    "MeetingPresence",
    "SecretVote",
    "Statutes",
    "Task",
    "TaskHolder",
    "VoteOption",
    "VotingTicket",
    "WhoDoesWhat",
]
