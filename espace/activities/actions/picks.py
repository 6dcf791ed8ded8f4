"""Writes of the members' meeting: it answers each idea, then puts those picked in the programme.

The meeting may sit round the GEM's own tablet, where nobody is signed in: it is trusted, and what
it wrote may be undone for thirty days (docs/decisions/0035-the-meeting-decides.md).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.actions.outings import follow_outings
from espace.activities.actions.programme import Description
from espace.activities.choices import IdeaState
from espace.activities.models import Activity, Attendance, Idea, SignUp
from espace.activities.queries.access import local_now
from espace.activities.rules.ideas import may_be_undone
from espace.core.idempotency import first_time
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem


class TooLateError(Exception):
    """Thirty days have passed: the activity is cancelled in the programme instead."""


class ActivityInUseError(Exception):
    """Someone was noted in the activity or signed up: it is cancelled in the programme instead."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picked idea, the day it takes place, and what the programme says of it."""

    idea_id: UUID
    day: date
    description: Description


@transaction.atomic
def answer_idea(*, actor: Actor, gem_id: UUID, idea_id: UUID, answer: IdeaState) -> None:
    """Write what the meeting says of an idea; « boite » takes an answer back.

    Saying it again changes nothing. An idea already in the programme keeps its answer. Raises
    Http404 for an idea of another GEM, or hidden.
    """
    today = _begin(actor, gem_id)
    idea = _idea(gem_id, idea_id)
    if idea.activity_id is not None or idea.state == answer:
        return
    idea.state = answer
    idea.answered_on = None if answer == IdeaState.BOITE else today
    idea.save(update_fields=["state", "answered_on"])
    journal.write(actor, "activities.answer_idea", gem_id=gem_id, thing=idea_id)


@transaction.atomic
def place_ideas(*, actor: Actor, gem_id: UUID, placed: Sequence[Placed], key: UUID) -> int:
    """Put picked ideas in the programme, all in one go; return how many, 0 when ``key`` was seen.

    An idea that got its day meanwhile keeps it. Raises like ``answer_idea``.
    """
    today = _begin(actor, gem_id)
    if not first_time(key):
        return 0
    done = 0
    for one in placed:
        idea = _idea(gem_id, one.idea_id)
        if idea.activity_id is not None:
            continue
        activity = Activity.objects.create(
            gem_id=gem_id, date=one.day, changed_by_hand=True, **asdict(one.description)
        )
        idea.activity, idea.state, idea.answered_on = activity, IdeaState.RETENUE, today
        idea.save(update_fields=["activity", "state", "answered_on"])
        journal.write(actor, "activities.place_idea", gem_id=gem_id, thing=activity.pk)
        done += 1
    follow_outings(gem_id=gem_id, days={one.day for one in placed})
    return done


@transaction.atomic
def undo_pick(*, actor: Actor, gem_id: UUID, idea_id: UUID) -> None:
    """Take out of the programme what the meeting put there; the idea is back in the box.

    Raises TooLateError after thirty days, ActivityInUseError when someone was noted in it.
    """
    require(actor, "activities.undo_pick", gem_id)
    touch(gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    idea = _idea(gem_id, idea_id)
    if idea.activity_id is None:
        return
    if not may_be_undone(idea.answered_on, today):
        raise TooLateError
    came = Attendance.objects.filter(activity_id=idea.activity_id)
    if came.exists() or SignUp.objects.filter(activity_id=idea.activity_id).exists():
        raise ActivityInUseError
    beside = Idea.objects.filter(gem_id=gem_id, activity_id=idea.activity_id)
    beside.update(state=IdeaState.BOITE, answered_on=None)
    Activity.objects.filter(pk=idea.activity_id, gem_id=gem_id).delete()
    journal.write(actor, "activities.undo_pick", gem_id=gem_id, thing=idea_id)


def _begin(actor: Actor, gem_id: UUID) -> date:
    require(actor, "activities.pick_ideas", gem_id)
    touch(gem_id)
    return local_now(sheet_gem(gem_id)).date()


def _idea(gem_id: UUID, idea_id: UUID) -> Idea:
    rows = Idea.objects.select_for_update().filter(gem_id=gem_id, hidden_on__isnull=True)
    idea = rows.filter(pk=idea_id).first()
    if idea is None:
        raise Http404
    return idea
