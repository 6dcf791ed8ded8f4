"""Writes of the sign-up lists: a place is asked, or given back.

Writes of one GEM wait for each other (``touch``), so that ranks follow and places are never
promised twice. A sign-up is a wish, never an attendance. The journal says that someone asked for a
place, never in what: the list is forgotten after thirty days, and the journal must not remember it.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import ActivityState
from espace.activities.models import Activity, SignUp
from espace.activities.queries.access import local_now
from espace.activities.rules.signups import (
    MOST_ON_A_LIST,
    Standing,
    has_list,
    is_open,
    standing,
)
from espace.core.idempotency import first_time
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import is_on_roll, sheet_gem
from espace.groups.queries.roll import my_line


class ListClosedError(Exception):
    """The day is over, the activity is cancelled, or nobody signs up for it."""


class ListFullError(Exception):
    """The waiting list itself is longer than anyone reads."""


@transaction.atomic
def sign_up(*, actor: Actor, gem_id: UUID, activity_id: UUID) -> Standing:
    """Ask for a place for oneself; return where one stands. Asking again changes nothing.

    Someone with a line on the roll is that line, so that the tablet and the phone say one thing.
    Raises ListClosedError, ListFullError, Http404.
    """
    require(actor, "activities.sign_up", gem_id)
    activity = _open_list(gem_id, activity_id)
    line = my_line(actor)
    found = _ask(activity, person_id=line, account_id=None if line else actor.account_id)
    journal.write(actor, "activities.sign_up", gem_id=gem_id)
    return found


@transaction.atomic
def give_place_back(*, actor: Actor, gem_id: UUID, activity_id: UUID) -> None:
    """Take oneself off the list; whoever waits first gets the place. Raises like ``sign_up``."""
    require(actor, "activities.sign_up", gem_id)
    activity = _open_list(gem_id, activity_id)
    line = my_line(actor)
    if actor.account_id:
        activity.sign_ups.filter(account_id=actor.account_id).delete()
    if line:
        activity.sign_ups.filter(person_id=line).delete()
    journal.write(actor, "activities.give_place_back", gem_id=gem_id)


@transaction.atomic
def set_on_list(
    *, actor: Actor, gem_id: UUID, activity_id: UUID, person_id: UUID, wanted: bool
) -> Standing | None:
    """Put someone of the roll on the list, or take them off; saying it again changes nothing.

    Returns where they stand, None off the list. Raises like ``sign_up``, and Http404 for someone
    of another roll, or in a GEM that counts without names.
    """
    require(actor, "activities.keep_list", gem_id)
    activity = _open_list(gem_id, activity_id)
    if not is_on_roll(gem_id, [person_id]) or not sheet_gem(gem_id).counts_with_names:
        raise Http404
    if wanted:
        found: Standing | None = _ask(activity, person_id=person_id)
    else:
        activity.sign_ups.filter(person_id=person_id).delete()
        found = None
    journal.write(actor, "activities.set_on_list", gem_id=gem_id, thing=activity_id)
    return found


@transaction.atomic
def take_account_off(*, actor: Actor, gem_id: UUID, activity_id: UUID, account_id: UUID) -> None:
    """Take off the list someone who signed up by their account and has no line on the roll."""
    require(actor, "activities.keep_list", gem_id)
    activity = _open_list(gem_id, activity_id)
    activity.sign_ups.filter(account_id=account_id).delete()
    journal.write(actor, "activities.set_on_list", gem_id=gem_id, thing=activity_id)


@transaction.atomic
def move_places(*, actor: Actor, gem_id: UUID, activity_id: UUID, by: int, key: UUID) -> None:
    """Ask for one more place without a name, or give one back; ``key`` again changes nothing."""
    require(actor, "activities.keep_list", gem_id)
    activity = _open_list(gem_id, activity_id)
    if not first_time(key):
        return
    if by > 0:
        _ask(activity)
    else:
        nameless = activity.sign_ups.filter(person__isnull=True, account__isnull=True)
        last = nameless.order_by("-rank").first()
        if last:
            last.delete()
    journal.write(actor, "activities.move_places", gem_id=gem_id, thing=activity_id)


def _open_list(gem_id: UUID, activity_id: UUID) -> Activity:
    """Take the GEM's turn, and return an activity that one may sign up for now."""
    touch(gem_id)
    activity = Activity.objects.filter(pk=activity_id, gem_id=gem_id).first()
    if activity is None:
        raise Http404
    today = local_now(sheet_gem(gem_id)).date()
    cancelled = activity.state == ActivityState.ANNULEE
    if not has_list(activity.seats, activity.sign_up) or not is_open(
        activity.date, today, cancelled=cancelled
    ):
        raise ListClosedError
    return activity


def _ask(
    activity: Activity, person_id: UUID | None = None, account_id: UUID | None = None
) -> Standing:
    """Add a line at the end of the list, unless they have one; say where they stand."""
    row = None
    if person_id:
        row = activity.sign_ups.filter(person_id=person_id).first()
    elif account_id:
        row = activity.sign_ups.filter(account_id=account_id).first()
    if row is None:
        asked = activity.sign_ups.count()
        if asked >= MOST_ON_A_LIST:
            raise ListFullError
        last = activity.sign_ups.aggregate(last=Max("rank"))["last"] or 0
        waits = not standing(asked + 1, activity.seats).has_place
        row = SignUp.objects.create(
            activity=activity,
            person_id=person_id,
            account_id=account_id,
            rank=last + 1,
            waited=waits,
        )
    position = activity.sign_ups.filter(rank__lte=row.rank).count()
    return standing(position, activity.seats, waited=row.waited)
