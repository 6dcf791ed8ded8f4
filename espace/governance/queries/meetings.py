"""Meetings as people inside read them: what comes next, one meeting, all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.governance.choices.meetings import AgendaBy, MeetingKind, MeetingState
from espace.governance.models.meetings import AgendaPoint, HandVote, Meeting, Statutes
from espace.governance.queries.decisions import DecisionLine, decisions_of, latest_decisions
from espace.governance.rules.assemblies import (
    NoticeAnswer,
    QuorumAnswer,
    first_second_convening,
    notice,
    quorum,
)
from espace.governance.rules.statutes import GemStatutes, MeetingRules, rules_of
from espace.groups.queries.gem_facts import today_of

MEETINGS_A_PAGE = 15
COMING = 3
NOT_SHARED_DAYS = 60
"""Minutes older than that and never shared are no more asked for on the first page."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting in a list."""

    id: UUID
    kind: MeetingKind
    title: str
    shared_on: date | None
    date: date
    starts_at: time
    place: str
    state: MeetingState
    points: int
    is_past: bool

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.ANNULEE

    @property
    def was_held(self) -> bool:
        return self.state == MeetingState.TENUE


@dataclass(frozen=True, slots=True)
class Point:
    """One point; ``minutes`` is empty for whoever may not read them yet."""

    id: UUID
    number: int
    subject: str
    signature: str
    minutes: str


