"""What a GEM sees of its reports: the shelf of the years, one document, one section of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.groups.choices import Function
from espace.groups.queries.gem_facts import today_of
from espace.groups.queries.mandates import elected
from espace.indicators.queries import definition, summed
from espace.reports.choices import Kind, Recipient, Said, Stage, Via
from espace.reports.models import Agreement, Photo, Remark, Report, Version
from espace.reports.permissions import AGREE, SEE, WRITE
from espace.reports.queries.filling import Filled, chosen_figures, fill
from espace.reports.reading import definition_for
from espace.reports.rules.agreeing import is_agreed, needed
from espace.reports.rules.content import Content, Picture, changed, from_json, missing
from espace.reports.rules.documents import Section

YEARS_BACK = 5


@dataclass(frozen=True)
class Copy:
    """One document on the shelf: how far it is, and when it was sent."""

    kind: str
    label: str
    purpose: str
    leaves: bool
    stage: Stage
    sent_at: datetime | None
    question: bool


@dataclass(frozen=True)
class Shelf:
    """The documents of one year. ``years`` are those one may open, newest first."""

    year: int
    years: tuple[int, ...]
    copies: tuple[Copy, ...]


@dataclass(frozen=True)
class Agreed:
    """One yes of the bureau, as the document tells it."""

    office: str
    how: str
    on: date


@dataclass(frozen=True)
class Told:
    """A line of the talk with who received the document."""

    said: str
    label: str
    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Draft:
    """A document as its GEM sees it.

    ``content`` is the version the bureau reads or sent, or else the draft. ``missing`` are the
    labels still empty; ``changes`` what a correction changed since the version that was sent.
    """

    report: Report | None
    kind: Kind
    year: int
    filled: Filled | None
    content: Content
    stage: Stage
    version: Version | None
    sent: Version | None
    correcting: bool
    missing: tuple[str, ...]
    changes: tuple[str, ...]
    agreements: tuple[Agreed, ...]
    still_needed: int
    i_agreed: bool
    talk: tuple[Told, ...]
    recipients: tuple[str, ...]
    today: date

    @property
    def may_be_written(self) -> bool:
        return self.stage is Stage.DRAFT

    @property
    def waits_for_an_answer(self) -> bool:
        asked = [one.said for one in self.talk if one.said != Said.RECEIPT]
        return bool(asked) and asked[-1] == Said.QUESTION


def years_of(today: date) -> tuple[int, ...]:
    """Return the years one may write about, newest first."""
    return tuple(today.year - back for back in range(YEARS_BACK + 1))


def shelf(actor: Actor, gem_id: UUID, year: int | None = None) -> Shelf:
    """Return the documents of a year, last year without any. Four SQL queries."""
    require(actor, SEE, gem_id)
    day = today_of(gem_id)
    wanted = year if year in years_of(day) else day.year - 1
    reports = {
        one.kind: one
        for one in Report.objects.filter(gem_id=gem_id, year=wanted).prefetch_related("versions")
    }
    asked = _questions([one.pk for one in reports.values()])
    copies = []
    for kind in Kind:
        made = definition_for(kind, "")
        report = reports.get(kind)
        versions = list(report.versions.all()) if report else []
        sent = next((one for one in versions if one.sent_at), None)
        copies.append(
            Copy(
                kind=kind.value,
                label=str(kind.label),
                purpose=made.purpose,
                leaves=bool(made.sent_to),
                stage=_stage(report, versions),
                sent_at=sent.sent_at if sent else None,
                question=report is not None and report.pk in asked,
            )
        )
    return Shelf(wanted, years_of(day), tuple(copies))


def draft(actor: Actor, gem_id: UUID, kind: str, year: int) -> Draft:
    """Return one document. Raises Http404 for an unknown kind or a year out of reach.

    Eighteen SQL queries at most.
    """
    require(actor, SEE, gem_id)
    day = today_of(gem_id)
    if kind not in Kind.values or year not in years_of(day):
        raise Http404
    report = Report.objects.filter(gem_id=gem_id, kind=kind, year=year).first()
    versions = list(report.versions.all()) if report else []
    stage = _stage(report, versions)
    open_one = None if stage is Stage.DRAFT else _live(versions)
    sent = next((one for one in versions if one.sent_at), None)
    filled = None if open_one else _fill(actor, gem_id, kind, year, report, day)
    content = from_json(open_one.content) if open_one else _content_of(filled)
    agreements = list(open_one.agreements.all()) if open_one else []
    made = definition_for(kind, "")
    return Draft(
        report=report,
        kind=Kind(kind),
        year=year,
        filled=filled,
        content=content,
        stage=stage,
        version=open_one,
        sent=sent,
        correcting=bool(report and report.correcting),
        missing=missing(filled.definition.fields, content.lines) if filled else (),
        changes=changed(from_json(sent.content), content) if sent and sent != open_one else (),
        agreements=agreed(agreements),
        still_needed=_still_needed(actor, gem_id, day, agreements) if open_one else 0,
        i_agreed=any(one.account_id == actor.account_id for one in agreements),
        talk=talk(sent) if sent else (),
        recipients=tuple(str(Recipient(one).label) for one in made.sent_to),
        today=day,
    )


@dataclass(frozen=True)
class SectionPage:
    """One section to write: what is counted, what was typed, its photos, the figures to add."""

    draft: Draft
    section: Section
    filled: Filled
    answers: dict[str, str]
    chosen: tuple[str, ...]
    photos: tuple[Photo, ...]
    removed: tuple[Photo, ...]
    after: str
    number: int
    total: int


def section(actor: Actor, gem_id: UUID, kind: str, year: int, code: str) -> SectionPage:
    """Return one section of a draft. Raises Http404 when there is none."""
    require(actor, WRITE, gem_id)
    page = draft(actor, gem_id, kind, year)
    made = page.filled.definition if page.filled else definition_for(kind, "")
    found = made.section(code)
    if found is None or page.filled is None:
        raise Http404
    answers = answers_of(page.report)
    codes = [one.code for one in made.sections]
    rank = codes.index(code)
    return SectionPage(
        draft=page,
        section=found,
        filled=page.filled,
        answers=answers,
        chosen=chosen_figures(found, answers),
        photos=tuple(photos_of(page.report, code)),
        removed=tuple(photos_of(page.report, code, removed=True)),
        after=codes[rank + 1] if rank + 1 < len(codes) else "",
        number=rank + 1,
        total=len(codes),
    )


def figures_to_add() -> list[tuple[str, str]]:
    """Return every figure that may leave a GEM, by its label."""
    return sorted(((code, definition(code).label_fr) for code in summed()), key=lambda one: one[1])


def photo(actor: Actor, gem_id: UUID, photo_id: UUID) -> Photo:
    """Return a photo of this GEM's reports. Raises Http404."""
    require(actor, SEE, gem_id)
    return get_object_or_404(Photo, pk=photo_id, report__gem_id=gem_id)


