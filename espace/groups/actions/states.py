"""The life of a GEM: in preparation, open, paused, closed; member of FiGEM or not."""

from datetime import date
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.core.clock import now, today
from espace.groups.actions.versions import touch
from espace.groups.choices import GemStatus, StateReason
from espace.groups.models import Gem, GemState
from espace.groups.rules.states import check_change


@transaction.atomic
def change_state(
    *, actor: Actor, gem_id: UUID, state: GemStatus, since: date, reason: StateReason
) -> None:
    """Write the new state of the GEM; the one it already has changes nothing.

    FiGEM writes any state; the bureau pauses its own GEM and takes it up again. Raises
    StateRefusedError with the reason when the rules say no.
    """
    federation = can(actor, "groups.run_network")
    if not federation:
        require(actor, "groups.pause", gem_id)
    gem = Gem.objects.select_for_update().get(pk=gem_id)
    if gem.status == state:
        return
    day = today(gem.time_zone)
    check_change(gem.status, state, since=since, today=day, is_federation=federation)
    write_state(gem, state, since, reason)
    journal.write(actor, "groups.change_state", gem_id=gem_id, thing=state.value)


def write_state(gem: Gem, state: GemStatus, since: date, reason: StateReason) -> None:
    """Add a line to the history of a locked GEM, and give it that state."""
    number = GemState.objects.filter(gem=gem).count() + 1
    GemState.objects.create(gem=gem, number=number, state=state, since=since, reason=reason)
    gem.status = state
    gem.save(update_fields=["status"])
    if state == GemStatus.FERME:
        waiting = gem.opening_letters.filter(used_at__isnull=True, withdrawn_at__isnull=True)
        waiting.update(withdrawn_at=now())
    touch(gem.pk)


@transaction.atomic
def note_federated(*, actor: Actor, gem_id: UUID, federated: bool, since: date | None) -> None:
    """Write whether the GEM is a member of FiGEM, and since when."""
    require(actor, "groups.run_network", gem_id)
    gem = Gem.objects.select_for_update().get(pk=gem_id)
    gem.federated, gem.federated_since = federated, since if federated else None
    gem.save(update_fields=["federated", "federated_since"])
    journal.write(actor, "groups.note_federated", gem_id=gem_id)
    touch(gem_id)
