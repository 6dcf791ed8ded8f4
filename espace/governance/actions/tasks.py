"""Writes of tasks: propose sheets, write one, take it, pass it; say that a deadline is met."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.governance.choices.tasks import GUARDED
from espace.governance.models import DeadlineMet, Decision, Task, TaskHolder
from espace.governance.queries.tasks import known_deadline, proposed
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import is_on_roll
from espace.groups.queries.gem_facts import today_of
from espace.groups.queries.roll import my_line


class NeedsDecisionError(Exception):
    """A legal mandate or a bank signature moves only by a minuted decision. Nothing was written."""


@dataclass(frozen=True, slots=True)
class TaskValues:
    """What a sheet says."""

    kind: str
    title: str
    rhythm: str = ""
    what: str = ""
    papers: str = ""
    next_on: date | None = None


@transaction.atomic
def propose_sheets(*, actor: Actor, gem_id: UUID) -> int:
    """Write the sheets we propose that the GEM does not have yet; return how many."""
    require(actor, "governance.write_tasks", gem_id)
    touch(gem_id)
    have = set(Task.objects.filter(gem_id=gem_id).values_list("title", flat=True))
    new = [Task(gem_id=gem_id, **sheet) for sheet in proposed() if sheet["title"] not in have]
    Task.objects.bulk_create(new)
    if new:
        journal.write(actor, "governance.propose_tasks", gem_id=gem_id)
    return len(new)


@transaction.atomic
def add_task(*, actor: Actor, gem_id: UUID, values: TaskValues, key: UUID) -> None:
    """Write a sheet, once for a ``key``."""
    require(actor, "governance.write_tasks", gem_id)
    if not first_time(key):
        return
    row = Task.objects.create(gem_id=gem_id, **asdict(values))
    journal.write(actor, "governance.add_task", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def change_task(*, actor: Actor, gem_id: UUID, task_id: UUID, values: TaskValues) -> None:
    """Change what a sheet says."""
    require(actor, "governance.write_tasks", gem_id)
    row = _task(gem_id, task_id)
    for name, value in asdict(values).items():
        setattr(row, name, value)
    row.save()
    journal.write(actor, "governance.change_task", gem_id=gem_id, thing=task_id)


@transaction.atomic
def remove_task(*, actor: Actor, gem_id: UUID, task_id: UUID, back: bool = False) -> None:
    """Take a sheet out of the list, or put it ``back``; who held it stays written."""
    require(actor, "governance.write_tasks", gem_id)
    row = _task(gem_id, task_id)
    if row.removed != back:
        return
    row.removed = not back
    row.save(update_fields=["removed"])
    if back:
        journal.write(actor, "governance.restore_task", gem_id=gem_id, thing=task_id)
    else:
        journal.write(actor, "governance.remove_task", gem_id=gem_id, thing=task_id)


@transaction.atomic
def take_task(
    *,
    actor: Actor,
    gem_id: UUID,
    task_id: UUID,
    person_id: UUID | None = None,
    decision_id: UUID | None = None,
) -> None:
    """Take a task: for oneself, or for someone of the roll when one may write tasks.

    Holding it already changes nothing. Raises NeedsDecisionError for a legal mandate or a bank
    signature without a decision of this GEM, Http404 for someone of another roll.
    """
    _may_move(actor, gem_id, person_id)
    row = _task(gem_id, task_id, there=True)
    person_id = person_id or my_line(actor)
    if person_id is None or not is_on_roll(gem_id, [person_id]):
        raise Http404
    decision = _proof(row, gem_id, decision_id)
    if row.holders.filter(person_id=person_id, ended_on__isnull=True).exists():
        return
    day = today_of(gem_id)
    row.holders.create(person_id=person_id, started_on=day, decision=decision)
    touch(gem_id)
    journal.write(actor, "governance.take_task", gem_id=gem_id, thing=task_id)


@transaction.atomic
def pass_task(
    *,
    actor: Actor,
    gem_id: UUID,
    task_id: UUID,
    person_id: UUID | None = None,
    decision_id: UUID | None = None,
) -> None:
    """Stop holding a task, for oneself or for someone: without a reason, and without blame."""
    _may_move(actor, gem_id, person_id)
    row = _task(gem_id, task_id, there=True)
    person_id = person_id or my_line(actor)
    running = row.holders.filter(ended_on__isnull=True)
    held = running.filter(person_id=person_id).first() if person_id else None
    if held is None:
        raise Http404
    _proof(row, gem_id, decision_id)
    held.ended_on = max(today_of(gem_id), held.started_on)
    held.save(update_fields=["ended_on"])
    touch(gem_id)
    journal.write(actor, "governance.pass_task", gem_id=gem_id, thing=task_id)


@transaction.atomic
def meet_deadline(*, actor: Actor, gem_id: UUID, key: str, back: bool = False) -> None:
    """Say that a deadline is met, or take that ``back``; 404 for one that does not exist."""
    require(actor, "governance.write_tasks", gem_id)
    deadline = known_deadline(gem_id, key)
    if back:
        DeadlineMet.objects.filter(gem_id=gem_id, key=key).delete()
    else:
        values = {"kind": deadline.kind, "met_on": today_of(gem_id)}
        DeadlineMet.objects.get_or_create(gem_id=gem_id, key=key, defaults=values)
    journal.write(actor, "governance.meet_deadline", gem_id=gem_id)


def forget_person(person_id: UUID) -> int:
    """Take someone's name out of the tasks they held; the counts stay. Return how many."""
    return TaskHolder.objects.filter(person_id=person_id).update(person=None)


def _may_move(actor: Actor, gem_id: UUID, person_id: UUID | None) -> None:
    """Each moves one's own tasks; the bureau and the staff move all."""
    require(actor, "governance.take_task", gem_id)
    if person_id is not None and person_id != my_line(actor):
        require(actor, "governance.write_tasks", gem_id)


def _proof(row: Task, gem_id: UUID, decision_id: UUID | None) -> Decision | None:
    if row.kind not in GUARDED:
        return None
    decisions = Decision.objects.filter(meeting__gem_id=gem_id, removed=False)
    decision = decision_id and decisions.filter(pk=decision_id).first()
    if not decision:
        raise NeedsDecisionError
    return decision


def _task(gem_id: UUID, task_id: UUID, *, there: bool = False) -> Task:
    rows = Task.objects.select_for_update().filter(pk=task_id, gem_id=gem_id)
    row = (rows.filter(removed=False) if there else rows).first()
    if row is None:
        raise Http404
    return row
