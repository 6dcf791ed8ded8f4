"""The yearly campaign: tables received and awaited, one document, the part of the ARS."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import can, require
from espace.core.clock import today
from espace.core.spreadsheets import Cell, Sheet
from espace.groups.choices import AssociationState, GemStatus
from espace.groups.queries.counted import PlacedGem, gems_in
from espace.indicators.rules import number_fr
from espace.partners.permissions import CAMPAIGN, OPEN, PART
from espace.partners.queries import children_of, departements_of
from espace.partners.rules import FRANCE, Place, association_due, ends_within_a_year
from espace.reports.choices import Kind
from espace.reports.queries import received as reports
from espace.reports.queries.files import cell_of
from espace.reports.queries.received import PartSaid, Reach, Received, ReceivedPage

AGREEMENTS = {
    "financement_fin": lazy("convention avec l'ARS"),
    "parrainage_fin": lazy("convention de parrainage"),
    "bail_fin": lazy("bail"),
}


@dataclass(frozen=True)
class Ending:
    """An agreement that ends within twelve months, as a sent table says it."""

    gem: str
    what: str
    on: date


@dataclass(frozen=True)
class Young:
    """A GEM whose association is not declared yet, and the day its three years are over."""

    gem: str
    commune: str
    state: str
    opened_on: date | None
    due_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Count:
    """How many tables arrived from one place, out of how many GEM."""

    place: str
    received: int
    expected: int


@dataclass(frozen=True)
class Campaign:
    """The campaign of a year in a place. Named lists are None for who reads counts only."""

    place: Place
    year: int
    years: tuple[int, ...]
    due_on: date
    counts: Count
    by_place: tuple[Count, ...]
    received: tuple[Received, ...] | None
    awaited: tuple[PlacedGem, ...] | None
    endings: tuple[Ending, ...]
    young: tuple[Young, ...]
    part: tuple[tuple[str, str], ...]
    may_write_part: bool


def year_asked(text: str) -> int:
    """Return the year of a campaign: the one asked when it can be, else last year."""
    last = today().year - 1
    years = years_of_campaigns()
    return int(text) if text.isascii() and text.isdigit() and int(text[:5]) in years else last


def years_of_campaigns() -> tuple[int, ...]:
    """Return the years whose tables one may look at, newest first."""
    return tuple(today().year - back for back in range(1, 6))


def campaign(actor: Actor, place: Place, year: int) -> Campaign:
    """Return the campaign of a place. Seven SQL queries at most."""
    require(actor, CAMPAIGN, place)
    gems = _expected(place, year)
    tables = reports.sent_tables(_reach(place), year)
    arrived = {one.line.gem_id for one in tables}
    named = can(actor, OPEN, place)
    return Campaign(
        place=place,
        year=year,
        years=years_of_campaigns(),
        due_on=reports.due_on(year),
        counts=Count(place.name, len(arrived), len({gem.id for gem in gems} | arrived)),
        by_place=_by_place(place, gems, arrived),
        received=tuple(one.line for one in tables) if named else None,
        awaited=tuple(gem for gem in gems if gem.id not in arrived) if named else None,
        endings=_endings(tables) if named else (),
        young=_young(place) if named else (),
        part=_part_lines(reports.parts([place.code], year).get(place.code)),
        may_write_part=can(actor, PART, place),
    )


def campaign_counts(actor: Actor, place: Place) -> Count | None:
    """Return how many tables of last year arrived, None for who does not follow the campaign."""
    if not can(actor, CAMPAIGN, place):
        return None
    year = today().year - 1
    gems = _expected(place, year)
    arrived = {one.gem_id for one in reports.received(_reach(place), kind=Kind.BILAN, year=year)}
    return Count(place.name, len(arrived), len({gem.id for gem in gems} | arrived))


def sheet(actor: Actor, place: Place, year: int) -> Sheet:
    """Return one row for each table that was sent, one column for each field. Two SQL queries."""
    require(actor, OPEN, place)
    columns = reports.table_columns()
    rows: list[list[Cell]] = []
    for one in reports.sent_tables(_reach(place), year):
        by_code = {line.code: line for line in one.content.lines}
        estimated = [line.label for line in one.content.lines if line.origin == "estime"]
        cells = [cell_of(by_code[code]) if code in by_code else None for code, _label in columns]
        rows.append(
            [one.line.gem, one.line.number, one.line.sent_at.date(), *cells, ", ".join(estimated)]
        )
    head = [_("GEM"), _("Version"), _("Envoyé le"), *(label for _code, label in columns)]
    return Sheet(_("Bilans %(year)s") % {"year": year}, [*head, _("Estimé par le GEM")], rows)


def _part_lines(said: PartSaid | None) -> tuple[tuple[str, str], ...]:
    """Return what the ARS said, in words; nothing when it said nothing."""
    if said is None:
        return ()

    def told(value: int | None, unit: str = "") -> str:
        return _("pas dit") if value is None else f"{number_fr(Decimal(value))} {unit}".strip()

    return (
        (_("Crédits GEM de la CNSA"), told(said.credits_eur, "€")),
        (_("Autres crédits"), told(said.other_credits_eur, "€")),
        (_("Visites de GEM"), told(said.visits)),
        (_("Réunions avec les GEM"), told(said.meetings)),
        (_("Aide aux GEM"), said.support or _("pas dit")),
        (_("Difficultés"), said.difficulties or _("pas dit")),
    )


def part(actor: Actor, place: Place, year: int) -> PartSaid | None:
    """Return what the ARS wrote of its year. Raises NotAllowed."""
    require(actor, PART, place)
    return reports.parts([place.code], year).get(place.code)


# --- One document, and all those received ---


def inbox(actor: Actor) -> list[Received]:
    """Return every document sent to this partner, the newest first. Two SQL queries for a role."""
    found: dict[UUID, Received] = {}
    for _role, reach in _reaches(actor):
        found |= {one.version_id: one for one in reports.received(reach)}
    return sorted(found.values(), key=lambda one: (one.sent_at, one.gem), reverse=True)


def one_document(actor: Actor, version_id: UUID) -> tuple[str, ReceivedPage]:
    """Return (role that opens it, document). Raises Http404 outside one's mandate."""
    for role, reach in _reaches(actor):
        page = reports.received_page(reach, version_id)
        if page is not None:
            return role, page
    raise Http404


