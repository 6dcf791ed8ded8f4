"""Someone opens what is kept on a person: a line of the journal, once a day, never the content.

The person reads these lines in their own data (« Qui a ouvert mes données »).
"""

from datetime import datetime, time
from uuid import UUID

from django.utils import timezone

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.journal_reading import already_written
from espace.core.clock import today


def note(actor: Actor, action: str, *, gem_id: UUID | None, thing: object) -> None:
    """Write that ``actor`` opened ``thing``, unless it is already written today."""
    midnight = datetime.combine(today(), time.min, timezone.get_default_timezone())
    if not already_written(actor, action, thing, since=midnight):
        journal.write(actor, action, gem_id=gem_id, thing=thing)
