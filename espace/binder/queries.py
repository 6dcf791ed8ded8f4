"""Reads of the binder: its registers, their rows in words, and what ends soon."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.binder.choices import Instance, Tie
from espace.binder.models import (
    Document,
    NetworkEvent,
    Partner,
    PartnerAction,
    PremisesItem,
    Row,
    StaffPost,
    Training,
    VolunteerSkill,
)
from espace.binder.rules import Ending, Place, Remark, Urgency, ending_soon, remarks, urgency
from espace.core.clock import today
from espace.groups.choices import PublicFocus
from espace.groups.models import Gem

MOST_ROWS = 200

Said = Callable[[Any], list[str]]


@dataclass(frozen=True, slots=True)
class Register:
    """One part of the binder: its table, its words, and how a row is said."""

    slug: str
    model: type[Row]
    title: Promise
    lead: Promise
    add: Promise
    said: Said
    name: Callable[[Any], str]
    ends: str = ""
    """The field of the day a row ends; empty when rows don't end."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words."""

    id: UUID
    name: str
    details: tuple[str, ...]
    ends_on: date | None
    urgency: Urgency | None
    has_file: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A register as it is read; ``over`` are the rows that ended, ``removed`` how many are out."""

    register: Register
    lines: tuple[Line, ...]
    over: tuple[Line, ...]
    removed: tuple[Line, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A register on the cover of the binder, and how many rows it has."""

    register: Register
    count: int


def _day(day: date | None, words: str) -> Iterator[str]:
    if day:
        yield words % date_format(day, "j F Y")


def _yes(value: bool | None, words: str) -> Iterator[str]:
    if value:
        yield words


def _people(row: Any) -> Iterator[str]:
    for field, one, many in (
        ("members_count", lazy("%d adhérent"), lazy("%d adhérents")),
        ("admins_count", lazy("%d élu"), lazy("%d élus")),
        ("staff_count", lazy("%d salarié"), lazy("%d salariés")),
        ("public_count", lazy("%d personne du dehors"), lazy("%d personnes du dehors")),
    ):
        number = getattr(row, field, None)
        if number is not None:
            yield str(one if number < 2 else many) % number


def _partner_said(row: Partner) -> list[str]:
    said = [str(row.get_category_display())]
    if row.tie != Tie.PARTENAIRE:
        said.insert(0, str(row.get_tie_display()))
    said += [part for part in (row.contact_point, row.office_phone, row.office_email) if part]
    return said + list(_day(row.agreement_signed_on, _("convention signée le %s")))


def _action_said(row: PartnerAction) -> list[str]:
    said = [date_format(row.date, "j F Y"), str(row.get_kind_display())]
    if row.partner:
        said.append(_("avec %s") % row.partner.name)
    if row.instance != Instance.AUCUNE:
        said.append(str(row.get_instance_display()))
    return said + list(_people(row)) + list(_yes(row.led_by_members, _("mené par des adhérents")))


def _post_said(row: StaffPost) -> list[str]:
    said = [str(row.get_kind_display()), _("employeur : %s") % row.get_employer_display()]
    if row.fte is not None:
        said.append(_("%s temps plein") % f"{row.fte.normalize():f}".replace(".", ","))
    if row.contract:
        said.append(str(row.get_contract_display()))
    said += _day(row.started_on, _("depuis le %s"))
    said += _yes(row.job_sheet, _("il y a une fiche de poste"))
    return said + list(_yes(row.members_in_hiring, _("des adhérents ont participé à l'embauche")))


def _training_said(row: Training) -> list[str]:
    said = [date_format(row.date, "j F Y"), str(row.get_theme_display())]
    if row.hours is not None:
        said.append(_("%s heures") % f"{row.hours.normalize():f}".replace(".", ","))
    return said + list(_people(row)) + list(_yes(row.mixed, _("adhérents et salariés ensemble")))


def _event_said(row: NetworkEvent) -> list[str]:
    said = [date_format(row.date, "j F Y"), str(row.get_kind_display())]
    return said + list(_people(row)) + list(_yes(row.hosted, _("chez nous")))


def _document_said(row: Document) -> list[str]:
    said = list(_day(row.dated_on, _("daté du %s")))
    if not row.shared_with_members:
        said.append(_("lu par les élus et les salariés seulement"))
    return said


