"""The card of a month, as the screen and the paper show it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.activities.choices import (
    ArrivalChannel,
    Direction,
    HelpFrom,
    HelpKind,
    ReferralChannel,
    Section,
    VolunteerFrom,
)
from espace.activities.models import (
    ArrivalTally,
    FinishedMonth,
    HelpTally,
    MonthCard,
    ReferralTally,
    TensionChoice,
    TensionTally,
    VolunteerMonth,
)
from espace.activities.queries.access import local_now
from espace.activities.rules.moments import next_month, previous_month
from espace.activities.rules.month_card import (
    BY_NAME,
    CELLS,
    CONTACT,
    COUNT,
    HOURS,
    PEOPLE,
    RESOLVED,
    TENSIONS,
    USUAL,
    Cell,
    has_begun,
    left_unanswered,
)
from espace.groups.queries.for_sheets import sheet_gem

LINES: dict[Section, list[tuple[str, str | Promise]]] = {
    Section.ENTRAIDE: list(HelpKind.choices),
    Section.RELAIS: list(ReferralChannel.choices),
    Section.ARRIVEES: list(ArrivalChannel.choices),
    Section.BENEVOLAT: list(VolunteerFrom.choices),
    Section.TENSIONS: [(TENSIONS, _("Tensions parlées en réunion"))],
}
COLUMNS: dict[Section, list[tuple[str, str | Promise]]] = {
    Section.ENTRAIDE: list(HelpFrom.choices),
    Section.RELAIS: [*Direction.choices, (CONTACT, _("Contact réussi"))],
    Section.ARRIVEES: [(COUNT, _("Personnes"))],
    Section.BENEVOLAT: [(PEOPLE, _("Personnes")), (HOURS, _("Heures"))],
    Section.TENSIONS: [(COUNT, _("Combien")), (RESOLVED, _("Apaisées"))],
}
QUESTIONS: dict[Section, str | Promise] = {
    Section.ENTRAIDE: _("Combien de coups de main ?"),
    Section.RELAIS: _("Combien de relais avec d'autres lieux ?"),
    Section.ARRIVEES: _("Comment les nouveaux nous ont connus ?"),
    Section.BENEVOLAT: _("Combien de bénévoles ?"),
    Section.TENSIONS: _("Combien de tensions ?"),
}
HELPS: dict[Section, str | Promise] = {
    Section.ENTRAIDE: _("Comptez les bâtons du mur. On ne note jamais qui a aidé qui."),
    Section.RELAIS: _(
        "« Venus de là » : on nous les a adressés. « Partis là-bas » : nous avons aidé."
    ),
    Section.ARRIVEES: _("Un nombre par chemin. Ne pas le dire est un droit."),
    Section.BENEVOLAT: _("À la louche. Un ordre de grandeur suffit."),
    Section.TENSIONS: _("Un nombre, jamais de nom ni d'histoire. En parler est une force."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the card, ready to draw."""

    section: Section
    question: str | Promise
    help: str | Promise
    columns: list[tuple[str, str | Promise]]
    lines: list[tuple[str, str | Promise]]
    unknown: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Card:
    """``may_fill`` everything; ``may_count`` acts of help only, one stick at a time."""

    gem_name: str
    month: date
    values: dict[Cell, Decimal]
    parts: tuple[Part, ...]
    unanswered: tuple[Section, ...]
    finished_on: date | None
    may_fill: bool
    may_count: bool
    previous: date
    following: date | None


@dataclass(frozen=True, slots=True)
class Tensions:
    """What the members' meeting said about counting tensions."""

    decided_on: date | None
    today: date


class NotBegunError(LookupError):
    """The month has not begun: there is no card of it."""


