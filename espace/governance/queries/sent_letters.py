"""Who a convening letter may reach by mail."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import require
from espace.governance.choices.meetings import MeetingKind
from espace.governance.models.meetings import Meeting
from espace.governance.queries.meetings import MeetingPage, one_meeting
from espace.groups.queries.accounts import accounts_with_address

BOARD = (Role.ELECTED,)
EVERYONE = (Role.ELECTED, Role.MEMBER)


@dataclass(frozen=True, slots=True)
class LetterToSend:
    """The page that asks before sending: how many people, and when it left already."""

    meeting: MeetingPage
    accounts: int
    sent_on: date | None


def convened_accounts(gem_id: UUID, kind: str) -> list[UUID]:
    """Return the accounts a meeting of this kind calls, with an address. Two SQL queries."""
    board = kind in (MeetingKind.BUREAU, MeetingKind.CA)
    return accounts_with_address(gem_id, BOARD if board else EVERYONE)


def letter_to_send(actor: Actor, gem_id: UUID, meeting_id: UUID) -> LetterToSend:
    """Return what the page asks. Eleven SQL queries at most. Raises NotAllowed, Http404."""
    require(actor, "governance.convene", gem_id)
    shown = one_meeting(actor, gem_id, meeting_id)
    sent_on = Meeting.objects.values_list("sent_on", flat=True).get(pk=meeting_id)
    return LetterToSend(shown, len(convened_accounts(gem_id, shown.line.kind)), sent_on)
