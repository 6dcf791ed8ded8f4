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

__all__ = [
    "AgendaPoint",
    "Carrier",
    "Decision",
    "HandVote",
    "Meeting",
    "MeetingPresence",
    "Statutes",
]
