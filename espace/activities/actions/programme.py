"""Writes of the programme: activities of one day, and those that come back."""

from dataclasses import asdict, dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.actions.outings import follow_outings
from espace.activities.actions.planning import forget_from, write_occurrences
from espace.activities.choices import ActivityState, Animation, Family, Place, SeriesKind
from espace.activities.models import Activity, Series, Slot
from espace.activities.queries.access import local_now
from espace.activities.rules.moments import days_before
from espace.activities.rules.recurrence import Pattern, next_day, pattern, read_rule
from espace.activities.rules.series import HORIZON, MOST_BEHIND, follows_usual_hours
from espace.binder.models import Partner
from espace.core.idempotency import first_time
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem


class DayTakenError(Exception):
    """The series already has something on that day."""


class StillUsedError(Exception):
    """Someone was noted in this activity: it cannot be taken away."""


class UsualHoursError(Exception):
    """An opening of every week without an end belongs to the profile's usual hours."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of an activity, or of a series; see the fact model."""

    title: str
    starts_at: time
    hours: Decimal
    family: str = Family.AUTRE
    place: str = Place.LOCAL
    place_detail: str = ""
    meeting_point: str = ""
    back_at: time | None = None
    idea_from: str = ""
    led_by: str = ""
    open_to_public: bool = False
    families_welcome: bool = False
    seats: int | None = None
    price_cents: int = 0
    sign_up: bool = False


@transaction.atomic
def add_activity(
    *, actor: Actor, gem_id: UUID, day: date, description: Description, key: UUID
) -> UUID | None:
    """Put an activity of one day in the programme; return its id, None when ``key`` was seen."""
    _begin(actor, gem_id)
    if not first_time(key):
        return None
    activity = Activity.objects.create(
        gem_id=gem_id, date=day, changed_by_hand=True, **asdict(description)
    )
    follow_outings(gem_id=gem_id, days={day})
    _told(actor, "activities.add_activity", gem_id, activity.pk)
    return activity.pk


@transaction.atomic
def add_series(
    *,
    actor: Actor,
    gem_id: UUID,
    kind: SeriesKind,
    description: Description,
    first_on: date,
    rule: str,
    key: UUID,
    last_on: date | None = None,
    times: int | None = None,
    animation: Animation = Animation.AVEC_SALARIE,
) -> UUID | None:
    """Put in the programme what comes back by ``rule`` from ``first_on`` on; return its id.

    None when ``key`` was seen. Eight weeks are written at once, and at most one year behind.
    ``rule`` is a text of RFC 5545; ``last_on`` or ``times`` ends it. Raises RuleError; and
    UsualHoursError for an opening of every week without an end: those are the profile's.
    """
    today = _begin(actor, gem_id)
    rhythm = pattern(rule, first_on, last_on=last_on, times=times)
    if kind == SeriesKind.OPENING and follows_usual_hours(rhythm.rule, rhythm.last_on):
        raise UsualHoursError
    if not first_time(key):
        return None
    series = Series.objects.create(
        gem_id=gem_id,
        kind=kind,
        animation=animation,
        rule=rhythm.rule,
        first_on=rhythm.first_on,
        last_on=rhythm.last_on,
        **asdict(description),
    )
    start = max(rhythm.first_on, today - MOST_BEHIND)
    write_occurrences(series=[series], start=start, until=max(today, start) + HORIZON)
    _told(actor, "activities.add_series", gem_id, series.pk)
    return series.pk


@transaction.atomic
def change_activity(
    *, actor: Actor, gem_id: UUID, activity_id: UUID, day: date, description: Description
) -> None:
    """Change one activity, its day too; its series no longer changes it.

    Who was noted in it stays. Raises DayTakenError when its series is there on the new day.
    """
    _begin(actor, gem_id)
    activity = _activity(gem_id, activity_id)
    days = {activity.date, day}
    if activity.date != day:
        _move(activity, day)
    for name, value in asdict(description).items():
        setattr(activity, name, value)
    activity.changed_by_hand = True
    activity.save()
    follow_outings(gem_id=gem_id, days=days)
    _told(actor, "activities.change_activity", gem_id, activity_id)


@transaction.atomic
def cancel_activity(
    *, actor: Actor, gem_id: UUID, activity_id: UUID, reason: str, why: str = ""
) -> None:
    """Say that an activity does not take place, and why; cancelling twice changes nothing.

    ``why`` is a choice that names nobody and may go to telephones; ``reason`` is read at the GEM.
    """
    _begin(actor, gem_id)
    _set_state(gem_id, activity_id, ActivityState.ANNULEE, reason, why)
    _told(actor, "activities.cancel_activity", gem_id, activity_id)


@transaction.atomic
def say_partner(
    *, actor: Actor, gem_id: UUID, activity_id: UUID, partner_id: UUID | None, following: bool
) -> None:
    """Say with which partner an activity is done; ``following`` also its next times.

    The partner is one of the GEM's binder, else 404; None is « with nobody ».
    """
    today = _begin(actor, gem_id)
    partner = partner_id and get_object_or_404(Partner, pk=partner_id, gem_id=gem_id, removed=False)
    activity = _activity(gem_id, activity_id)
    rows = Activity.objects.filter(pk=activity_id)
    if following and activity.series_id is not None:
        Series.objects.filter(pk=activity.series_id).update(partner=partner)
        rows |= Activity.objects.filter(series_id=activity.series_id, date__gte=today)
    rows.update(partner=partner)
    _told(actor, "activities.say_partner", gem_id, activity_id)


