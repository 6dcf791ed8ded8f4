"""The list of GEM written by FiGEM: a GEM is added, completed, or taken back before it comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.actions.states import write_state
from espace.groups.actions.versions import touch
from espace.groups.choices import GemStatus, OrganisationKind, StateReason
from espace.groups.models import Gem, Mandate, OpeningLetter, Organisation
from espace.groups.queries.profile import same_name
from espace.groups.territory import communes

COMPLETED = {
    "public_focus": "public_focus",
    "address": "public_address",
    "phone": "public_phone",
}


@dataclass(frozen=True)
class Described:
    """A GEM as a list describes it; an empty value is « not said »."""

    name: str
    commune_code: str
    status: GemStatus
    day: date
    values: Mapping[str, str]


@transaction.atomic
def add_gem(*, actor: Actor, described: Described) -> UUID:
    """Add a GEM where nobody has come in yet; return its id. Raises KeyError for the commune."""
    require(actor, "groups.run_network")
    commune = communes()[described.commune_code]
    gem = Gem(
        slug=_free_slug(described.name, commune.name),
        name=described.name,
        commune_code=commune.code,
        commune_name=commune.name,
        departement_code=commune.departement,
        region_code=commune.region,
        ars_zone=commune.ars_zone,
        time_zone=commune.time_zone,
        status=described.status,
    )
    _complete(gem, described.values)
    gem.save()
    write_state(gem, described.status, described.day, StateReason.LIST)
    journal.write(actor, "groups.add_gem", gem_id=gem.pk)
    return gem.pk


@transaction.atomic
def complete_gem(*, actor: Actor, gem_id: UUID, values: Mapping[str, str]) -> list[str]:
    """Fill what is empty on the card of a GEM; return the names of what was filled.

    What somebody wrote by hand is never replaced.
    """
    require(actor, "groups.run_network")
    gem = Gem.objects.select_for_update().get(pk=gem_id)
    filled = _complete(gem, values)
    if filled:
        gem.save()
        journal.write(actor, "groups.complete_gem", gem_id=gem_id)
        touch(gem_id)
    return filled


@transaction.atomic
def empty_again(*, actor: Actor, gem_id: UUID, values: Mapping[str, str]) -> int:
    """Undo ``complete_gem`` for the values still as they were filled; return how many."""
    require(actor, "groups.run_network")
    gem = Gem.objects.select_for_update().filter(pk=gem_id).first()
    if gem is None:
        return 0
    emptied = 0
    for name, value in values.items():
        if _reading(gem, name) == value:
            _write(gem, name, "")
            emptied += 1
    if emptied:
        gem.save()
        touch(gem_id)
    return emptied


@transaction.atomic
def take_back_gem(*, actor: Actor, gem_id: UUID) -> bool:
    """Remove a GEM added by a list; False, and nothing removed, when somebody used it since."""
    require(actor, "groups.run_network")
    gem = Gem.objects.select_for_update().filter(pk=gem_id).first()
    if gem is None:
        return True
    used = (
        gem.joined_on is not None
        or Mandate.objects.filter(gem=gem).exists()
        or OpeningLetter.objects.filter(gem=gem).exists()
    )
    if used or gem.people.exists() or gem.devices.exists():
        return False
    journal.write(actor, "groups.take_back_gem", gem_id=gem_id)
    gem.delete()
    return True


def _complete(gem: Gem, values: Mapping[str, str]) -> list[str]:
    return [
        name
        for name, value in values.items()
        if value and not _reading(gem, name) and _write(gem, name, value)
    ]


def _reading(gem: Gem, name: str) -> str:
    if name in COMPLETED:
        return str(getattr(gem, COMPLETED[name]))
    if name == "opened_on":
        return gem.opened_on.isoformat() if gem.opened_on else ""
    if name == "federated":
        return "oui" if gem.federated else ""
    partner = {"sponsor": gem.sponsor, "manager": gem.managing_organisation}[name]
    return partner.name if partner else ""


def _write(gem: Gem, name: str, value: str) -> bool:
    """Write one value; False for a sponsor who would also be the manager, which needs a reason."""
    if name in COMPLETED:
        setattr(gem, COMPLETED[name], value)
    elif name == "opened_on":
        gem.opened_on = date.fromisoformat(value) if value else None
    elif name == "federated":
        gem.federated = bool(value)
    else:
        known = _partner(value)
        other = gem.managing_organisation_id if name == "sponsor" else gem.sponsor_id
        if known is not None and known == other:
            return False
        field = "sponsor_id" if name == "sponsor" else "managing_organisation_id"
        setattr(gem, field, known)
    return True


def _partner(name: str) -> UUID | None:
    """Return the organisation of that name, made when it is new."""
    if not name:
        return None
    known = same_name(name)
    return known or Organisation.objects.create(name=name, kind=OrganisationKind.OTHER).pk


def _free_slug(name: str, commune: str) -> str:
    base = slugify(name)[:70] or "gem"
    tried = [base, slugify(f"{name} {commune}")[:70]]
    taken = set(Gem.objects.filter(slug__startswith=base[:40]).values_list("slug", flat=True))
    tried += [f"{tried[1]}-{number}" for number in range(2, len(taken) + 3)]
    return next(slug for slug in tried if slug not in taken)
