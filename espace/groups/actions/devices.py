"""Enrolling and withdrawing the GEM's own devices."""

from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import now
from espace.groups.models import Device
from espace.groups.rules.tokens import new_token, token_hash


def enrol_device(*, actor: Actor, gem_id: UUID, name: str) -> str:
    """Enrol the device in use and return its secret, of which only a hash is kept.

    A device enrolled before and enrolled again counts once: its first secret dies.
    """
    require(actor, "groups.enrol_device", gem_id)
    token = new_token()
    with transaction.atomic():
        if actor.device_id:
            _withdraw(actor, gem_id, actor.device_id)
        device = Device.objects.create(
            gem_id=gem_id,
            name=name,
            token_hash=token_hash(token),
            enrolled_by_id=actor.account_id,
        )
        journal.write(actor, "groups.enrol_device", gem_id=gem_id, thing=device.pk)
    return token


def revoke_device(*, actor: Actor, gem_id: UUID, device_id: UUID) -> None:
    """Withdraw a device of this GEM: it opens nothing from its next page. Again is harmless."""
    require(actor, "groups.revoke_device", gem_id)
    with transaction.atomic():
        _withdraw(actor, gem_id, device_id)


def _withdraw(actor: Actor, gem_id: UUID, device_id: UUID) -> None:
    running = Device.objects.filter(pk=device_id, gem_id=gem_id, revoked_at__isnull=True)
    if running.update(revoked_at=now()):
        journal.write(actor, "groups.revoke_device", gem_id=gem_id, thing=device_id)
