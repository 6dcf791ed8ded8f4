"""What others read of reports: the versions that were sent, never a draft. Callers ask who may."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from espace.reports.choices import Kind, Recipient, Said
from espace.reports.models import FunderPart, Remark, Version
from espace.reports.queries.drafts import Agreed, Told, agreed, talk
from espace.reports.reading import definition_for, definitions
from espace.reports.rules.content import Content, changed, from_json

DUE_MONTH, DUE_DAY = 2, 28
"""The yearly table is due before 28 February (text of 2016, to check: dossier 2.1)."""


@dataclass(frozen=True)
class Reach:
    """Whose documents one may read: those sent to « recipient » by GEM of these places.

    An empty place is no limit; ``recipient`` "" reads every kind.
    """

    recipient: str
    regions: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    everywhere: bool = False


@dataclass(frozen=True)
class Received:
    """A document that was sent: its newest version."""

    version_id: UUID
    gem_id: UUID
    gem: str
    commune: str
    departement_code: str
    region_code: str
    kind: str
    label: str
    year: int
    number: int
    sent_at: datetime
    received: bool
    question: bool

    @property
    def is_correction(self) -> bool:
        return self.number > 1


@dataclass(frozen=True)
class ReceivedPage:
    """A document as its readers see it. ``changes`` is what differs from the version before."""

    line: Received
    content: Content
    agreements: tuple[Agreed, ...]
    talk: tuple[Told, ...]
    changes: tuple[str, ...]
    before: tuple[tuple[int, datetime], ...]


@dataclass(frozen=True)
class SentRow:
    """Every answer of one sent table, by field code."""

    line: Received
    content: Content


def kinds_for(recipient: str) -> tuple[str, ...]:
    """Return the kinds of documents that this sort of partner receives."""
    return tuple(
        kind.value
        for kind in Kind
        if not recipient or recipient in definition_for(kind, "").sent_to
    )


def received(reach: Reach, *, kind: str = "", year: int | None = None) -> list[Received]:
    """Return the documents within reach, the newest first. Two SQL queries."""
    rows = _sent(reach)
    if kind:
        rows = rows.filter(report__kind=kind)
    if year is not None:
        rows = rows.filter(report__year=year)
    return [_line(one) for one in rows.defer("content").order_by("-sent_at", "pk")]


def sent_tables(reach: Reach, year: int) -> list[SentRow]:
    """Return the yearly tables that were sent, with all their answers. Two SQL queries."""
    rows = _sent(reach).filter(report__kind=Kind.BILAN, report__year=year)
    rows = rows.order_by("report__gem__name", "pk")
    return [SentRow(_line(one), from_json(one.content)) for one in rows]


def received_page(reach: Reach, version_id: UUID) -> ReceivedPage | None:
    """Return one document within reach, None when there is none. Five SQL queries."""
    found = _sent(reach, newest=False).filter(pk=version_id).first()
    if found is None:
        return None
    others = Version.objects.filter(report=found.report_id, sent_at__isnull=False)
    before = [one for one in others if one.number < found.number]
    content = from_json(found.content)
    return ReceivedPage(
        line=_line(found),
        content=content,
        agreements=agreed(found.agreements.all()),
        talk=talk(found),
        changes=changed(from_json(before[0].content), content) if before else (),
        before=tuple((one.number, one.sent_at) for one in before if one.sent_at),
    )


def table_columns() -> tuple[tuple[str, str], ...]:
    """Return (code, label) of every field of the yearly tables, those of one ARS last."""
    found: dict[str, str] = {}
    for (kind, _zone), made in sorted(definitions().items()):
        if kind == Kind.BILAN:
            for field in made.fields:
                found.setdefault(field.code, field.label)
    return tuple(found.items())


def due_on(year: int) -> date:
    """Return the day before which the table of a year is to be sent."""
    return date(year + 1, DUE_MONTH, DUE_DAY)


@dataclass(frozen=True)
class PartSaid:
    """What an ARS said of its own year; None is « not said »."""

    credits_eur: int | None
    other_credits_eur: int | None
    visits: int | None
    meetings: int | None
    support: str
    difficulties: str
    changed_at: datetime


def parts(places: Collection[str], year: int) -> Mapping[str, PartSaid]:
    """Return what ARS said of their year, by place. One SQL query."""
    rows = FunderPart.objects.filter(place__in=places, year=year)
    return {
        one.place: PartSaid(
            one.credits_eur,
            one.other_credits_eur,
            one.visits,
            one.meetings,
            one.support,
            one.difficulties,
            one.changed_at,
        )
        for one in rows
    }


def reach_of(recipient: str, territories: Sequence[str]) -> Reach:
    """Return what mandates open: « nation », « region:53 », « commune:29232 »…"""
    held: dict[str, list[str]] = {}
    for text in territories:
        kind, _, code = text.partition(":")
        held.setdefault(kind, []).append(code)
    return Reach(
        recipient=recipient,
        regions=tuple(held.get("region", ())),
        departements=tuple(held.get("departement", ())),
        communes=tuple(held.get("commune", ())),
        everywhere="nation" in held,
    )


def _sent(reach: Reach, *, newest: bool = True) -> QuerySet[Version]:
    sent = Version.objects.filter(sent_at__isnull=False, report__gem__practice=False)
    rows = sent.filter(report__kind__in=kinds_for(reach.recipient))
    if newest:
        after = sent.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
        rows = rows.filter(~Exists(after))
    if not reach.everywhere:
        rows = rows.filter(
            Q(report__gem__region_code__in=reach.regions)
            | Q(report__gem__departement_code__in=reach.departements)
            | Q(report__gem__commune_code__in=reach.communes)
        )
    remarks = Prefetch("remarks", queryset=Remark.objects.order_by("at", "pk"))
    return rows.select_related("report__gem").prefetch_related(remarks)


def _line(one: Version) -> Received:
    report, said = one.report, list(one.remarks.all())
    if one.sent_at is None:
        raise ValueError("only what was sent is received")
    asked = [each.said for each in said if each.said != Said.RECEIPT]
    return Received(
        version_id=one.pk,
        gem_id=report.gem_id,
        gem=report.gem.name,
        commune=report.gem.commune_name,
        departement_code=report.gem.departement_code,
        region_code=report.gem.region_code,
        kind=report.kind,
        label=str(Kind(report.kind).label),
        year=report.year,
        number=one.number,
        sent_at=one.sent_at,
        received=any(each.said == Said.RECEIPT for each in said),
        question=bool(asked) and asked[-1] == Said.QUESTION,
    )


ARS, COMMUNE = Recipient.ARS.value, Recipient.COMMUNE.value
