"""Writes of the day sheet: who came, by name or by sticks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import Category, Outcome
from espace.activities.events import AttendanceRecorded
from espace.activities.models import Activity, Attendance, Slot
from espace.activities.queries.access import hour_of, is_month_finished, local_now, sheet_for
from espace.activities.queries.folding import folded_on
from espace.activities.rules.sheet import (
    Cell,
    DayState,
    NotNowError,
    Opening,
    day_state,
    differences,
    new_count,
    opening_for,
)
from espace.core.events import publish
from espace.core.idempotency import first_time
from espace.groups.actions import touch
from espace.groups.actions.roll import welcome_newcomer
from espace.groups.queries.for_sheets import (
    SheetGem,
    SheetPerson,
    is_on_roll,
    sheet_gem,
    typed_name,
)


class HomonymsError(Exception):
    """Someone of the roll already has that label: whoever types it says if it is them."""

    def __init__(self, label: str, people: Sequence[SheetPerson]) -> None:
        super().__init__("homonyms")
        self.label, self.people = label, tuple(people)


class UnreadableNameError(Exception):
    """No first name can be kept of what was typed."""


@dataclass(frozen=True, slots=True)
class TypedCount:
    """One number of the typing grid, with the number the page showed."""

    day: date
    category: str
    shown: int
    typed: int


@transaction.atomic
def record_presence(
    *, actor: Actor, gem_id: UUID, day: date, person_id: UUID, present: bool
) -> None:
    """Note that someone came on ``day``, or that they did not; saying it again changes nothing.

    Not having come removes them from the day's activities too. Raises NotNowError when the day
    may not be written, Http404 for someone of another roll.
    """
    gem = open_sheet(actor=actor, gem_id=gem_id, day=day)
    _check_roll(gem_id, [person_id])
    if present:
        _note_came(gem, day, [person_id])
    else:
        Attendance.objects.filter(gem_id=gem_id, date=day, person_id=person_id).delete()
    _announce(actor, "activities.record_presence", gem_id, day)


@transaction.atomic
def record_activity_presence(
    *, actor: Actor, gem_id: UUID, activity_id: UUID, person_id: UUID, present: bool
) -> None:
    """Note that someone took part in an activity, or not; taking part is having come that day.

    Raises like ``record_presence``.
    """
    activity = _activity_of(gem_id, activity_id)
    gem = open_sheet(actor=actor, gem_id=gem_id, day=activity.date)
    _check_roll(gem_id, [person_id])
    if present:
        _note_came(gem, activity.date, [person_id])
        row = Attendance(
            gem_id=gem_id, date=activity.date, person_id=person_id, activity_id=activity_id
        )
        Attendance.objects.bulk_create([row], ignore_conflicts=True)
    else:
        Attendance.objects.filter(activity_id=activity_id, person_id=person_id).delete()
    _announce(actor, "activities.record_activity_presence", gem_id, activity.date)


@transaction.atomic
def add_heads(
    *,
    actor: Actor,
    gem_id: UUID,
    day: date,
    category: Category,
    by: int,
    key: UUID,
    activity_id: UUID | None = None,
) -> None:
    """Move the count of one sort of people by ``by``; the same ``key`` again changes nothing.

    The count stays between 0 and 999. With ``activity_id`` it is the count of that activity, and
    ``day`` must be its day. Raises like ``record_presence``.
    """
    gem = open_sheet(actor=actor, gem_id=gem_id, day=day)
    if activity_id is not None and _activity_of(gem_id, activity_id).date != day:
        raise Http404
    if not first_time(key):
        return
    _move_heads(gem, day, category, by, activity_id)
    _announce(actor, "activities.add_heads", gem_id, day)


@transaction.atomic
def add_newcomer(
    *,
    actor: Actor,
    gem_id: UUID,
    day: date,
    typed: str,
    key: UUID,
    pictogram: str = "",
    someone_else: bool = False,
) -> UUID | None:
    """Put a newcomer on the roll and on the sheet; return their id, None when ``key`` was seen.

    Only a first name and one letter are kept of ``typed``. Raises UnreadableNameError, NotNowError,
    and HomonymsError unless ``someone_else`` says that it is not a person of the roll.
    """
    gem = open_sheet(actor=actor, gem_id=gem_id, day=day)
    if not first_time(key):
        return None
    name = typed_name(gem_id, typed)
    if name is None:
        raise UnreadableNameError
    if name.homonyms and not someone_else:
        raise HomonymsError(name.label, name.homonyms)
    person_id = welcome_newcomer(
        actor=actor, gem_id=gem_id, written=typed, day=day, pictogram=pictogram
    )
    _note_came(gem, day, [person_id])
    _announce(actor, "activities.add_newcomer", gem_id, day)
    return person_id


@transaction.atomic
def save_sheet(
    *,
    actor: Actor,
    gem_id: UUID,
    shown: Iterable[Cell],
    typed: Iterable[Cell],
    counts: Sequence[TypedCount],
    key: UUID,
) -> int:
    """Save a whole typed week; return how many boxes and numbers moved.

    Only what differs from what the page showed is written: someone ticked meanwhile by another
    hand stays ticked, and a count moved meanwhile moves by the difference typed here.
    Raises NotNowError for the first day that may not be written: then nothing is saved.
    """
    change = differences(shown, typed)
    moved = [count for count in counts if count.typed != count.shown]
    cells = change.came | change.did_not_come
    days = sorted({cell.day for cell in cells} | {count.day for count in moved})
    if not days:
        return 0
    gem = open_sheet(actor=actor, gem_id=gem_id, day=days[0])
    for day in days[1:]:
        _check_writable(actor, gem, day)
    if not first_time(key):
        return 0
    _check_roll(gem_id, {cell.person_id for cell in cells})
    for day in days:
        came = [cell.person_id for cell in change.came if cell.day == day]
        gone = [cell.person_id for cell in change.did_not_come if cell.day == day]
        if came:
            _note_came(gem, day, came)
        if gone:
            Attendance.objects.filter(gem_id=gem_id, date=day, person_id__in=gone).delete()
        for count in (count for count in moved if count.day == day):
            _move_heads(gem, day, count.category, count.typed - count.shown, None)
        _announce(actor, "activities.save_sheet", gem_id, day)
    return len(cells) + len(moved)


def open_sheet(*, actor: Actor, gem_id: UUID, day: date) -> SheetGem:
    """Return the GEM whose sheet of ``day`` may be written; call it first, in the transaction.

    Everyone who writes about this GEM waits here for their turn (its version moves), so that a
    month cannot be finished half-way through a count. Raises NotAllowed or NotNowError.
    """
    gem = sheet_gem(gem_id)
    require(actor, "activities.record_attendance", sheet_for(actor, gem, day))
    touch(gem_id, since=day)
    _check_state(gem, day)
    return gem


def _check_writable(actor: Actor, gem: SheetGem, day: date) -> None:
    require(actor, "activities.record_attendance", sheet_for(actor, gem, day))
    _check_state(gem, day)


def _check_state(gem: SheetGem, day: date) -> None:
    today = local_now(gem).date()
    state = day_state(
        day,
        today=today,
        opened_on=gem.opened_on,
        month_finished=is_month_finished(gem.id, day),
        names_gone=folded_on(gem.id, day, today) is not None,
    )
    if state is not DayState.WRITABLE:
        raise NotNowError(day, state)


def _check_roll(gem_id: UUID, people: Iterable[UUID]) -> None:
    wanted = set(people)
    if wanted and not is_on_roll(gem_id, wanted):
        raise Http404


def _activity_of(gem_id: UUID, activity_id: UUID) -> Activity:
    activity = Activity.objects.filter(pk=activity_id, gem_id=gem_id).first()
    if activity is None:
        raise Http404
    return activity


def _note_came(gem: SheetGem, day: date, people: Iterable[UUID]) -> None:
    """Add the rows that are missing; two hands ticking the same person make one row."""
    slot_id = _opening_of(gem, day)
    Attendance.objects.bulk_create(
        (
            Attendance(gem_id=gem.id, date=day, person_id=person, slot_id=slot_id)
            for person in people
        ),
        ignore_conflicts=True,
    )


def _opening_of(gem: SheetGem, day: date) -> UUID | None:
    slots = Slot.objects.filter(gem_id=gem.id, date=day)
    openings = [
        Opening(slot.pk, slot.starts_at, slot.hours, slot.outcome not in ("", Outcome.OUVERT))
        for slot in slots
    ]
    return opening_for(openings, hour_of(gem, day))


def _move_heads(gem: SheetGem, day: date, category: str, by: int, activity_id: UUID | None) -> None:
    """Move a head count that may be in two rows: what was ticked here, and what a file brought.

    Additions go to our own row; subtractions take from it first.
    """
    rows = list(
        Attendance.objects.select_for_update()
        .filter(
            gem_id=gem.id,
            date=day,
            category=category,
            activity=activity_id,
            person__isnull=True,
        )
        .order_by("pk")
    )
    own = next((row for row in rows if row.batch_id is None), None)
    left = new_count(sum(row.head_count for row in rows), by) - sum(row.head_count for row in rows)
    if left > 0 and own is None:
        Attendance.objects.create(
            gem_id=gem.id,
            date=day,
            category=category,
            activity_id=activity_id,
            slot_id=None if activity_id else _opening_of(gem, day),
            head_count=left,
        )
        return
    for row in sorted(rows, key=lambda row: row.batch_id is not None):
        moved = max(left, -row.head_count)
        if not moved:
            break
        row.head_count += moved
        row.save(update_fields=["head_count"])
        left -= moved


def _announce(actor: Actor, action: str, gem_id: UUID, day: date) -> None:
    journal.write(actor, action, gem_id=gem_id, thing=day)
    publish(AttendanceRecorded(gem_id, day))