def answers_of(report: Report | None) -> dict[str, str]:
    """Return what was typed, by code. One SQL query."""
    return dict(report.answers.values_list("code", "text")) if report else {}


def photos_of(
    report: Report | None, code: str | None = None, *, removed: bool = False
) -> list[Photo]:
    """Return the photos of a draft, or of one of its sections. One SQL query."""
    if report is None:
        return []
    rows = report.photos.filter(removed=removed)
    return list(rows.filter(section=code) if code else rows)


def agreed(rows: Iterable[Agreement]) -> tuple[Agreed, ...]:
    """Return who agreed, by office: no name leaves."""
    return tuple(
        Agreed(str(Function(one.function).label), str(Via(one.via).label), one.on) for one in rows
    )


def talk(version: Version) -> tuple[Told, ...]:
    """Return what was said of every version of this document, oldest first. One SQL query."""
    rows = Remark.objects.filter(version__report=version.report_id)
    return tuple(
        Told(one.said, str(Said(one.said).label), one.by, one.text, one.at) for one in rows
    )


def pictures_by_section(report: Report | None) -> dict[str, list[Picture]]:
    """Return the photos of a draft, by section. One SQL query."""
    found: dict[str, list[Picture]] = {}
    for one in photos_of(report):
        found.setdefault(one.section, []).append(Picture(str(one.pk), one.alt))
    return found


def photo_contents(content: Content) -> dict[str, bytes]:
    """Return the bytes of the photos a content shows, by id; a lost file is left out."""
    ids = [one.id for part in content.parts for one in part.pictures]
    found = {}
    for one in Photo.objects.filter(pk__in=ids):
        try:
            with one.file.open("rb") as file:
                found[str(one.pk)] = file.read()
        except FileNotFoundError:
            continue
    return found


def _fill(
    actor: Actor, gem_id: UUID, kind: str, year: int, report: Report | None, day: date
) -> Filled:
    return fill(
        actor, gem_id, kind, year, answers_of(report), pictures_by_section(report), day
    )  # fmt: skip


def _content_of(filled: Filled | None) -> Content:
    if filled is None:
        raise ValueError("a draft is always filled")
    return filled.content


def _live(versions: list[Version]) -> Version | None:
    """Return the newest version that was not taken back."""
    return next((one for one in versions if one.withdrawn_at is None), None)


def _stage(report: Report | None, versions: list[Version]) -> Stage:
    live = _live(versions)
    if report is None or live is None:
        return Stage.DRAFT
    if live.sent_at:
        return Stage.DRAFT if report.correcting else Stage.SENT
    return Stage.AGREED if live.agreed_on else Stage.READING


def _questions(report_ids: list[UUID]) -> set[UUID]:
    """Return the documents whose last line is a question. One SQL query."""
    last: dict[UUID, str] = {}
    rows = Remark.objects.filter(version__report__in=report_ids).exclude(said=Said.RECEIPT)
    rows = rows.order_by("at", "pk")
    for report_id, said in rows.values_list("version__report_id", "said"):
        last[report_id] = said
    return {report_id for report_id, said in last.items() if said == Said.QUESTION}


def _still_needed(actor: Actor, gem_id: UUID, day: date, rows: list[Agreement]) -> int:
    if not can(actor, "groups.read_roles", gem_id):
        return 0
    who = elected(actor, gem_id, day)
    on_screen = sum(one.via != Via.PAPER for one in rows)
    if is_agreed(on_screen, len(rows) - on_screen, who.number):
        return 0
    return needed(who.number) - on_screen


def may_agree(actor: Actor, page: Draft, gem_id: UUID) -> bool:
    """Tell whether who asks may say yes now."""
    return page.stage is Stage.READING and not page.i_agreed and can(actor, AGREE, gem_id)
