"""Keeps, for each outing that no opening covers, the opening hours that it is (OB-20)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, time
from typing import Any
from uuid import UUID

from espace.activities.choices import OUTSIDE, ActivityState, Animation, LedBy
from espace.activities.models import Activity, Attendance, Slot
from espace.activities.rules.outings import Span, outings_that_count


def make_room(*, gem_id: UUID, starts: Collection[tuple[date, time]]) -> None:
    """Openings of the place come before the hours of an outing that begin when they do."""
    rows = Slot.objects.filter(gem_id=gem_id, date__in={day for day, _at in starts})
    hours = rows.filter(outing__isnull=False).values_list("pk", "date", "starts_at")
    gone = [key for key, day, at in hours if (day, at) in starts]
    if gone:
        Slot.objects.filter(pk__in=gone).delete()


def follow_outings(*, gem_id: UUID, days: Collection[date]) -> None:
    """Write, change or take away the hours of outings of these days, the GEM's turn taken.

    Hours where someone was noted stay, cancelled or not. Four SQL queries, one more a change.
    """
    rows = Activity.objects.filter(gem_id=gem_id, date__in=days, place__in=OUTSIDE)
    outings = {row.pk: row for row in rows.exclude(state=ActivityState.ANNULEE)}
    slots = list(Slot.objects.filter(gem_id=gem_id, date__in=days))
    if not outings and all(slot.outing_id is None for slot in slots):
        return
    there = {slot.outing_id: slot for slot in slots if slot.outing_id is not None}
    counted = Attendance.objects.filter(slot__in=there.values())
    used = set(counted.order_by().values_list("slot_id", flat=True))
    taken: dict[date, list[Span[UUID]]] = defaultdict(list)
    for slot in slots:
        if slot.outing_id is None or (slot.outing_id not in outings and slot.pk in used):
            taken[slot.date].append(Span(slot.pk, slot.starts_at, slot.hours))
    wanted = _wanted(outings, taken)
    gone = [slot.pk for key, slot in there.items() if key not in wanted]
    Slot.objects.filter(pk__in=[key for key in gone if key not in used]).delete()
    for key, values in wanted.items():
        known = there.get(key)
        if known is None or any(getattr(known, name) != values[name] for name in values):
            Slot.objects.update_or_create(gem_id=gem_id, outing_id=key, defaults=values)


def _wanted(
    outings: dict[UUID, Activity], taken: dict[date, list[Span[UUID]]]
) -> dict[UUID, dict[str, Any]]:
    by_day: dict[date, list[Span[UUID]]] = defaultdict(list)
    for row in outings.values():
        by_day[row.date].append(Span(row.pk, row.starts_at, row.hours))
    return {
        span.key: {
            "date": day,
            "starts_at": span.starts_at,
            "hours": span.hours,
            "animation": _held(outings[span.key]),
        }
        for day, spans in by_day.items()
        for span in outings_that_count(spans, taken[day])
    }


def _held(row: Activity) -> Animation:
    alone = row.led_by == LedBy.ADHERENT
    return Animation.AUTOGEREE if alone else Animation.AVEC_SALARIE
