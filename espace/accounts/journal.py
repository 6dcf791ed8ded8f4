"""The one writer of the journal: who did what, never the content."""

from collections.abc import Iterable
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.models import JournalEntry


def write(actor: Actor, action: str, *, gem_id: UUID | None = None, thing: object = "") -> None:
    """Add one line. ``thing`` is an id or a date, never a name or a text."""
    JournalEntry.objects.create(
        account_id=actor.account_id,
        device_id=actor.device_id,
        gem_id=gem_id,
        action=action,
        thing=str(thing),
    )


def forget(ids: Iterable[UUID]) -> int:
    """Take the people of these ids out of the journal: neither who did, nor to whom."""
    gone = list(ids)
    who = JournalEntry.objects.filter(account_id__in=gone).update(account_id=None)
    what = JournalEntry.objects.filter(thing__in=[str(each) for each in gone]).update(thing="")
    return who + what
