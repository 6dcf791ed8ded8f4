"""An account for someone of the roll who has none: no e-mail needed."""

from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.actions import find_or_create_account
from espace.accounts.choices import Role
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.groups.actions.versions import touch
from espace.groups.models import Gem, Mandate, Person
from espace.groups.rules.mandates import is_running


@transaction.atomic
def account_of_line(*, actor: Actor, gem_id: UUID, person_id: UUID) -> UUID:
    """Return the account of someone of the roll, made and linked if needed, a member at least.

    The first name, the letter and the drawing of the roll become the account's. Someone who holds
    a role in the GEM keeps it as it is. A line of another GEM does not exist (404).
    """
    require(actor, "groups.edit_roll", gem_id)
    require(actor, "groups.give_roles", gem_id)
    gem = Gem.objects.select_for_update().get(pk=gem_id)
    person = get_object_or_404(Person.objects.select_for_update(), pk=person_id, gem=gem)
    account_id = person.account_id or _new_account(actor, person)
    day = today(gem.time_zone)
    mandates = Mandate.objects.filter(gem=gem, account_id=account_id).order_by("pk")
    if not any(is_running(one.started_on, one.ended_on, day) for one in mandates):
        # One that was to begin later begins today.
        begun, _made = Mandate.objects.update_or_create(
            gem=gem,
            account_id=account_id,
            role=Role.MEMBER,
            ended_on=None,
            defaults={"started_on": day, "granted_by_id": actor.account_id},
        )
        journal.write(actor, "groups.give_roles", gem_id=gem_id, thing=begun.pk)
    touch(gem_id)
    return account_id


def _new_account(actor: Actor, person: Person) -> UUID:
    account = find_or_create_account(
        email=None, first_name=person.first_name, initial=person.initial
    )
    account.pictogram = person.pictogram
    account.save(update_fields=["pictogram"])
    person.account = account
    person.save(update_fields=["account"])
    journal.write(actor, "roll.account", gem_id=person.gem_id, thing=person.pk)
    return account.pk