def month_card(actor: Actor, gem_id: UUID, month: date) -> Card:
    """Return the card. Nine SQL queries. Raises NotAllowed and NotBegunError."""
    require(actor, "activities.see_month_card", gem_id)
    gem = sheet_gem(gem_id)
    today = local_now(gem).date()
    first = month.replace(day=1)
    if not has_begun(first, today):
        raise NotBegunError(first)
    values, unknown = stored_values(gem_id, first), unknown_sections(gem_id, first)
    with_tensions = counts_tensions(gem_id)
    rows = FinishedMonth.objects.filter(gem_id=gem_id, month=first)
    finished_on = rows.values_list("finished_on", flat=True).first()
    fills = can(actor, "activities.fill_month_card", gem_id)
    unanswered = left_unanswered(values, unknown, with_tensions=with_tensions)
    sections = tuple(Section) if with_tensions else USUAL
    following = next_month(first)
    return Card(
        gem_name=gem.name,
        month=first,
        values=values,
        parts=tuple(_part(one, unknown, unanswered) for one in sections),
        unanswered=unanswered,
        finished_on=finished_on,
        may_fill=fills and finished_on is None,
        may_count=not fills
        and can(actor, "activities.count_help", gem_id)
        and finished_on is None
        and first >= previous_month(today),
        previous=previous_month(first),
        following=following if following <= today else None,
    )


def unanswered_sections(gem_id: UUID, month: date) -> tuple[Section, ...]:
    """Return the parts of the card that nobody answered. Seven SQL queries."""
    return left_unanswered(
        stored_values(gem_id, month),
        unknown_sections(gem_id, month),
        with_tensions=counts_tensions(gem_id),
    )


def stored_values(gem_id: UUID, month: date) -> dict[Cell, Decimal]:
    """Return the numbers of the card that were given. Five SQL queries."""
    of_month = {"gem_id": gem_id, "month": month}
    found: dict[Cell, Decimal | int | None] = {}
    for help_row in HelpTally.objects.filter(**of_month):
        found[Cell(Section.ENTRAIDE, help_row.kind, help_row.from_kind)] = help_row.count
    for referral in ReferralTally.objects.filter(**of_month):
        found[Cell(Section.RELAIS, referral.channel, referral.direction)] = referral.count
        if referral.direction == Direction.DEPUIS_GEM:
            found[Cell(Section.RELAIS, referral.channel, CONTACT)] = referral.contact_made_count
    for arrival in ArrivalTally.objects.filter(**of_month):
        found[Cell(Section.ARRIVEES, arrival.channel, COUNT)] = arrival.count
    for volunteer in VolunteerMonth.objects.filter(**of_month):
        found[Cell(Section.BENEVOLAT, volunteer.from_kind, PEOPLE)] = volunteer.volunteers
        found[Cell(Section.BENEVOLAT, volunteer.from_kind, HOURS)] = volunteer.hours
    for tension in TensionTally.objects.filter(**of_month):
        found[Cell(Section.TENSIONS, TENSIONS, COUNT)] = tension.count
        found[Cell(Section.TENSIONS, TENSIONS, RESOLVED)] = tension.resolved_count
    return {cell: Decimal(value) for cell, value in found.items() if value is not None}


def unknown_sections(gem_id: UUID, month: date) -> frozenset[str]:
    """Return the parts for which the GEM said « je ne sais pas ». One SQL query."""
    rows = MonthCard.objects.filter(gem_id=gem_id, month=month)
    return frozenset(rows.values_list("unknown", flat=True).first() or ())


def counts_tensions(gem_id: UUID) -> bool:
    """Tell whether the members' meeting wants tensions counted. One SQL query."""
    return TensionChoice.objects.filter(gem_id=gem_id).exists()


def tensions(actor: Actor, gem_id: UUID) -> Tensions:
    """Return the choice, for those who may write it. Two SQL queries. Raises NotAllowed."""
    require(actor, "activities.choose_tensions", gem_id)
    rows = TensionChoice.objects.filter(gem_id=gem_id)
    return Tensions(
        rows.values_list("decided_on", flat=True).first(), local_now(sheet_gem(gem_id)).date()
    )


def _part(section: Section, unknown: frozenset[str], unanswered: tuple[Section, ...]) -> Part:
    return Part(
        section,
        QUESTIONS[section],
        HELPS[section],
        COLUMNS[section],
        LINES[section],
        section.value in unknown,
        section not in unanswered,
    )


def cells_of(section: Section) -> tuple[Cell, ...]:
    """Return the cells of one part, line by line."""
    return tuple(cell for cell in CELLS if cell.section == section)


def cell_named(name: str) -> Cell | None:
    """Return the cell a form names, or None."""
    return BY_NAME.get(name)