@dataclass(frozen=True, slots=True)
class Hand:
    """A show of hands as noted."""

    question: str
    yes: int
    no: int
    abstain: int
    outcome: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything one page says of a meeting, as far as who asks may read it."""

    line: MeetingLine
    points: tuple[Point, ...]
    rules: MeetingRules
    notice: NoticeAnswer
    quorum: QuorumAnswer
    told_on: date
    extraordinary: bool
    is_second: bool
    second_from: date
    second_id: UUID | None
    members_invited: int | None
    members_present: int | None
    members_represented: int
    guests: int
    non_members_voting: int
    agenda_by: str
    agenda_by_label: str
    plain_minutes: str
    reads_minutes: bool
    hands: tuple[Hand, ...]
    decisions: tuple[DecisionLine, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """« Décider » : what comes next, what waits for its minutes, what was decided lately."""

    coming: tuple[MeetingLine, ...]
    waiting: tuple[MeetingLine, ...]
    decided: tuple[DecisionLine, ...]
    late: int


def decide_home(actor: Actor, gem_id: UUID) -> Home:
    """Return the first page of « Décider ». Six SQL queries at most."""
    require(actor, "governance.see_meetings", gem_id)
    today = today_of(gem_id)
    rows = _counted(gem_id)
    coming = rows.filter(date__gte=today, state=MeetingState.PREPAREE)
    waiting: tuple[MeetingLine, ...] = ()
    if can(actor, "governance.write_minutes", gem_id):
        since = today - timedelta(days=NOT_SHARED_DAYS)
        old = rows.filter(date__gte=since, date__lte=today, minutes_shared_on__isnull=True)
        old = old.exclude(state=MeetingState.ANNULEE)
        old = old.exclude(date=today, state=MeetingState.PREPAREE)
        waiting = tuple(meeting_line(row, today) for row in old.order_by("-date", "pk")[:COMING])
    decided, late = latest_decisions(actor, gem_id, today)
    return Home(
        coming=tuple(
            meeting_line(row, today) for row in coming.order_by("date", "starts_at", "pk")[:COMING]
        ),
        waiting=waiting,
        decided=decided,
        late=late,
    )


def all_meetings(actor: Actor, gem_id: UUID, page: str = "1") -> Page[MeetingLine]:
    """Return every meeting, the newest first, a page at a time. Three SQL queries."""
    require(actor, "governance.see_meetings", gem_id)
    today = today_of(gem_id)
    rows = _counted(gem_id).order_by("-date", "-starts_at", "pk")
    # « Any »: the paginator counts rows, the page holds lines.
    pages: Paginator[Any] = Paginator(rows, MEETINGS_A_PAGE)
    shown = pages.get_page(page)
    return Page([meeting_line(row, today) for row in shown.object_list], shown.number, pages)


def one_meeting(actor: Actor, gem_id: UUID, meeting_id: UUID) -> MeetingPage:
    """Return one meeting of this GEM. Eight SQL queries at most. Raises NotAllowed, Http404.

    Minutes are read by the bureau and the staff at once, by the others once they are shared.
    """
    require(actor, "governance.see_meetings", gem_id)
    row = _counted(gem_id).filter(pk=meeting_id).first()
    if row is None:
        raise Http404
    today = today_of(gem_id)
    reads = may_read_minutes(actor, row)
    rules = rules_of(
        statutes_of(gem_id),
        row.kind,
        extraordinary=row.extraordinary,
        second=row.second_of_id is not None,
    )
    points = row.points.order_by("rank", "pk")
    second = Meeting.objects.filter(second_of_id=row.pk).exclude(state=MeetingState.ANNULEE)
    return MeetingPage(
        line=meeting_line(row, today),
        points=tuple(_point(number, one, reads) for number, one in enumerate(points, 1)),
        rules=rules,
        notice=notice(row.told_on, row.date, rules.notice_days),
        quorum=quorum_of(row, rules),
        told_on=row.told_on,
        extraordinary=row.extraordinary,
        is_second=row.second_of_id is not None,
        second_from=first_second_convening(row.date, statutes_of(gem_id).second_notice_days),
        second_id=second.values_list("pk", flat=True).first(),
        members_invited=row.members_invited,
        members_present=row.members_present,
        members_represented=row.members_represented,
        guests=row.guests,
        non_members_voting=row.non_members_voting,
        agenda_by=row.agenda_by,
        agenda_by_label=str(AgendaBy(row.agenda_by).label) if row.agenda_by else "",
        plain_minutes=row.plain_minutes if reads else "",
        reads_minutes=reads,
        hands=_hands(row) if reads else (),
        decisions=decisions_of(row.pk, today) if reads else (),
    )


def may_read_minutes(actor: Actor, row: Meeting) -> bool:
    """Tell whether who asks reads the minutes of a meeting today."""
    if can(actor, "governance.write_minutes", row.gem_id):
        return True
    return row.minutes_shared_on is not None and can(actor, "governance.read_minutes", row.gem_id)


def quorum_of(row: Meeting, rules: MeetingRules) -> QuorumAnswer:
    """Return the quorum with the people noted so far."""
    return quorum(
        rules.quorum,
        voters=row.members_invited,
        present=row.members_present or 0,
        represented=row.members_represented,
    )


def statutes_of(gem_id: UUID) -> GemStatutes:
    """Return what is known of the statutes, nothing when nobody wrote it. One SQL query."""
    names = [field.name for field in fields(GemStatutes)]
    found = Statutes.objects.filter(gem_id=gem_id).values(*names).first()
    return GemStatutes(**found) if found else GemStatutes()


def statutes_page(actor: Actor, gem_id: UUID) -> GemStatutes:
    """Return the statutes for whoever may read them. One SQL query."""
    require(actor, "governance.read_statutes", gem_id)
    return statutes_of(gem_id)


def meeting_line(row: Meeting, today: date) -> MeetingLine:
    """Return what a list shows of a meeting; ``row`` comes from ``_counted``."""
    return MeetingLine(
        id=row.pk,
        kind=MeetingKind(row.kind),
        title=title_of(row.kind, extraordinary=row.extraordinary),
        date=row.date,
        starts_at=row.starts_at,
        place=row.place,
        state=MeetingState(row.state),
        shared_on=row.minutes_shared_on,
        points=getattr(row, "points_count", 0),
        is_past=row.date < today,
    )


def title_of(kind: str, *, extraordinary: bool = False) -> str:
    """Return how a meeting is called."""
    if extraordinary and kind == MeetingKind.AG:
        return _("Assemblée générale extraordinaire")
    return str(MeetingKind(kind).label)


def _counted(gem_id: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.filter(gem_id=gem_id).annotate(points_count=Count("points"))


def _point(number: int, row: AgendaPoint, reads: bool) -> Point:
    return Point(row.pk, number, row.subject, row.signature, row.minutes if reads else "")


def _hands(row: Meeting) -> tuple[Hand, ...]:
    votes: Sequence[HandVote] = list(row.hand_votes.order_by("pk"))
    return tuple(Hand(one.question, one.yes, one.no, one.abstain, one.outcome) for one in votes)
