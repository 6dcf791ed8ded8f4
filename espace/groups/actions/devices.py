"""Enrolling and withdrawing the GEM's own devices."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import require
from espace.core.clock import now
from espace.groups.models import Device, Mandate
from espace.groups.rules.tokens import (
    DEMONSTRATION_TABLET,
    demonstration_token,
    new_token,
    token_hash,
)


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


def demonstration_tablet() -> tuple[str, str, str] | None:
    """Return (name, GEM, secret) of the demonstration tablet; None without a network.

    For demonstration mode only. It is enrolled again, in the GEM of the demonstration's elected
    person, when it was withdrawn or when the secret key changed.
    """
    if not settings.DEMONSTRATION:
        return None
    mandate = (
        Mandate.objects.filter(account__demonstration_role=Role.ELECTED, ended_on__isnull=True)
        .select_related("gem")
        .order_by("gem__practice", "started_on", "pk")
        .first()
    )
    if mandate is None:
        return None
    gem = mandate.gem
    token = demonstration_token(settings.SECRET_KEY, gem.slug)
    Device.objects.update_or_create(
        token_hash=token_hash(token),
        defaults={"gem": gem, "revoked_at": None},
        create_defaults={"gem": gem, "name": DEMONSTRATION_TABLET},
    )
    return DEMONSTRATION_TABLET, gem.name, token