def _skill_said(row: VolunteerSkill) -> list[str]:
    words = ngettext("%d bénévole", "%d bénévoles", row.volunteers)
    return [str(row.year), words % row.volunteers]


def _item_said(row: PremisesItem) -> list[str]:
    said = [str(row.quantity)] if row.quantity != 1 else []
    if row.square_metres:
        said.append(_("%d m²") % row.square_metres)
    return said


def _with(kind: str, more: str) -> str:
    return f"{kind} – {more}" if more else kind


REGISTERS = {
    one.slug: one
    for one in (
        Register(
            "partenaires",
            Partner,
            lazy("Nos partenaires"),
            lazy("Les structures que nous connaissons, et nos conventions."),
            lazy("Ajouter un partenaire"),
            _partner_said,
            lambda row: row.name,
            "agreement_ends_on",
        ),
        Register(
            "ensemble",
            PartnerAction,
            lazy("Ce que nous faisons avec eux"),
            lazy("Chaque chose faite avec un partenaire ou dans la ville."),
            lazy("Noter une action"),
            _action_said,
            lambda row: row.label,
        ),
        Register(
            "equipe",
            StaffPost,
            lazy("L'équipe"),
            lazy("Des postes, jamais des personnes."),
            lazy("Ajouter un poste"),
            _post_said,
            lambda row: row.title,
            "ended_on",
        ),
        Register(
            "benevoles",
            VolunteerSkill,
            lazy("Les bénévoles réguliers"),
            lazy("Combien ils sont, et ce qu'ils savent faire. Sans nom."),
            lazy("Noter des bénévoles"),
            _skill_said,
            lambda row: str(row.get_qualification_display()),
        ),
        Register(
            "formations",
            Training,
            lazy("Formations et analyse des pratiques"),
            lazy("Ce que nous avons appris, et les temps de soutien."),
            lazy("Noter une formation"),
            _training_said,
            lambda row: row.label,
        ),
        Register(
            "rencontres",
            NetworkEvent,
            lazy("Rencontres avec d'autres GEM"),
            lazy("Intergem, visites, journées du réseau."),
            lazy("Noter une rencontre"),
            _event_said,
            lambda row: row.label,
        ),
        Register(
            "local",
            PremisesItem,
            lazy("Notre local"),
            lazy("Les pièces et le matériel. Le bilan de l'année le demande."),
            lazy("Ajouter une pièce ou un objet"),
            _item_said,
            lambda row: _with(str(row.get_kind_display()), row.label),
        ),
        Register(
            "documents",
            Document,
            lazy("Nos documents"),
            lazy("Statuts, conventions, assurance : le papier et ses dates."),
            lazy("Ajouter un document"),
            _document_said,
            lambda row: _with(str(row.get_kind_display()), row.title),
            "ends_on",
        ),
    )
}


def register(slug: str) -> Register:
    """Return a register by its slug; 404 when there is none."""
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


def rows_of(actor: Actor, gem_id: UUID, one: Register, *, removed: bool = False) -> Any:
    """Return the rows of a register that this person may read. No query yet."""
    require(actor, "binder.see", gem_id)
    rows: Any = one.model._default_manager.filter(gem_id=gem_id, removed=removed)
    if one.model is Document and not can(actor, "binder.write", gem_id):
        rows = rows.filter(shared_with_members=True)
    return rows.select_related("partner") if one.model is PartnerAction else rows


def cover(actor: Actor, gem_id: UUID) -> list[Part]:
    """Return every register with its number of rows. One query per register, eight in all."""
    return [Part(one, rows_of(actor, gem_id, one).count()) for one in REGISTERS.values()]


def page(actor: Actor, gem_id: UUID, slug: str) -> Page:
    """Return a register in words. Two queries, and three for the partners; one more to write."""
    one = register(slug)
    gem = Gem.objects.select_related("sponsor", "managing_organisation").get(pk=gem_id)
    day = today(gem.time_zone)
    rows = list(rows_of(actor, gem_id, one)[:MOST_ROWS])
    lines = [line_of(one, row, day) for row in rows]
    writes = can(actor, "binder.write", gem_id)
    out = rows_of(actor, gem_id, one, removed=True)[:MOST_ROWS] if writes else ()
    return Page(
        register=one,
        lines=tuple(line for line in lines if line.urgency != Urgency.OVER),
        over=tuple(line for line in lines if line.urgency == Urgency.OVER),
        removed=tuple(line_of(one, row, day) for row in out),
        remarks=tuple(_remarks(gem, rows)) if one.model is Partner else (),
    )


