"""Writes the coming weeks of the programme from its series, and from the usual opening hours."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from espace.accounts import journal
from espace.accounts.access import SYSTEM, Actor
from espace.accounts.permissions import require
from espace.activities.actions.outings import follow_outings, make_room
from espace.activities.choices import OUTSIDE, Animation, SeriesKind
from espace.activities.models import Activity, Attendance, Series, SignUp, Slot
from espace.activities.queries.access import local_now
from espace.activities.rules.moments import days_before
from espace.activities.rules.recurrence import pattern
from espace.activities.rules.series import (
    HORIZON,
    Rhythm,
    follows_usual_hours,
    occurrences,
    weekly_rule,
)
from espace.groups.actions import touch
from espace.groups.events import OpeningHoursChanged
from espace.groups.queries.for_sheets import UsualOpening, sheet_gem, usual_openings

INHERITED = (
    "title",
    "starts_at",
    "hours",
    "family",
    "place",
    "place_detail",
    "meeting_point",
    "back_at",
    "idea_from",
    "led_by",
    "partner_id",
    "open_to_public",
    "families_welcome",
    "seats",
    "price_cents",
    "sign_up",
)


@transaction.atomic
def plan_ahead(*, actor: Actor, gem_id: UUID, until: date | None = None) -> int:
    """Write the openings and activities that series give from today to ``until`` (8 weeks on).

    Returns how many were missing. Running it again adds nothing; a day changed or cancelled by
    hand stays as it is.
    """
    require(actor, "activities.write_programme", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    series = Series.objects.select_for_update().filter(gem_id=gem_id).order_by("pk")
    running = series.filter(Q(last_on__isnull=True) | Q(last_on__gte=today))
    made = write_occurrences(series=list(running), start=today, until=until or today + HORIZON)
    if made:
        touch(gem_id, since=today)
        journal.write(actor, "activities.plan_ahead", gem_id=gem_id, thing=today)
    return made


def write_occurrences(*, series: Sequence[Series], start: date, until: date) -> int:
    """Write the missing days of these series of one GEM, locked by the caller; say how many."""
    openings = [one for one in series if one.kind == SeriesKind.OPENING]
    activities = [one for one in series if one.kind == SeriesKind.ACTIVITY]
    slots = _missing_slots(openings, start, until)
    rows = _missing_activities(activities, start, until)
    if slots:
        starts = {(slot.date, slot.starts_at) for slot in slots}
        make_room(gem_id=series[0].gem_id, starts=starts)
    Slot.objects.bulk_create(slots, ignore_conflicts=True)
    Activity.objects.bulk_create(rows, ignore_conflicts=True)
    outings = [row.date for row in rows if row.place in OUTSIDE]
    if slots or outings:
        days = {*outings, *(slot.date for slot in slots)}
        follow_outings(gem_id=series[0].gem_id, days=days)
    return len(slots) + len(rows)


def forget_from(*, series: Series, day: date) -> None:
    """Take away the days of ``series`` from ``day`` on that nobody changed, held or came to.

    Nor those someone signed up for: they are cancelled one by one, with a reason that is read.
    """
    if series.kind == SeriesKind.OPENING:
        used = Attendance.objects.filter(slot__series=series).values("slot_id")
        slots = Slot.objects.filter(series=series, date__gte=day, changed_by_hand=False)
        unused = slots.filter(outcome="", held_by__isnull=True).exclude(pk__in=used)
        days = set(unused.order_by().values_list("date", flat=True))
        unused.delete()
        follow_outings(gem_id=series.gem_id, days=days)
        return
    counted = Attendance.objects.filter(activity__series=series).values("activity_id")
    rows = Activity.objects.filter(series=series, date__gte=day, changed_by_hand=False)
    wanted = SignUp.objects.filter(activity__series=series).values("activity_id")
    rows.exclude(pk__in=counted).exclude(pk__in=wanted).delete()


def rhythm_of(series: Series) -> Rhythm:
    """Return when ``series`` comes back."""
    removed = frozenset(date.fromisoformat(day) for day in series.except_on)
    return Rhythm(series.rule, series.first_on, series.last_on, removed)


def follow_opening_hours(event: OpeningHoursChanged) -> None:
    """The profile's hours changed: openings of every week follow, from today on."""
    with transaction.atomic():
        gem = sheet_gem(event.gem_id)
        today = local_now(gem).date()
        touch(gem.id)
        weekly = [
            one
            for one in Series.objects.select_for_update()
            .filter(gem_id=gem.id, kind=SeriesKind.OPENING)
            .order_by("first_on", "pk")
            if follows_usual_hours(one.rule, one.last_on)
        ]
        wanted = {_signature(one): one for one in usual_openings(gem.id)}
        kept = set()
        for one in weekly:
            signature = (
                one.rule,
                one.starts_at,
                one.hours,
                one.animation == Animation.AUTOGEREE,
            )
            if signature in wanted and signature not in kept:
                kept.add(signature)
            else:
                _end(one, today)
        new = [_opening_series(gem.id, wanted[key], today) for key in wanted if key not in kept]
        Series.objects.bulk_create(new)
        write_occurrences(series=new, start=today, until=today + HORIZON)
        journal.write(SYSTEM, "activities.follow_opening_hours", gem_id=gem.id, thing=today)