def _reaches(actor: Actor) -> list[tuple[str, Reach]]:
    """What each role of this partner opens; FiGEM reads what was sent to an ARS."""
    wanted = ((Role.ARS, reports.ARS), (Role.MUNICIPALITY, reports.COMMUNE))
    found = []
    for role, recipient in wanted:
        held = [grant.territory for grant in actor.grants if grant.role == role]
        if held:
            found.append((role.value, reports.reach_of(recipient, held)))
    if actor.holds(Role.FEDERATION):
        found.append((Role.FEDERATION.value, Reach(reports.ARS, everywhere=True)))
    return found


def _reach(place: Place) -> Reach:
    if place.code == FRANCE:
        return Reach(reports.ARS, everywhere=True)
    code = place.stored_code
    if place.is_region:
        return Reach(reports.ARS, regions=(code,))
    return Reach(reports.ARS, departements=(code,))


def _expected(place: Place, year: int) -> list[PlacedGem]:
    """The GEM that owe a table: open today, and opened before the end of that year."""
    return [
        gem
        for gem in gems_in(departements_of(place))
        if gem.status == GemStatus.ACTIF and (gem.opened_on is None or gem.opened_on.year <= year)
    ]


def _by_place(place: Place, gems: list[PlacedGem], arrived: set[UUID]) -> tuple[Count, ...]:
    if place.is_departement:
        return ()
    named = _names(place)
    tally: Mapping[str, list[int]] = {code: [0, 0] for code in named}
    for gem in gems:
        code = gem.region_code if place.code == FRANCE else gem.departement_code
        if code in tally:
            tally[code][0] += gem.id in arrived
            tally[code][1] += 1
    return tuple(Count(named[code], got, out_of) for code, (got, out_of) in tally.items() if out_of)


def _names(place: Place) -> dict[str, str]:
    return {one.stored_code: one.name for one in children_of(place)}


def _endings(tables: list[reports.SentRow]) -> tuple[Ending, ...]:
    found = []
    for one in tables:
        for line in one.content.lines:
            if line.code in AGREEMENTS and line.text:
                day = _day(line.text)
                if day and ends_within_a_year(day, today()):
                    found.append(Ending(one.line.gem, str(AGREEMENTS[line.code]), day))
    return tuple(sorted(found, key=lambda one: (one.on, one.gem)))


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return None


def _young(place: Place) -> tuple[Young, ...]:
    found = []
    for gem in gems_in(departements_of(place)):
        if gem.association_state == AssociationState.DECLAREE:
            continue
        if not gem.association_state and gem.status != GemStatus.PREPARATION:
            continue
        due = association_due(gem.opened_on)
        state = AssociationState(gem.association_state).label if gem.association_state else ""
        found.append(
            Young(
                gem.name, gem.commune, str(state), gem.opened_on, due,
                due is not None and due < today(),
            )
        )  # fmt: skip
    return tuple(found)