@transaction.atomic
def restore_activity(*, actor: Actor, gem_id: UUID, activity_id: UUID) -> None:
    """Put a cancelled activity back."""
    _begin(actor, gem_id)
    _set_state(gem_id, activity_id, ActivityState.PREVUE, "", "")
    _told(actor, "activities.restore_activity", gem_id, activity_id)


@transaction.atomic
def remove_activity(*, actor: Actor, gem_id: UUID, activity_id: UUID) -> date:
    """Take one activity out of the programme, as if it had never been planned; return its day.

    Its series does not come back that day. Raises StillUsedError when someone was noted in it or
    asked for a place: it may be cancelled instead.
    """
    _begin(actor, gem_id)
    activity = _activity(gem_id, activity_id)
    if activity.attendance.exists() or activity.sign_ups.exists():
        raise StillUsedError
    day = activity.moved_from or activity.date
    if activity.series_id is not None:
        series = _series(gem_id, activity.series_id)
        if day.isoformat() not in series.except_on:
            series.except_on = sorted([*series.except_on, day.isoformat()])
            series.save(update_fields=["except_on"])
    shown_on = activity.date
    activity.delete()
    follow_outings(gem_id=gem_id, days={shown_on})
    _told(actor, "activities.remove_activity", gem_id, activity_id)
    return shown_on


@transaction.atomic
def change_series(
    *,
    actor: Actor,
    gem_id: UUID,
    series_id: UUID,
    from_day: date,
    description: Description,
    rule: str | None = None,
    last_on: date | None = None,
    times: int | None = None,
) -> UUID:
    """Change what comes back, from ``from_day`` on; return the id of the series that goes on.

    Days before stay as they were, so do days changed by hand or where someone was noted. Without
    ``rule`` it comes back as before; without ``last_on`` nor ``times`` it ends when it did.
    Raises RuleError.
    """
    today = _begin(actor, gem_id)
    old = _series(gem_id, series_id)
    rhythm = _following(old, from_day, rule, last_on, times)
    forget_from(series=old, day=from_day)
    if from_day > old.first_on:
        new = Series(gem_id=gem_id, kind=old.kind, animation=old.animation)
        new.except_on = [day for day in old.except_on if day >= from_day.isoformat()]
        old.last_on = _earliest(old.last_on, days_before(from_day, 1))
        old.save(update_fields=["last_on"])
    else:
        new = old
    new.rule, new.first_on, new.last_on = rhythm.rule, rhythm.first_on, rhythm.last_on
    for name, value in asdict(description).items():
        setattr(new, name, value)
    new.save()
    kept = {"series_id": series_id, "date__gte": from_day}
    Activity.objects.filter(**kept).update(series=new)
    Slot.objects.filter(**kept).update(series=new)
    start = max(rhythm.first_on, today - MOST_BEHIND)
    write_occurrences(series=[new], start=start, until=max(today, start) + HORIZON)
    _told(actor, "activities.change_series", gem_id, new.pk)
    return new.pk


@transaction.atomic
def stop_series(*, actor: Actor, gem_id: UUID, series_id: UUID, from_day: date) -> None:
    """Stop what comes back, from ``from_day`` on; days changed by hand or counted stay."""
    _begin(actor, gem_id)
    series = _series(gem_id, series_id)
    forget_from(series=series, day=from_day)
    series.last_on = _earliest(series.last_on, days_before(from_day, 1))
    series.save(update_fields=["last_on"])
    _told(actor, "activities.stop_series", gem_id, series_id)


def _following(
    old: Series, from_day: date, rule: str | None, last_on: date | None, times: int | None
) -> Pattern:
    """Return how ``old`` goes on from ``from_day``: its old beat is kept when its rule is."""
    end = last_on or (None if times else old.last_on)
    if rule is not None and read_rule(rule) != read_rule(old.rule):
        return pattern(rule, from_day, last_on=end, times=times)
    return pattern(
        old.rule, next_day(old.rule, old.first_on, from_day) or from_day, last_on=end, times=times
    )


def _earliest(end: date | None, day: date) -> date:
    return day if end is None else min(end, day)


def _begin(actor: Actor, gem_id: UUID) -> date:
    """Check, take the GEM's turn, and return the day it is there."""
    require(actor, "activities.write_programme", gem_id)
    touch(gem_id)
    return local_now(sheet_gem(gem_id)).date()


def _activity(gem_id: UUID, activity_id: UUID) -> Activity:
    rows = Activity.objects.select_for_update()
    activity = rows.filter(pk=activity_id, gem_id=gem_id).first()
    if activity is None:
        raise Http404
    return activity


def _series(gem_id: UUID, series_id: UUID) -> Series:
    series = Series.objects.select_for_update().filter(pk=series_id, gem_id=gem_id).first()
    if series is None:
        raise Http404
    return series


def _set_state(
    gem_id: UUID, activity_id: UUID, state: ActivityState, reason: str, why: str
) -> None:
    activity = _activity(gem_id, activity_id)
    activity.state, activity.cancelled_reason, activity.cancelled_why = state, reason, why
    activity.changed_by_hand = True
    activity.save()
    follow_outings(gem_id=gem_id, days={activity.date})


def _move(activity: Activity, day: date) -> None:
    if activity.series_id is not None:
        beside = Activity.objects.filter(series_id=activity.series_id, date=day)
        if beside.exclude(pk=activity.pk).exists():
            raise DayTakenError
        activity.moved_from = activity.moved_from or activity.date
    activity.attendance.update(date=day)
    activity.date = day


def _told(actor: Actor, action: str, gem_id: UUID, thing: UUID) -> None:
    journal.write(actor, action, gem_id=gem_id, thing=thing)
