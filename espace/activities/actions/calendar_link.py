"""The address that telephones follow: made once, renewed by the board when it went too far."""

import secrets
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.models import CalendarLink
from espace.core.clock import now

TOKEN_BYTES = 32


@transaction.atomic
def make_calendar_link(*, actor: Actor, gem_id: UUID) -> None:
    """Make the GEM's address; nothing changes when there is one."""
    require(actor, "activities.follow_programme", gem_id)
    if CalendarLink.objects.get_or_create(gem_id=gem_id, defaults=_fresh())[1]:
        journal.write(actor, "activities.make_calendar_link", gem_id=gem_id)


@transaction.atomic
def renew_calendar_link(*, actor: Actor, gem_id: UUID) -> None:
    """Give the GEM another address: the old one stops at once, for everyone."""
    require(actor, "activities.renew_calendar_link", gem_id)
    CalendarLink.objects.update_or_create(gem_id=gem_id, defaults=_fresh())
    journal.write(actor, "activities.renew_calendar_link", gem_id=gem_id)


def _fresh() -> dict[str, object]:
    return {"token": secrets.token_urlsafe(TOKEN_BYTES), "made_at": now()}
