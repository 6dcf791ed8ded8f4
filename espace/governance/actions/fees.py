"""Writes of the yearly fees: one tap says that someone paid, with the cash line if it is cash."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.governance.actions.cash import NewCashLine, add_cash_line
from espace.governance.choices.money import Category
from espace.groups.actions.roll import record_membership
from espace.groups.models import Membership
from espace.groups.queries.gem_facts import today_of


@transaction.atomic
def note_fee(
    *,
    actor: Actor,
    gem_id: UUID,
    person_id: UUID,
    year: int,
    cents: int | None,
    in_cash: bool,
    key: UUID,
) -> bool:
    """Note that someone paid their fee of a year; True when it was not noted yet.

    The same ``key`` again, or a fee already noted, changes nothing. ``in_cash`` also writes the
    cash book, without anybody's name. 404 for someone of another roll.
    """
    require(actor, "groups.edit_roll", gem_id)
    require(actor, "governance.write_money", gem_id)
    cards = Membership.objects.filter(person_id=person_id, person__gem_id=gem_id)
    if not first_time(key) or cards.filter(year=year).exists():
        return False
    day = today_of(gem_id)
    record_membership(
        actor=actor,
        person_id=person_id,
        year=year,
        started_on=day,
        fee_cents=cents,
        is_first=not cards.filter(year__lt=year).exists(),
    )
    if in_cash and cents:
        line = NewCashLine(day, _("Cotisation"), cents, Category.COTISATIONS)
        add_cash_line(actor=actor, gem_id=gem_id, line=line, key=key_of_cash(key))
    return True


def key_of_cash(key: UUID) -> UUID:
    """Return the key of the cash line that goes with a fee: another one, always the same."""
    return UUID(int=key.int ^ 1)
