"""What a GEM writes of itself: « la fiche du GEM », topic by topic."""

from datetime import date, time
from uuid import UUID

from django.db import transaction

from espace.accounts.access import Actor
from espace.accounts.journal import write
from espace.accounts.permissions import require
from espace.core.events import publish
from espace.groups.actions.versions import touch
from espace.groups.choices import (
    Accessibility,
    AssociationState,
    Counting,
    DirectoryLevel,
    ManagementMode,
    OrganisationKind,
    PartnerPlace,
    PremisesKind,
    PublicFocus,
)
from espace.groups.events import OpeningHoursChanged
from espace.groups.models import Gem, OpeningHours, Organisation
from espace.groups.queries.profile import same_name
from espace.groups.rules.opening_hours import Hours, HoursProblem, problem
from espace.groups.rules.partners import needs_reason
from espace.groups.territory import communes


class HoursError(Exception):
    """The opening cannot be added; ``problem`` says why."""

    def __init__(self, problem: HoursProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class SameOrganisationError(Exception):
    """One organisation would be both sponsor and manager, and no reason is given."""

    def __init__(self, organisation: UUID) -> None:
        super().__init__("same organisation")
        self.organisation = organisation


@transaction.atomic
def describe_place(
    *,
    actor: Actor,
    gem_id: UUID,
    name: str,
    opened_on: date | None,
    public_address: str,
    public_phone: str,
    directory_level: DirectoryLevel,
) -> None:
    """Write the name, the address and the telephone of the GEM, and what the directory shows."""
    gem = _gem(actor, "groups.edit_profile", gem_id)
    gem.name, gem.opened_on = name, opened_on
    gem.public_address, gem.public_phone = public_address, public_phone
    gem.directory_level = directory_level
    _save(actor, gem, "name opened_on public_address public_phone directory_level")


@transaction.atomic
def choose_commune(*, actor: Actor, gem_id: UUID, code: str) -> None:
    """Set the commune; département, région, ARS zone and time zone follow.

    Raises KeyError for an unknown code.
    """
    gem = _gem(actor, "groups.edit_profile", gem_id)
    commune = communes()[code]
    gem.commune_code, gem.commune_name = commune.code, commune.name
    gem.departement_code, gem.region_code = commune.departement, commune.region
    gem.ars_zone, gem.time_zone = commune.ars_zone, commune.time_zone
    _save(actor, gem, "commune_code commune_name departement_code region_code ars_zone time_zone")


@transaction.atomic
def describe_public(
    *,
    actor: Actor,
    gem_id: UUID,
    public_focus: PublicFocus | None,
    association_state: AssociationState | None,
    association_planned_on: date | None = None,
    first_funded_year: int | None = None,
) -> None:
    """Write whom the GEM is for, and where its association stands; None is « not said »."""
    gem = _gem(actor, "groups.edit_profile", gem_id)
    gem.public_focus = public_focus or ""
    gem.association_state = association_state or ""
    gem.association_planned_on = association_planned_on
    gem.first_funded_year = first_funded_year
    fields = "public_focus association_state association_planned_on first_funded_year"
    _save(actor, gem, fields)


@transaction.atomic
def describe_premises(
    *,
    actor: Actor,
    gem_id: UUID,
    premises_kind: PremisesKind | None,
    premises_accessible: Accessibility | None,
) -> None:
    """Write where the GEM lives, and whether everyone can come in; None is « not said »."""
    gem = _gem(actor, "groups.edit_profile", gem_id)
    gem.premises_kind = premises_kind or ""
    gem.premises_accessible = premises_accessible or ""
    _save(actor, gem, "premises_kind premises_accessible")


@transaction.atomic
def describe_management(*, actor: Actor, gem_id: UUID, mode: ManagementMode | None) -> None:
    """Write who manages the GEM; None is « not said »."""
    gem = _gem(actor, "groups.choose_partners", gem_id)
    gem.management_mode = mode or ""
    _save(actor, gem, "management_mode")


@transaction.atomic
def choose_partner(
    *,
    actor: Actor,
    gem_id: UUID,
    place: PartnerPlace,
    organisation_id: UUID | None = None,
    new_name: str = "",
    new_kind: OrganisationKind = OrganisationKind.OTHER,
    reason: str = "",
) -> None:
    """Set the sponsor or the managing organisation: a known one, a new one, or none.

    A new name that is already known means the known one. Raises SameOrganisationError when it
    holds the other place too and ``reason`` says nothing.
    """
    gem = _gem(actor, "groups.choose_partners", gem_id)
    chosen = _organisation(organisation_id, new_name, new_kind)
    gem_sponsor = chosen if place == PartnerPlace.SPONSOR else gem.sponsor_id
    gem_manager = chosen if place == PartnerPlace.MANAGER else gem.managing_organisation_id
    if needs_reason(gem_sponsor, gem_manager, reason) and chosen is not None:
        raise SameOrganisationError(chosen)
    gem.sponsor_id, gem.managing_organisation_id = gem_sponsor, gem_manager
    same = gem_sponsor is not None and gem_sponsor == gem_manager
    gem.same_sponsor_reason = reason if same else ""
    _save(actor, gem, "sponsor managing_organisation same_sponsor_reason")


@transaction.atomic
def choose_counting(*, actor: Actor, gem_id: UUID, counting: Counting) -> None:
    """Choose first names or sticks, from today on; what was counted stays as it was."""
    gem = _gem(actor, "groups.choose_counting", gem_id)
    gem.counting = counting
    _save(actor, gem, "counting")


@transaction.atomic
def add_opening(
    *,
    actor: Actor,
    gem_id: UUID,
    weekday: int,
    starts_at: time,
    ends_at: time,
    member_run: bool,
) -> None:
    """Add a usual opening. The very same one again changes nothing; raises HoursError."""
    gem = _gem(actor, "groups.edit_profile", gem_id)
    new = Hours(weekday, starts_at, ends_at)
    there = [Hours(row.weekday, row.starts_at, row.ends_at) for row in gem.opening_hours.all()]
    if new in there:
        gem.opening_hours.filter(weekday=weekday, starts_at=starts_at).update(member_run=member_run)
    elif found := problem(new, there):
        raise HoursError(found)
    else:
        OpeningHours.objects.create(
            gem=gem,
            weekday=weekday,
            starts_at=starts_at,
            ends_at=ends_at,
            member_run=member_run,
        )
    _hours_changed(actor, gem)


@transaction.atomic
def remove_opening(*, actor: Actor, gem_id: UUID, opening_id: UUID) -> None:
    """Take a usual opening away; nothing happens when it is already gone."""
    gem = _gem(actor, "groups.edit_profile", gem_id)
    if gem.opening_hours.filter(pk=opening_id).delete()[0]:
        _hours_changed(actor, gem)


def _gem(actor: Actor, permission: str, gem_id: UUID) -> Gem:
    """Ask for the right, then lock the GEM: two people may write its card at once."""
    require(actor, permission, gem_id)
    return Gem.objects.select_for_update().get(pk=gem_id)


def _save(actor: Actor, gem: Gem, fields: str) -> None:
    gem.save(update_fields=fields.split())
    write(actor, "profile.written", gem_id=gem.pk, thing=fields.split()[0])
    touch(gem.pk)


def _hours_changed(actor: Actor, gem: Gem) -> None:
    write(actor, "profile.hours", gem_id=gem.pk)
    touch(gem.pk)
    publish(OpeningHoursChanged(gem.pk))


def _organisation(
    organisation_id: UUID | None, new_name: str, new_kind: OrganisationKind
) -> UUID | None:
    if new_name:
        rows = Organisation.objects
        return (
            same_name(new_name)
            or rows.get_or_create(name=new_name, defaults={"kind": new_kind})[0].pk
        )
    return Organisation.objects.get(pk=organisation_id).pk if organisation_id else None
