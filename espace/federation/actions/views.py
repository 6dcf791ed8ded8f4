"""Keeping a choice of figures by a name, taking it away, putting it back."""

from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.federation.models import SavedView
from espace.federation.rules.views import Choice


@transaction.atomic
def save_view(*, actor: Actor, name: str, choice: Choice, key: UUID) -> None:
    """Keep a choice for the whole team, once for a key."""
    require(actor, "groups.run_network")
    if first_time(key):
        made = SavedView.objects.create(name=name, query=choice.query())
        journal.write(actor, "federation.save_view", thing=made.pk)


@transaction.atomic
def remove_view(*, actor: Actor, view_id: UUID, restore: bool = False) -> None:
    """Take a view away, or put it back."""
    require(actor, "groups.run_network")
    if SavedView.objects.filter(pk=view_id, removed=restore).update(removed=not restore):
        journal.write(actor, "federation.remove_view", thing=view_id)
