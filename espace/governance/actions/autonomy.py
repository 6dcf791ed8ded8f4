"""Writes of the way to self-management: a step proved by a decision, and who does what."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.governance.models import AutonomyStep, Decision, WhoDoesWhat
from espace.governance.rules.autonomy import content, read_answers
from espace.groups.actions import touch
from espace.groups.queries.gem_facts import today_of


@transaction.atomic
def take_step(*, actor: Actor, gem_id: UUID, number: int, decision_id: UUID) -> None:
    """Note that a step is taken; noting it again takes the new decision as its proof.

    404 for a step or a decision that this GEM does not have.
    """
    require(actor, "governance.write_autonomy", gem_id)
    decisions = Decision.objects.filter(meeting__gem_id=gem_id, removed=False)
    decision = decisions.filter(pk=decision_id).first()
    if decision is None or not 1 <= number <= len(content().steps):
        raise Http404
    AutonomyStep.objects.update_or_create(
        gem_id=gem_id, step=number, defaults={"decision": decision}
    )
    touch(gem_id)
    journal.write(actor, "governance.take_step", gem_id=gem_id, thing=decision.pk)


@transaction.atomic
def take_back_step(*, actor: Actor, gem_id: UUID, number: int) -> None:
    """Take back a step noted by mistake; its decision stays in the register."""
    require(actor, "governance.write_autonomy", gem_id)
    gone, _each = AutonomyStep.objects.filter(gem_id=gem_id, step=number).delete()
    if gone:
        touch(gem_id)
        journal.write(actor, "governance.take_back_step", gem_id=gem_id, thing=number)


@transaction.atomic
def say_who_does_what(*, actor: Actor, gem_id: UUID, answers: Mapping[str, str]) -> None:
    """Write the answers of this year; those of the years before stay, to compare."""
    require(actor, "governance.write_autonomy", gem_id)
    day = today_of(gem_id)
    values = {"answers": read_answers(answers), "reviewed_on": day}
    WhoDoesWhat.objects.update_or_create(gem_id=gem_id, year=day.year, defaults=values)
    touch(gem_id)
    journal.write(actor, "governance.say_who_does_what", gem_id=gem_id)