def line_of(one: Register, row: Any, today: date) -> Line:
    """Return a row in words."""
    ends_on: date | None = getattr(row, one.ends) if one.ends else None
    return Line(
        id=row.pk,
        name=one.name(row),
        details=tuple(one.said(row)),
        ends_on=ends_on,
        urgency=urgency(ends_on, today) if ends_on else None,
        has_file=bool(getattr(row, "file", None)),
    )


def row(actor: Actor, gem_id: UUID, slug: str, row_id: UUID) -> Row:
    """Return a row to change it; 404 elsewhere. One query."""
    require(actor, "binder.write", gem_id)
    found: Row = get_object_or_404(register(slug).model, pk=row_id, gem_id=gem_id, removed=False)
    return found


def document(actor: Actor, gem_id: UUID, document_id: UUID) -> Document:
    """Return a document whose file this person may read; 404 otherwise. One query."""
    rows = rows_of(actor, gem_id, REGISTERS["documents"]).exclude(file="")
    found: Document = get_object_or_404(rows, pk=document_id)
    return found


def endings(gem_id: UUID) -> list[Ending]:
    """Return everything of the binder that ends on a day, whoever asks: names of papers, no person.

    Two SQL queries; posts are left out, an end of contract is not an announcement.
    """
    paper = REGISTERS["documents"].name
    kept = {"gem_id": gem_id, "removed": False}
    found = [(paper(each), each.ends_on) for each in Document.objects.filter(**kept)]
    for each in Partner.objects.filter(**kept):
        found.append((_("Convention avec %s") % each.name, each.agreement_ends_on))
    return [Ending(what, ends_on) for what, ends_on in found if ends_on]


@dataclass(frozen=True)
class PaperDates:
    """The dates of the newest document of a kind."""

    dated_on: date | None
    ends_on: date | None


def paper_dates(actor: Actor, gem_id: UUID, on: date) -> dict[str, PaperDates]:
    """Return, by kind, the dates of the newest document that existed on a day. One query."""
    require(actor, "binder.see", gem_id)
    rows = Document.objects.filter(gem_id=gem_id, removed=False, dated_on__lte=on)
    return {
        one.kind: PaperDates(one.dated_on, one.ends_on)
        for one in rows.order_by("kind", "dated_on", "pk")
    }


def soon(actor: Actor, gem_id: UUID) -> list[tuple[Ending, Urgency]]:
    """Return what is over or ends within 90 days, the nearest first. Three queries."""
    require(actor, "binder.write", gem_id)
    day = today(Gem.objects.only("time_zone").get(pk=gem_id).time_zone)
    return [(one, urgency(one.ends_on, day)) for one in ending_soon(endings(gem_id), day)]


def _remarks(gem: Gem, partners: list[Partner]) -> list[Remark]:
    places = [Place(one.name, one.tie, bool(one.agreement_signed_on)) for one in partners]
    return remarks(
        places,
        sponsor=gem.sponsor.name if gem.sponsor else "",
        manager=gem.managing_organisation.name if gem.managing_organisation else "",
        brain_injury=gem.public_focus == PublicFocus.LESION_CEREBRALE,
    )


def day_at(gem_id: UUID) -> date:
    """Return the day it is at the GEM. One query."""
    return today(Gem.objects.only("time_zone").get(pk=gem_id).time_zone)


def partners_of_gem(gem_id: UUID) -> list[tuple[UUID, str]]:
    """Return the partners to choose from, by name. One query."""
    rows = Partner.objects.filter(gem_id=gem_id, removed=False)
    return list(rows.values_list("pk", "name"))


def choices(gem_id: UUID, slug: str) -> dict[str, list[tuple[UUID, str]]]:
    """Return what the lists of a form offer: partners or documents. One query at most."""
    if slug == "ensemble":
        return {"partner": partners_of_gem(gem_id)}
    if slug == "partenaires":
        papers = Document.objects.filter(gem_id=gem_id, removed=False)
        name = REGISTERS["documents"].name
        return {"document": [(one.pk, name(one)) for one in papers]}
    return {}
