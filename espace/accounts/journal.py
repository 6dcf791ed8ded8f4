"""The one writer of the journal: who did what, never the content."""

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
