"""A programme that comes from a GEM's own calendar or grid, and taking it back.

Whatever is written carries the import's ``batch_id``. Nothing before ``since`` is written: an old
calendar does not change what the GEM says it did. The same file twice adds nothing.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.actions.outings import follow_outings, make_room
from espace.activities.actions.planning import forget_from, write_occurrences
from espace.activities.actions.programme import Description
from espace.activities.choices import ActivityState, Animation, SeriesKind
from espace.activities.models import Activity, Attendance, Series, Slot
from espace.activities.queries.access import local_now
from espace.activities.rules.recurrence import Pattern
from espace.activities.rules.series import HORIZON, follows_usual_hours
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem

PERMISSION = "activities.write_programme"


@dataclass(frozen=True, slots=True)
class ImportedSeries:
    """What comes back: ``rhythm`` is what ``rules.recurrence.pattern`` made of the file's rule.

    ``except_on`` are the days taken away. Openings of every week without an end are not written:
    they are the profile's usual hours.
    """

    kind: SeriesKind
    description: Description
    rhythm: Pattern
    except_on: tuple[date, ...] = ()
    animation: Animation = Animation.AVEC_SALARIE


@dataclass(frozen=True, slots=True)
class ImportedActivity:
    """An activity of one day."""

    day: date
    description: Description
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ImportedOpening:
    """An opening of one day."""

    day: date
    starts_at: time
    hours: Decimal
    animation: Animation = Animation.AVEC_SALARIE


@dataclass(frozen=True, slots=True)
class ProgrammeAdded:
    """What one import put in the programme, and what it left."""

    series: int
    activities: int
    openings: int
    already_there: int
    left_to_usual_hours: int


@transaction.atomic
def add_imported_programme(
    *,
    actor: Actor,
    gem_id: UUID,
    batch_id: UUID,
    series: Sequence[ImportedSeries] = (),
    activities: Sequence[ImportedActivity] = (),
    openings: Sequence[ImportedOpening] = (),
    since: date | None = None,
) -> ProgrammeAdded:
    """Put a file's programme in, from ``since`` (today) on; eight weeks of series are written.

    What is there already is left alone: a series with the same rule, title and hour, an activity
    with the same day, title and hour, an opening of the same day and hour.
    """
    require(actor, PERMISSION, gem_id)
    touch(gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    start = since or today
    wanted = [one for one in series if not _is_usual(one)]
    new = _new_series(gem_id, batch_id, wanted)
    single = [one for one in activities if one.day >= start]
    new_activities = _new_activities(gem_id, batch_id, single)
    slots = [one for one in openings if one.day >= start]
    new_slots = _new_slots(gem_id, batch_id, slots)
    Series.objects.bulk_create(new)
    Activity.objects.bulk_create(new_activities)
    make_room(gem_id=gem_id, starts={(one.date, one.starts_at) for one in new_slots})
    Slot.objects.bulk_create(new_slots)
    days = {one.date for one in new_activities} | {slot.date for slot in new_slots}
    follow_outings(gem_id=gem_id, days=days)
    write_occurrences(series=new, start=start, until=max(today, start) + HORIZON)
    journal.write(actor, "activities.add_imported_programme", gem_id=gem_id, thing=batch_id)
    asked = len(wanted) + len(single) + len(slots)
    return ProgrammeAdded(
        series=len(new),
        activities=len(new_activities),
        openings=len(new_slots),
        already_there=asked - len(new) - len(new_activities) - len(new_slots),
        left_to_usual_hours=len(series) - len(wanted),
    )


@transaction.atomic
def undo_imported_programme(*, actor: Actor, gem_id: UUID, batch_id: UUID) -> int:
    """Take back what an import put in the programme; return how many days went.

    A day that someone changed, held or noted people in since stays, alone.
    """
    require(actor, PERMISSION, gem_id)
    touch(gem_id)
    before = _written(gem_id, batch_id)
    series = list(Series.objects.select_for_update().filter(gem_id=gem_id, batch_id=batch_id))
    for one in series:
        forget_from(series=one, day=date.min)
    Series.objects.filter(pk__in=[one.pk for one in series]).delete()
    mine = {"gem_id": gem_id, "batch_id": batch_id, "changed_by_hand": False}
    counted = Attendance.objects.filter(gem_id=gem_id)
    Activity.objects.filter(**mine).exclude(
        pk__in=counted.filter(activity__batch_id=batch_id).values("activity_id")
    ).delete()
    Slot.objects.filter(**mine, outcome="", held_by__isnull=True).exclude(
        pk__in=counted.filter(slot__batch_id=batch_id).values("slot_id")
    ).delete()
    journal.write(actor, "activities.undo_imported_programme", gem_id=gem_id, thing=batch_id)
    return before - _written(gem_id, batch_id)


def _is_usual(one: ImportedSeries) -> bool:
    is_opening = one.kind == SeriesKind.OPENING
    return is_opening and follows_usual_hours(one.rhythm.rule, one.rhythm.last_on)


def _new_series(gem_id: UUID, batch_id: UUID, wanted: Sequence[ImportedSeries]) -> list[Series]:
    there = set(
        Series.objects.filter(gem_id=gem_id).values_list("kind", "rule", "title", "starts_at")
    )
    found: dict[tuple[str, str, str, time], Series] = {}
    for one in wanted:
        said = one.description
        key = (str(one.kind), one.rhythm.rule, said.title, said.starts_at)
        if key not in there:
            found[key] = Series(
                gem_id=gem_id,
                kind=one.kind,
                animation=one.animation,
                rule=one.rhythm.rule,
                first_on=one.rhythm.first_on,
                last_on=one.rhythm.last_on,
                except_on=sorted(day.isoformat() for day in set(one.except_on)),
                batch_id=batch_id,
                **asdict(said),
            )
    return list(found.values())


def _new_activities(
    gem_id: UUID, batch_id: UUID, wanted: Sequence[ImportedActivity]
) -> list[Activity]:
    days = {one.day for one in wanted}
    rows = Activity.objects.filter(gem_id=gem_id, date__in=days).order_by()
    there = set(rows.values_list("date", "title", "starts_at"))
    found: dict[tuple[date, str, time], Activity] = {}
    for one in wanted:
        key = (one.day, one.description.title, one.description.starts_at)
        if key not in there:
            found[key] = Activity(
                gem_id=gem_id,
                date=one.day,
                state=ActivityState.ANNULEE if one.cancelled else ActivityState.PREVUE,
                batch_id=batch_id,
                **asdict(one.description),
            )
    return list(found.values())


def _new_slots(gem_id: UUID, batch_id: UUID, wanted: Sequence[ImportedOpening]) -> list[Slot]:
    days = {one.day for one in wanted}
    planned = Slot.objects.filter(gem_id=gem_id, date__in=days, outing__isnull=True)
    there = set(planned.order_by().values_list("date", "starts_at"))
    return [
        Slot(
            gem_id=gem_id,
            date=one.day,
            starts_at=one.starts_at,
            hours=one.hours,
            animation=one.animation,
            batch_id=batch_id,
        )
        for one in {(one.day, one.starts_at): one for one in wanted}.values()
        if (one.day, one.starts_at) not in there
    ]


def _written(gem_id: UUID, batch_id: UUID) -> int:
    """How many days of the programme this import is the source of."""
    of_series = {"gem_id": gem_id, "series__batch_id": batch_id}
    alone = {"gem_id": gem_id, "batch_id": batch_id}
    return sum(
        rows.filter(**which).count()
        for rows in (Activity.objects, Slot.objects)
        for which in (of_series, alone)
    )
