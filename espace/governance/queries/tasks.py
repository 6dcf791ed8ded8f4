"""Reads of tasks and of the statutory calendar."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.http import Http404
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.binder.queries import endings
from espace.binder.rules import Urgency, urgency
from espace.governance.choices.meetings import MeetingKind, MeetingState
from espace.governance.choices.money import BudgetMoment
from espace.governance.choices.tasks import GUARDED, DeadlineKind, TaskKind
from espace.governance.models import BudgetEvent, DeadlineMet, Decision, Meeting, Task
from espace.governance.rules.tasks import Deadline, statutory, waiting
from espace.groups.models import Gem
from espace.groups.queries.for_sheets import sheet_roll
from espace.groups.queries.gem_facts import today_of
from espace.groups.queries.roll import my_line

SHEETS = Path(__file__).parent.parent / "tasks.yaml"
MOST_TASKS = 100
MOST_DECISIONS = 30


@dataclass(frozen=True, slots=True)
class Holder:
    """Someone who holds a task; ``label`` empty for someone who left the roll."""

    person_id: UUID | None
    label: str
    started_on: date


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with its sheet, and who holds it."""

    id: UUID
    kind: str
    family: str
    title: str
    rhythm: str
    what: str
    papers: str
    next_on: date | None
    guarded: bool
    holders: tuple[Holder, ...]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task, and what moving it asks: people to choose from, decisions that may prove it."""

    task: TaskLine
    my_line: UUID | None
    people: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DueLine:
    """A deadline in words; ``urgency`` tells how near."""

    key: str
    kind: str
    what: str
    due_on: date
    urgency: Urgency
    source: str


def proposed() -> list[dict[str, Any]]:
    """Return the sheets we propose: fields of a task."""
    found: list[dict[str, Any]] = yaml.safe_load(SHEETS.read_text(encoding="utf-8"))
    return found


def all_tasks(actor: Actor, gem_id: UUID) -> list[TaskLine]:
    """Return the tasks of a GEM, those nobody holds first. Three SQL queries."""
    require(actor, "governance.see_tasks", gem_id)
    mine = my_line(actor)
    rows = Task.objects.filter(gem_id=gem_id, removed=False)
    lines = [_line(row, mine) for row in rows.prefetch_related("holders__person")[:MOST_TASKS]]
    return sorted(lines, key=lambda one: bool(one.holders))


def task_page(actor: Actor, gem_id: UUID, task_id: UUID) -> TaskPage:
    """Return a task to read or move. Six SQL queries at most; 404 for another GEM's."""
    require(actor, "governance.see_tasks", gem_id)
    rows = Task.objects.filter(pk=task_id, gem_id=gem_id, removed=False)
    row = rows.prefetch_related("holders__person").first()
    if row is None:
        raise Http404
    mine = my_line(actor)
    line = _line(row, mine)
    people: list[tuple[str, str]] = []
    decisions: list[tuple[str, str]] = []
    if can(actor, "governance.write_tasks", gem_id):
        people = [(str(one.id), one.label) for one in sheet_roll(gem_id)]
        if line.guarded:
            decisions = decisions_to_choose(gem_id)
    return TaskPage(line, mine, tuple(people), tuple(decisions))


def decisions_to_choose(gem_id: UUID) -> list[tuple[str, str]]:
    """Return the latest decisions of the register: id, and words with their day. One query."""
    rows = Decision.objects.filter(meeting__gem_id=gem_id, removed=False).select_related("meeting")
    latest = rows.order_by("-meeting__date", "pk")[:MOST_DECISIONS]
    return [(str(one.pk), f"{one.meeting.date:%d/%m/%Y} – {one.text}") for one in latest]


def calendar(actor: Actor, gem_id: UUID) -> list[DueLine]:
    """Return what is late or due within a year, the nearest first. Seven SQL queries at most."""
    require(actor, "governance.write_tasks", gem_id)
    day = today_of(gem_id)
    return [_due(one, day) for one in waiting(_deadlines(gem_id, day), _met(gem_id), day)]


def due_soon(actor: Actor, gem_id: UUID) -> list[DueLine]:
    """Return what is late or due within 90 days; nothing for who may not write."""
    if not can(actor, "governance.write_tasks", gem_id):
        return []
    return [one for one in calendar(actor, gem_id) if one.urgency != Urgency.LATER]


def known_deadline(gem_id: UUID, key: str) -> Deadline:
    """Return a deadline of this GEM by its key; 404 when there is none."""
    for one in _deadlines(gem_id, today_of(gem_id)):
        if one.key == key:
            return one
    raise Http404


def _deadlines(gem_id: UUID, day: date) -> list[Deadline]:
    gem = Gem.objects.only("opened_on", "joined_on").get(pk=gem_id)
    since = gem.joined_on or gem.opened_on or date(day.year, 1, 1)
    ends = [
        Deadline("fin", f"fin:{one.what}:{one.ends_on}"[:140], one.ends_on, one.what)
        for one in endings(gem_id)
    ]
    return [*statutory(day, since=since), *ends]


def _met(gem_id: UUID) -> set[str]:
    """Return the keys of what is met: said so, or seen in the meetings and dates of the GEM."""
    met = set(DeadlineMet.objects.filter(gem_id=gem_id).values_list("key", flat=True))
    held = Meeting.objects.filter(gem_id=gem_id, kind=MeetingKind.AG, state=MeetingState.TENUE)
    met |= {f"ag:{day.year}" for day in held.values_list("date", flat=True)}
    voted = BudgetEvent.objects.filter(gem_id=gem_id, kind=BudgetMoment.COMPTES_AG)
    return met | {f"comptes:{year + 1}" for year in voted.values_list("year", flat=True)}


def _due(one: Deadline, day: date) -> DueLine:
    kind = DeadlineKind(one.kind)
    year = one.due_on.year
    words = {
        DeadlineKind.REPORT: _("Envoyer le bilan %(year)s à l'ARS") % {"year": year - 1},
        DeadlineKind.ASSEMBLY: _("Tenir l'assemblée générale de %(year)s") % {"year": year},
        DeadlineKind.ACCOUNTS: _("Faire voter les comptes de %(year)s") % {"year": year - 1},
        DeadlineKind.ENDING: _("Renouveler\N{NO-BREAK SPACE}: %(what)s") % {"what": one.what},
    }
    sources = {
        DeadlineKind.REPORT: _("Lu dans le texte de 2016. À vérifier avec votre ARS."),
        DeadlineKind.ASSEMBLY: _("Habitude des associations. À vérifier dans vos statuts."),
        DeadlineKind.ACCOUNTS: _("Habitude des associations. À vérifier dans vos statuts."),
        DeadlineKind.ENDING: _("Lu dans le classeur du GEM."),
    }
    return DueLine(
        one.key, one.kind, words[kind], one.due_on, urgency(one.due_on, day), sources[kind]
    )


def _line(row: Task, mine: UUID | None) -> TaskLine:
    running = [one for one in row.holders.all() if one.ended_on is None]
    return TaskLine(
        id=row.pk,
        kind=row.kind,
        family=str(TaskKind(row.kind).label),
        title=row.title,
        rhythm=row.rhythm,
        what=row.what,
        papers=row.papers,
        next_on=row.next_on,
        guarded=row.kind in GUARDED,
        holders=tuple(
            Holder(one.person_id, one.person.label if one.person else "", one.started_on)
            for one in running
        ),
        is_mine=mine is not None and any(one.person_id == mine for one in running),
    )
