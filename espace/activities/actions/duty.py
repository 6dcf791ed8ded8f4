"""« Je tiens le GEM » : someone says that they hold the place today."""

from datetime import date
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.models import Duty
from espace.activities.queries.access import local_now
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem


@transaction.atomic
def hold_the_place(*, actor: Actor, gem_id: UUID) -> None:
    """Note that who asks holds the place today: they may then write today's sheet.

    Saying it twice changes nothing.
    """
    account_id, day = _who_and_when(actor, gem_id)
    row = Duty(gem_id=gem_id, account_id=account_id, date=day)
    Duty.objects.bulk_create([row], ignore_conflicts=True)
    journal.write(actor, "activities.hold_the_place", gem_id=gem_id, thing=day)


@transaction.atomic
def leave_the_place(*, actor: Actor, gem_id: UUID) -> None:
    """Note that who asks does not hold the place today, or no more; what they wrote stays."""
    account_id, day = _who_and_when(actor, gem_id)
    Duty.objects.filter(gem_id=gem_id, account_id=account_id, date=day).delete()
    journal.write(actor, "activities.leave_the_place", gem_id=gem_id, thing=day)


def _who_and_when(actor: Actor, gem_id: UUID) -> tuple[UUID, date]:
    require(actor, "activities.hold_the_place", gem_id)
    if actor.account_id is None:
        raise ValueError("Only a person holds the place.")
    today = local_now(sheet_gem(gem_id)).date()
    touch(gem_id, since=today)
    return actor.account_id, today
