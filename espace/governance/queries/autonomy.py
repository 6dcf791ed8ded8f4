"""Reads of the way to self-management."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import can, require
from espace.binder.rules import Urgency
from espace.governance.choices.meetings import MeetingState
from espace.governance.models import AutonomyStep, Meeting, TaskHolder, WhoDoesWhat
from espace.governance.queries.tasks import calendar, decisions_to_choose
from espace.governance.rules.autonomy import (
    BoardFacts,
    Question,
    Step,
    Tired,
    by_actor,
    changed,
    content,
    contradictions,
    is_to_review,
    signs,
)
from espace.groups.models import Mandate
from espace.groups.queries.gem_facts import today_of


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step, and the decision that proves it: its words and day, None before."""

    step: Step
    decision: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class WayPage:
    """The six steps of a GEM, and what may show a tired board (for its elected people only)."""

    steps: tuple[StepLine, ...]
    signs: tuple[Tired, ...]
    to_review: bool


@dataclass(frozen=True, slots=True)
class StepPage:
    """A step, and the decisions that may prove it."""

    line: StepLine
    decisions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WhoPage:
    """« Qui fait quoi » of a GEM: by actor, what a text says otherwise, what moved in a year."""

    year: int
    answers: Mapping[str, str]
    reviewed_on: date | None
    to_review: bool
    shares: tuple[tuple[str, tuple[str, ...]], ...]
    contradictions: tuple[Question, ...]
    moved: tuple[str, ...]
    before: int | None


def way(actor: Actor, gem_id: UUID) -> WayPage:
    """Return the six steps. Three SQL queries, some ten more for elected people."""
    require(actor, "governance.see_autonomy", gem_id)
    day = today_of(gem_id)
    lines = _lines(gem_id)
    latest = WhoDoesWhat.objects.filter(gem_id=gem_id).first()
    found: list[Tired] = []
    if can(actor, "governance.write_autonomy", gem_id):
        found = signs(_facts(actor, gem_id), day)
    to_review = is_to_review(latest.reviewed_on if latest else None, day)
    return WayPage(tuple(lines), tuple(found), to_review)


def step_page(actor: Actor, gem_id: UUID, number: int) -> StepPage | None:
    """Return a step; None when there is no such number. Two SQL queries at most."""
    require(actor, "governance.see_autonomy", gem_id)
    line = next((one for one in _lines(gem_id) if one.step.number == number), None)
    if line is None:
        return None
    writes = can(actor, "governance.write_autonomy", gem_id)
    return StepPage(line, tuple(decisions_to_choose(gem_id)) if writes else ())


def who_page(actor: Actor, gem_id: UUID) -> WhoPage:
    """Return « qui fait quoi » as last said, beside the year before. Two SQL queries."""
    require(actor, "governance.see_autonomy", gem_id)
    day = today_of(gem_id)
    rows = list(WhoDoesWhat.objects.filter(gem_id=gem_id)[:2])
    latest = rows[0] if rows else None
    before = rows[1] if len(rows) > 1 else None
    answers: Mapping[str, str] = latest.answers if latest else {}
    texts = {one.code: one.text for one in content().questions}
    moved = changed(before.answers, answers) if before else []
    return WhoPage(
        year=latest.year if latest else day.year,
        answers=answers,
        reviewed_on=latest.reviewed_on if latest else None,
        to_review=is_to_review(latest.reviewed_on if latest else None, day),
        shares=tuple(
            (content().actors[actor_code], tuple(questions))
            for actor_code, questions in by_actor(answers).items()
            if questions and latest
        ),
        contradictions=tuple(contradictions(answers)),
        moved=tuple(texts[code] for code in moved),
        before=before.year if before else None,
    )


def _lines(gem_id: UUID) -> list[StepLine]:
    rows = AutonomyStep.objects.filter(gem_id=gem_id).select_related("decision__meeting")
    taken = {row.step: row.decision for row in rows}
    return [
        StepLine(
            step,
            taken[step.number].text if step.number in taken else "",
            taken[step.number].meeting.date if step.number in taken else None,
        )
        for step in content().steps
    ]


def _facts(actor: Actor, gem_id: UUID) -> BoardFacts:
    running = TaskHolder.objects.filter(
        task__gem_id=gem_id, task__removed=False, ended_on__isnull=True, person__isnull=False
    )
    heaviest = running.order_by().values("person").annotate(n=Count("pk")).order_by("-n").first()
    held = Meeting.objects.filter(gem_id=gem_id, state=MeetingState.TENUE).order_by("-date")
    late = [one for one in calendar(actor, gem_id) if one.urgency == Urgency.OVER]
    return BoardFacts(
        most_tasks_on_one=heaviest["n"] if heaviest else 0,
        last_meeting=held.values_list("date", flat=True).first(),
        late_deadlines=len(late),
        elected=Mandate.objects.filter(
            gem_id=gem_id, role=Role.ELECTED, ended_on__isnull=True
        ).count(),
    )