def _end(series: Series, today: date) -> None:
    forget_from(series=series, day=today)
    series.last_on = days_before(today, 1)
    series.save(update_fields=["last_on"])


def _signature(usual: UsualOpening) -> tuple[object, ...]:
    return (weekly_rule(usual.weekday), usual.starts_at, usual.hours, usual.member_run)


def _opening_series(gem_id: UUID, usual: UsualOpening, today: date) -> Series:
    rhythm = pattern(weekly_rule(usual.weekday), today)
    return Series(
        gem_id=gem_id,
        kind=SeriesKind.OPENING,
        title=str(SeriesKind.OPENING.label),
        starts_at=usual.starts_at,
        hours=usual.hours,
        animation=Animation.AUTOGEREE if usual.member_run else Animation.AVEC_SALARIE,
        rule=rhythm.rule,
        first_on=rhythm.first_on,
    )


def _missing_slots(series: Sequence[Series], start: date, until: date) -> list[Slot]:
    if not series:
        return []
    planned = Slot.objects.filter(gem_id=series[0].gem_id, date__range=(start, until))
    known = set(planned.order_by().values_list("series_id", "date"))
    fixed = planned.filter(outing__isnull=True)
    taken = set(fixed.order_by().values_list("date", "starts_at"))
    return [
        Slot(
            gem_id=one.gem_id,
            series=one,
            date=day,
            starts_at=one.starts_at,
            hours=one.hours,
            animation=one.animation,
        )
        for one in series
        for day in occurrences(rhythm_of(one), start, until)
        if (one.pk, day) not in known and (day, one.starts_at) not in taken
    ]


def _missing_activities(series: Sequence[Series], start: date, until: date) -> list[Activity]:
    if not series:
        return []
    planned = Activity.objects.filter(series__in=series)
    in_range = Q(date__range=(start, until)) | Q(moved_from__range=(start, until))
    known = {
        (series_id, moved_from or day)
        for series_id, day, moved_from in planned.filter(in_range)
        .order_by()
        .values_list("series_id", "date", "moved_from")
    }
    return [
        Activity(gem_id=one.gem_id, series=one, date=day, **_inherited(one, INHERITED))
        for one in series
        for day in occurrences(rhythm_of(one), start, until)
        if (one.pk, day) not in known
    ]


def _inherited(source: Series | Activity, fields: Iterable[str]) -> dict[str, object]:
    """Return what an occurrence takes from its series."""
    return {name: getattr(source, name) for name in fields}
