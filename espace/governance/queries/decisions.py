"""The register of decisions: who decided what, when, who carries it, where it stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.governance.choices.meetings import (
    CarrierFunction,
    DecisionState,
    MeetingKind,
    Subject,
    TakenBy,
)
from espace.governance.models.meetings import Carrier, Decision
from espace.groups.queries.gem_facts import today_of
from espace.groups.queries.roll import plain

DECISIONS_A_PAGE = 10
LATEST = 5
RUNNING = (DecisionState.A_FAIRE, DecisionState.EN_COURS)
LATE = "en_retard"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision; ``carriers`` in words, ``late`` when its day is over and it is not done."""

    id: UUID
    text: str
    subject: str
    subject_label: str
    taken_by: str
    taken_by_label: str
    state: DecisionState
    due_on: date | None
    done_on: date | None
    given_up_why: str
    removed: bool
    carriers: tuple[str, ...]
    carrier_people: tuple[str, ...]
    carrier_functions: tuple[str, ...]
    meeting_id: UUID
    meeting_label: str
    decided_on: date
    shared: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the register, and what was asked of it."""

    page: Page[UUID]
    lines: tuple[DecisionLine, ...]
    words: str
    subject: str
    state: str
    late: int


def decision_register(
    actor: Actor, gem_id: UUID, *, words: str = "", subject: str = "", state: str = "", page: str
) -> Register:
    """Return the decisions that hold every one of ``words``. Five SQL queries at most.

    Words are compared without accents nor capitals, whatever the database: a GEM has some hundred
    decisions, their sentences are read in one query.
    """
    require(actor, "governance.read_minutes", gem_id)
    today = today_of(gem_id)
    rows = _readable(actor, gem_id)
    late = _late(rows, today).count()
    subject = subject if subject in Subject.values else ""
    state = state if state in (*DecisionState.values, LATE) else ""
    if subject:
        rows = rows.filter(subject=subject)
    if state == LATE:
        rows = _late(rows, today)
    elif state:
        rows = rows.filter(state=state)
    wanted = plain(words).split()
    ids = [
        each
        for each, text in _newest(rows).values_list("pk", "text")
        if all(word in plain(text) for word in wanted)
    ]
    shown = Paginator(ids, DECISIONS_A_PAGE).get_page(page)
    found = {row.pk: row for row in _whole().filter(pk__in=list(shown))}
    lines = tuple(decision_line(found[each], today) for each in shown)
    return Register(shown, lines, words, subject, state, late)


def one_decision(actor: Actor, gem_id: UUID, decision_id: UUID) -> DecisionLine:
    """Return one decision, even one just removed for whoever may put it back. Three SQL queries."""
    require(actor, "governance.read_minutes", gem_id)
    rows = _readable(actor, gem_id, with_removed=True)
    row = _whole().filter(pk__in=rows.values("pk"), pk=decision_id).first()
    if row is None:
        raise Http404
    return decision_line(row, today_of(gem_id))


def latest_decisions(
    actor: Actor, gem_id: UUID, today: date
) -> tuple[tuple[DecisionLine, ...], int]:
    """Return the last decisions and how many are late; nothing for the tablet. Three queries."""
    if not can(actor, "governance.read_minutes", gem_id):
        return (), 0
    rows = _readable(actor, gem_id)
    late = rows.aggregate(late=Count("pk", filter=_is_late(today)))["late"]
    ids = rows.values("pk")
    last = _newest(_whole().filter(pk__in=ids))[:LATEST]
    return tuple(decision_line(row, today) for row in last), late


def decisions_of(meeting_id: UUID, today: date) -> tuple[DecisionLine, ...]:
    """Return the decisions of one meeting, for whoever may read its minutes. Two SQL queries."""
    rows = _whole().filter(meeting_id=meeting_id, removed=False).order_by("pk")
    return tuple(decision_line(row, today) for row in rows)


def decision_line(row: Decision, today: date) -> DecisionLine:
    """Return what a list shows of a decision."""
    carriers = sorted(row.carriers.all(), key=lambda one: one.rank)
    return DecisionLine(
        id=row.pk,
        text=row.text,
        subject=row.subject,
        subject_label=str(Subject(row.subject).label),
        taken_by=row.taken_by,
        taken_by_label=str(TakenBy(row.taken_by).label) if row.taken_by else "",
        state=DecisionState(row.state),
        due_on=row.due_on,
        done_on=row.done_on,
        given_up_why=row.given_up_why,
        removed=row.removed,
        carriers=tuple(_carrier(one) for one in carriers),
        carrier_people=tuple(str(one.person_id) if one.person_id else "" for one in carriers),
        carrier_functions=tuple(one.function for one in carriers),
        meeting_id=row.meeting_id,
        meeting_label=str(MeetingKind(row.meeting.kind).label),
        decided_on=row.meeting.date,
        shared=row.meeting.minutes_shared_on is not None,
        late=row.state in RUNNING and row.due_on is not None and row.due_on < today,
    )


def _carrier(one: Carrier) -> str:
    return one.person.label if one.person else str(CarrierFunction(one.function).label)


def _readable(actor: Actor, gem_id: UUID, *, with_removed: bool = False) -> QuerySet[Decision]:
    """Decisions of shared minutes; those who write read the others too."""
    rows = Decision.objects.filter(meeting__gem_id=gem_id)
    if not can(actor, "governance.write_minutes", gem_id):
        return rows.filter(meeting__minutes_shared_on__isnull=False, removed=False)
    return rows if with_removed else rows.filter(removed=False)


def _whole() -> QuerySet[Decision]:
    return Decision.objects.select_related("meeting").prefetch_related("carriers__person")


def _newest(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    return rows.order_by("-meeting__date", "pk")


def _is_late(today: date) -> Q:
    return Q(state__in=RUNNING, due_on__lt=today)


def _late(rows: QuerySet[Decision], today: date) -> QuerySet[Decision]:
    return rows.filter(_is_late(today))
