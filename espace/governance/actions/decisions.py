"""Writes of decisions: noted, changed, followed until they are done, removed and put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.governance.actions.held import hold, meeting_of
from espace.governance.choices.meetings import DecisionState
from espace.governance.models.meetings import Carrier, Decision
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import is_on_roll
from espace.groups.queries.gem_facts import today_of

MOST_CARRIERS = 2


@dataclass(frozen=True, slots=True)
class CarriedBy:
    """Someone of the roll, or a place in the GEM: one of the two."""

    person_id: UUID | None = None
    function: str = ""


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What was decided, by whom, until when."""

    text: str
    subject: str
    taken_by: str = ""
    due_on: date | None = None
    carriers: tuple[CarriedBy, ...] = ()


@transaction.atomic
def decide(
    *, actor: Actor, gem_id: UUID, meeting_id: UUID, decision: NewDecision, key: UUID
) -> UUID | None:
    """Note a decision of a meeting; return its id, None when ``key`` was seen."""
    require(actor, "governance.write_minutes", gem_id)
    touch(gem_id)
    meeting = meeting_of(gem_id, meeting_id)
    if not first_time(key):
        return None
    row = Decision.objects.create(
        meeting=meeting,
        text=decision.text,
        subject=decision.subject,
        taken_by=decision.taken_by,
        due_on=decision.due_on,
    )
    _carry(gem_id, row, decision.carriers)
    hold(meeting)
    journal.write(actor, "governance.decide", gem_id=gem_id, thing=row.pk)
    return row.pk


@transaction.atomic
def change_decision(
    *, actor: Actor, gem_id: UUID, decision_id: UUID, decision: NewDecision
) -> None:
    """Change the words of a decision, who carries it, or by when."""
    require(actor, "governance.follow_decisions", gem_id)
    row = _locked(gem_id, decision_id)
    row.text, row.subject = decision.text, decision.subject
    row.taken_by, row.due_on = decision.taken_by, decision.due_on
    row.save()
    row.carriers.all().delete()
    _carry(gem_id, row, decision.carriers)
    journal.write(actor, "governance.change_decision", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def follow_decision(
    *,
    actor: Actor,
    gem_id: UUID,
    decision_id: UUID,
    state: str,
    done_on: date | None = None,
    why: str = "",
) -> None:
    """Say where a decision stands. A done one has its day, today unless said otherwise."""
    require(actor, "governance.follow_decisions", gem_id)
    row = _locked(gem_id, decision_id)
    done = state == DecisionState.FAITE
    row.state = state
    row.done_on = (done_on or today_of(gem_id)) if done else None
    row.given_up_why = why if state == DecisionState.ABANDONNEE else ""
    row.save(update_fields=["state", "done_on", "given_up_why"])
    journal.write(actor, "governance.follow_decision", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def set_removed(*, actor: Actor, gem_id: UUID, decision_id: UUID, removed: bool) -> None:
    """Take a decision noted by mistake out of the register, or put it back."""
    require(actor, "governance.follow_decisions", gem_id)
    row = _locked(gem_id, decision_id)
    if row.removed == removed:
        return
    row.removed = removed
    row.save(update_fields=["removed"])
    name = "governance.remove_decision" if removed else "governance.restore_decision"
    journal.write(actor, name, gem_id=gem_id, thing=row.pk)


def _locked(gem_id: UUID, decision_id: UUID) -> Decision:
    touch(gem_id)
    rows = Decision.objects.select_for_update().filter(meeting__gem_id=gem_id, pk=decision_id)
    row = rows.first()
    if row is None:
        raise Http404
    return row


def _carry(gem_id: UUID, row: Decision, carriers: Sequence[CarriedBy]) -> None:
    people = [one.person_id for one in carriers if one.person_id]
    if people and not is_on_roll(gem_id, people):
        raise Http404
    Carrier.objects.bulk_create(
        Carrier(decision=row, rank=rank, person_id=one.person_id, function=one.function)
        for rank, one in enumerate(carriers[:MOST_CARRIERS], 1)
    )
