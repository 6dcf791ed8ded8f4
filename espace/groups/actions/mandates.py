"""Giving and ending roles in a GEM."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from espace.accounts import address, journal
from espace.accounts.access import Actor, actor_for
from espace.accounts.actions import find_or_create_account
from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed, require
from espace.core.clock import today
from espace.core.idempotency import first_time
from espace.groups.actions.versions import touch
from espace.groups.models import Gem, Mandate
from espace.groups.queries.mandates import giver_of
from espace.groups.rules.mandates import (
    PEOPLE_OF_THE_HOUSE,
    Refusal,
    RefusedError,
    check_end,
    check_grant,
    may_change_address,
)

WHO_CHANGES_ADDRESS = _("Une personne élue du GEM, pour une autre personne que soi.")
WHO_GIVES = _("Les élus du GEM. Les salariés inscrivent les adhérents et les bénévoles.")


def give_role(
    *,
    actor: Actor,
    gem_id: UUID,
    role: str,
    email: str,
    first_name: str,
    initial: str,
    started_on: date,
    key: UUID,
    function: str = "",
    is_first: bool = False,
    shared: bool = False,
) -> None:
    """Give a role in the GEM to someone, known by an e-mail address or new.

    Raises RefusedError with the reason when the rules say no. The same ``key`` again changes
    nothing.
    """
    require(actor, "groups.give_roles", gem_id)
    with transaction.atomic():
        if not first_time(key):
            return
        gem = Gem.objects.select_for_update().get(pk=gem_id)
        day = today(gem.time_zone)
        account = find_or_create_account(email=email, first_name=first_name, initial=initial)
        running = Mandate.objects.filter(gem=gem, account=account, ended_on__isnull=True)
        with _refused_as_not_allowed("groups.give_roles"):
            check_grant(
                giver_of(actor, gem_id),
                role,
                function=function,
                started_on=started_on,
                today=day,
                elected=_elected_today(gem, day),
                roles_running=set(running.values_list("role", flat=True)),
            )
        elected = role == Role.ELECTED
        mandate = Mandate.objects.create(
            gem=gem,
            account=account,
            role=role,
            function=function if elected else "",
            started_on=started_on,
            is_member=role in (Role.ELECTED, Role.MEMBER),
            is_first=elected and is_first,
            shared=elected and shared,
            granted_by_id=actor.account_id,
        )
        if elected and gem.joined_on is None:
            Gem.objects.filter(pk=gem_id).update(joined_on=day)
        journal.write(actor, "groups.give_roles", gem_id=gem_id, thing=mandate.pk)
        touch(gem_id)


def end_role(*, actor: Actor, gem_id: UUID, mandate_id: UUID, ended_on: date) -> None:
    """End a role on that day: it opens no door any more from that very day.

    The GEM's row is locked first: of two people who each end the other's mandate at once, the
    second finds itself the last elected person. A role already ended stays as it was. Raises
    RefusedError with the reason, or Mandate.DoesNotExist for a role of another GEM.
    """
    require(actor, "groups.end_roles", gem_id)
    with transaction.atomic():
        gem = Gem.objects.select_for_update().get(pk=gem_id)
        mandate = Mandate.objects.select_for_update().get(pk=mandate_id, gem=gem)
        if mandate.ended_on is not None:
            return
        day = today(gem.time_zone)
        with _refused_as_not_allowed("groups.end_roles"):
            check_end(
                giver_of(actor, gem_id),
                mandate.role,
                is_own=mandate.account_id == actor.account_id,
                started_on=mandate.started_on,
                ended_on=ended_on,
                today=day,
                other_elected=_elected_today(gem, day, besides=mandate.pk),
            )
        mandate.ended_on = ended_on
        mandate.save(update_fields=["ended_on"])
        journal.write(actor, "groups.end_roles", gem_id=gem_id, thing=mandate.pk)
        touch(gem_id)


def change_address(*, actor: Actor, gem_id: UUID, mandate_id: UUID, email: str) -> str:
    """Replace the address of someone of this GEM who lost theirs; return the old one.

    Every session of that account is closed. Someone who holds a role elsewhere is refused: this
    GEM does not open their other doors. Raises RefusedError, or Mandate.DoesNotExist.
    """
    require(actor, "groups.change_address", gem_id)
    email = email.strip().lower()
    with transaction.atomic():
        mandate = Mandate.objects.select_related("account").get(pk=mandate_id, gem_id=gem_id)
        account = mandate.account
        own = account is None or account.pk == actor.account_id
        if account is None or not may_change_address(
            giver_of(actor, gem_id), mandate.role, is_own=own
        ):
            raise NotAllowed("groups.change_address", WHO_CHANGES_ADDRESS)
        held = actor_for(account.pk, "", {}).grants
        if any(g.gem_id != gem_id or g.role not in PEOPLE_OF_THE_HOUSE for g in held):
            raise RefusedError(Refusal.ROLE_ELSEWHERE)
        if account.email == email:
            return ""
        try:
            old = address.replace(account_id=account.pk, email=email)
        except address.AddressTakenError as taken:
            raise RefusedError(Refusal.ADDRESS_TAKEN) from taken
        address.close_everywhere(account.pk)
        journal.write(actor, "groups.change_address", gem_id=gem_id, thing=mandate.pk)
    return old


def _elected_today(gem: Gem, day: date, besides: UUID | None = None) -> int:
    """Count the elected people whose mandate runs today."""
    running = Mandate.objects.filter(
        gem=gem,
        role=Role.ELECTED,
        started_on__lte=day,
        ended_on__isnull=True,
        account__is_active=True,
    )
    return running.exclude(pk=besides).count() if besides else running.count()


@contextmanager
def _refused_as_not_allowed(permission: str) -> Iterator[None]:
    """A role that is not yours to give or end is a matter of rights, not of dates."""
    try:
        yield
    except RefusedError as refused:
        if refused.reason is Refusal.NOT_YOURS:
            raise NotAllowed(permission, WHO_GIVES) from refused
        raise
