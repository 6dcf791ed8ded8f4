"""Who has which role in a GEM, and which GEM a person may take in hand."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from espace.accounts.access import Actor
from espace.accounts.choices import Pictogram, Role
from espace.accounts.permissions import can, require
from espace.core.clock import today
from espace.groups.choices import Function
from espace.groups.models import Gem, Mandate
from espace.groups.rules.mandates import (
    GEM_ROLES,
    Giver,
    doubled_offices,
    givable,
    may_change_address,
    may_end,
)


@dataclass(frozen=True)
class RoleLine:
    """One role of one person; dates are calendar days of the GEM."""

    id: UUID
    name: str
    pictogram: str
    role: str
    role_label: str
    function: str
    started_on: date
    is_to_come: bool
    is_first: bool
    shared: bool
    may_end: bool
    may_change_address: bool


@dataclass(frozen=True)
class RoleFamily:
    """The people who have one role, in the order they took it."""

    role: str
    label: str
    lines: list[RoleLine]


@dataclass(frozen=True)
class HeldGem:
    """A GEM where the person asking has a role."""

    id: UUID
    name: str
    town: str
    in_hand: bool


def gem_day(gem_id: UUID) -> date:
    """Return the calendar day it is in this GEM. One SQL query."""
    return today(Gem.objects.values_list("time_zone", flat=True).get(pk=gem_id))


def giver_of(actor: Actor, gem_id: UUID) -> Giver:
    """Return what ``actor`` holds in this GEM, for the rules of roles."""
    return Giver(
        roles=frozenset(grant.role for grant in actor.grants if grant.gem_id == gem_id),
        is_federation=actor.holds(Role.FEDERATION, "system"),
    )


def roles_of_gem(actor: Actor, gem_id: UUID, day: date) -> list[RoleFamily]:
    """Return running and coming roles by family, empty families left out. One SQL query.

    Members' accounts are shown to the bureau and the employees only: for the others, having an
    account here is each member's own business.
    """
    require(actor, "groups.read_roles", gem_id)
    rows = Mandate.objects.filter(gem_id=gem_id).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day) & Q(ended_on__gt=F("started_on"))
    )
    if not can(actor, "groups.read_accounts", gem_id):
        rows = rows.exclude(role=Role.MEMBER)
    giver = giver_of(actor, gem_id)
    found: dict[str, list[RoleLine]] = {}
    rows = rows.filter(account__isnull=False).select_related("account")
    for row in rows.order_by("started_on", "account__first_name", "pk"):
        found.setdefault(row.role, []).append(_line(row, actor, giver, day))
    return [
        RoleFamily(role.value, str(role.label), found[role]) for role in GEM_ROLES if role in found
    ]


def doubled(actor: Actor, gem_id: UUID, day: date) -> list[str]:
    """Return the offices held by several people today without being shared. One SQL query."""
    require(actor, "groups.read_roles", gem_id)
    rows = Mandate.objects.filter(gem_id=gem_id, role=Role.ELECTED, started_on__lte=day)
    running = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)).order_by()
    return [str(one.label) for one in doubled_offices(running.values_list("function", "shared"))]


@dataclass(frozen=True)
class Elected:
    """How many people are elected here today, and the office of the one who asks ("" when none)."""

    number: int
    office: str


def elected(actor: Actor, gem_id: UUID, day: date) -> Elected:
    """Return who is elected in this GEM, as far as an agreement needs to know. One SQL query."""
    require(actor, "groups.read_roles", gem_id)
    rows = Mandate.objects.filter(gem_id=gem_id, role=Role.ELECTED, started_on__lte=day)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), account__isnull=False)
    held = list(rows.order_by("started_on", "pk").values_list("account_id", "function"))
    mine = (function for account, function in held if account == actor.account_id)
    return Elected(len({account for account, _ in held}), next(mine, ""))


def role_line(actor: Actor, gem_id: UUID, mandate_id: UUID, day: date) -> RoleLine | None:
    """Return one running role of this GEM that ``actor`` may see; else None. One SQL query."""
    for family in roles_of_gem(actor, gem_id, day):
        for line in family.lines:
            if line.id == mandate_id:
                return line
    return None


def givable_roles(actor: Actor, gem_id: UUID, day: date) -> tuple[Role, ...]:
    """Return the roles that ``actor`` may give in this GEM. One SQL query."""
    elected = Mandate.objects.filter(
        gem_id=gem_id, role=Role.ELECTED, started_on__lte=day, ended_on__isnull=True
    )
    return givable(giver_of(actor, gem_id), elected.count())


def held_gems(actor: Actor) -> list[HeldGem]:
    """Return every GEM where ``actor`` has a role, by name. One SQL query."""
    gems = Gem.objects.filter(pk__in=actor.gem_ids).order_by("practice", "name", "pk")
    return [HeldGem(gem.pk, gem.name, gem.commune_name, gem.pk == actor.gem_id) for gem in gems]


def left_without_elected(account_id: UUID) -> list[tuple[UUID, str]]:
    """Return the GEM (id, name) whose only elected person is this account. Two SQL queries."""
    mine = Mandate.objects.filter(
        account_id=account_id, role=Role.ELECTED, started_on__lte=today(), ended_on__isnull=True
    )
    gems = dict(mine.values_list("gem_id", "gem__name"))
    others = Mandate.objects.filter(
        gem_id__in=gems, role=Role.ELECTED, started_on__lte=today(), ended_on__isnull=True
    ).exclude(Q(account_id=account_id) | Q(account__is_active=False))
    held = set(others.values_list("gem_id", flat=True))
    return sorted((gem_id, name) for gem_id, name in gems.items() if gem_id not in held)


def _line(row: Mandate, actor: Actor, giver: Giver, day: date) -> RoleLine:
    sign = row.account.pictogram if row.account else ""
    return RoleLine(
        id=row.pk,
        name=row.account.label if row.account else "",
        pictogram=str(Pictogram(sign).label) if sign else "",
        role=row.role,
        role_label=str(Role(row.role).label),
        function=str(Function(row.function).label) if row.function else "",
        started_on=row.started_on,
        is_to_come=row.started_on > day,
        is_first=row.is_first,
        shared=row.shared,
        may_end=row.ended_on is None
        and may_end(giver, row.role, is_own=row.account_id == actor.account_id),
        may_change_address=may_change_address(
            giver, row.role, is_own=row.account_id == actor.account_id
        ),
    )
