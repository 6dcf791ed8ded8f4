"""The accounts that have a role in a GEM, and the people of its roll who have none."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from espace.accounts.access import Actor, Grant
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.groups.models import Gem, Mandate, Person, TerritoryMandate
from espace.groups.rules.mandates import is_running


@dataclass(frozen=True)
class AccountLine:
    """An account with a role in the GEM, and every role it holds today, wherever.

    ``practice`` are the practice GEM among those. The other roles are for rules only, never shown.
    """

    id: UUID
    name: str
    held: frozenset[Grant]
    practice: frozenset[UUID]


@dataclass(frozen=True)
class PersonLine:
    """Someone of the roll, in the lists of the day, without an account."""

    id: UUID
    name: str


def accounts_of_gem(actor: Actor, gem_id: UUID) -> list[AccountLine]:
    """Return the accounts with a running role in this GEM (2 SQL queries)."""
    require(actor, "groups.read_accounts", gem_id)
    here = Mandate.objects.filter(gem_id=gem_id, account__is_active=True).values("account_id")
    held: dict[UUID, set[Grant]] = defaultdict(set)
    practice: dict[UUID, set[UUID]] = defaultdict(set)
    names: dict[UUID, str] = {}
    mandates = Mandate.objects.filter(account_id__in=here).select_related("gem", "account")
    for row in mandates.order_by("account__first_name", "pk"):
        account = row.account
        if account and is_running(row.started_on, row.ended_on, today(row.gem.time_zone)):
            names[account.pk] = account.label
            held[account.pk].add(Grant(row.role, row.gem_id))
            if row.gem.practice:
                practice[account.pk].add(row.gem_id)
    beyond = TerritoryMandate.objects.filter(account_id__in=here).order_by("pk")
    for one in beyond:
        if is_running(one.started_on, one.ended_on, today()):
            held[one.account_id].add(Grant(one.role, None, one.territory))
    return [
        AccountLine(
            account_id, names[account_id], frozenset(roles), frozenset(practice[account_id])
        )
        for account_id, roles in held.items()
        if any(grant.gem_id == gem_id for grant in roles)
    ]


def accounts_with_address(gem_id: UUID, roles: Collection[str]) -> list[UUID]:
    """Return the accounts with one of ``roles`` here today and an address. Two SQL queries."""
    zone = Gem.objects.values_list("time_zone", flat=True).get(pk=gem_id)
    day = today(zone)
    rows = Mandate.objects.filter(gem_id=gem_id, role__in=roles, account__is_active=True)
    rows = rows.filter(account__email__isnull=False).exclude(account__email="")
    running = rows.filter(started_on__lte=day).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    )
    return sorted(set(running.order_by().values_list("account_id", flat=True)))


def people_without_account(actor: Actor, gem_id: UUID) -> list[PersonLine]:
    """Return the people of the roll who have no account, those hidden left out. One SQL query."""
    require(actor, "groups.read_roll", gem_id)
    people = Person.objects.filter(gem_id=gem_id, hidden=False, account__isnull=True)
    return [PersonLine(person.pk, person.label) for person in people]
