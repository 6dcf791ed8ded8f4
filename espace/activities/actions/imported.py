"""Attendance that comes from a GEM's own file, and taking it back.

Every row written carries the import's ``batch_id``. Writing goes by short transactions, so that
the day sheet never waits, and may be started again after a crash: what is there is left alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, Model, QuerySet, Sum

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import Category, InputWay, Outcome
from espace.activities.events import AttendanceRecorded, MonthFinished
from espace.activities.models import Attendance, FinishedMonth, MonthNames, Slot
from espace.activities.queries.folding import folded_months
from espace.core.events import publish
from espace.groups.actions import touch

CHUNK = 1_000
PERMISSION = "activities.import_attendance"
Progress = Callable[[int], None]
T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class UsualOpening:
    """One usual opening of a week day, copied on the imported days that have none."""

    starts_at: time
    hours: Decimal
    animation: str


@dataclass(frozen=True, slots=True)
class Added:
    """What one import put in: rows with a person, heads without, openings."""

    presences: int
    already_there: int
    heads: int
    heads_already_there: int
    days_left_with_sticks: int
    slots: int


def add_imported_attendance(
    *,
    actor: Actor,
    gem_id: UUID,
    batch_id: UUID,
    presences: Sequence[tuple[UUID, date]],
    heads: Mapping[tuple[date, str], int],
    usual: Mapping[int, Sequence[UsualOpening]],
    on_progress: Progress,
    keep_names_until: date | None = None,
) -> Added:
    """Write the presences (person of the roll, day) and the heads ((day, category) to count).

    A presence already there is left alone. A head count only adds what is missing to reach the
    file's count, so the same file twice adds nothing. A day counted with sticks by hand keeps
    them, and so does a month whose first names are gone: names would count the same people twice.
    What is brought keeps its names until ``keep_names_until``, so that it may be taken back.
    ``usual`` maps a week day (1 is Monday) to its
    openings; a day without any gets no opening.
    ``on_progress`` gets the number of rows dealt with so far; whatever it raises stops the work
    between two transactions.
    """
    require(actor, PERMISSION, gem_id)
    days = sorted({day for _, day in presences} | {day for day, _ in heads})
    old_days = _hold_names(gem_id, {day for _, day in presences}, keep_names_until)
    slots = _open_days(gem_id, batch_id, days, usual)
    slot_of = _slot_of_days(gem_id, days)
    kept_sticks = _days_with_sticks(gem_id, batch_id, days) | old_days if presences else set()
    wanted = [(person, day) for person, day in presences if day not in kept_sticks]
    done = len(presences) - len(wanted)
    for chunk in _chunks(wanted):
        _write_presences(gem_id, batch_id, chunk, slot_of)
        done += len(chunk)
        on_progress(done)
    asked = {key: n for key, n in heads.items() if n > 0}
    for part in _chunks(sorted(asked)):
        _write_heads(gem_id, batch_id, {key: asked[key] for key in part}, slot_of)
        done += len(part)
        on_progress(done)
    rows = Attendance.objects.filter(gem_id=gem_id, batch_id=batch_id)
    added = rows.filter(person__isnull=False).count()
    added_heads = rows.filter(person__isnull=True).aggregate(n=Sum("head_count"))["n"] or 0
    return Added(
        presences=added,
        already_there=len(wanted) - added,
        heads=added_heads,
        heads_already_there=sum(asked.values()) - added_heads,
        days_left_with_sticks=len(kept_sticks),
        slots=slots,
    )


@transaction.atomic
def note_imported_months(
    *, actor: Actor, gem_id: UUID, batch_id: UUID, complete: Collection[date], today: date
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Note what the import means for whole months; return (corrected, finished), first days.

    A finished month that received something was corrected after; a month of ``complete`` (first
    days) that is over and that nobody ever finished is finished now. Call it once per import.
    """
    require(actor, PERMISSION, gem_id)
    days = _days_of(gem_id, batch_id)
    touched = {day.replace(day=1) for day in days}
    months = FinishedMonth.objects.filter(gem_id=gem_id)
    known = dict(months.values_list("month", "finished_on"))
    corrected = tuple(sorted(month for month in touched if known.get(month)))
    months.filter(month__in=corrected).update(corrected_after=F("corrected_after") + 1)
    over = (month for month in complete if month < today.replace(day=1))
    finished = tuple(sorted(month for month in over if month not in known))
    FinishedMonth.objects.bulk_create(
        FinishedMonth(gem_id=gem_id, month=month, finished_on=today, input_way=InputWay.IMPORT)
        for month in finished
    )
    _announce(gem_id, days, finished, is_finished=True)
    return corrected, finished


@transaction.atomic
def undo_imported_attendance(
    *,
    actor: Actor,
    gem_id: UUID,
    batch_id: UUID,
    months_corrected: Collection[date] = (),
    months_finished: Collection[date] = (),
) -> int:
    """Remove what the import wrote; return how many rows of attendance went.

    An opening it made stays when someone used it since; a month it finished stays finished when
    it was corrected since.
    """
    require(actor, PERMISSION, gem_id)
    days = _days_of(gem_id, batch_id)
    removed = Attendance.objects.filter(gem_id=gem_id, batch_id=batch_id).delete()[0]
    used = Attendance.objects.filter(gem_id=gem_id, slot__batch_id=batch_id).values("slot_id")
    Slot.objects.filter(gem_id=gem_id, batch_id=batch_id, outcome="", held_by__isnull=True).exclude(
        pk__in=used
    ).delete()
    months = FinishedMonth.objects.filter(gem_id=gem_id)
    months.filter(month__in=months_corrected, corrected_after__gt=0).update(
        corrected_after=F("corrected_after") - 1
    )
    opened = months.filter(month__in=months_finished, input_way=InputWay.IMPORT, corrected_after=0)
    opened_months = sorted(opened.values_list("month", flat=True))
    opened.delete()
    _announce(gem_id, days, opened_months, is_finished=False)
    return removed


def _hold_names(gem_id: UUID, days: Collection[date], until: date | None) -> set[date]:
    """Keep the months of ``days`` from being folded until then; return the days already folded.

    In the GEM's turn, before anything is written: a month is not folded half-way through a file.
    """
    with transaction.atomic():
        touch(gem_id)
        folded = folded_months(gem_id)
        months = {day.replace(day=1) for day in days} - folded
        for month in sorted(months) if until else ():
            row, _made = MonthNames.objects.get_or_create(gem_id=gem_id, month=month)
            row.keep_until = max(until, row.keep_until or until) if until else row.keep_until
            row.save(update_fields=["keep_until"])
    return {day for day in days if day.replace(day=1) in folded}


def _days_of(gem_id: UUID, batch_id: UUID) -> list[date]:
    rows = Attendance.objects.filter(gem_id=gem_id, batch_id=batch_id)
    return sorted(set(rows.values_list("date", flat=True)))


def _announce(
    gem_id: UUID, days: Iterable[date], months: Iterable[date], *, is_finished: bool
) -> None:
    for day in days:
        publish(AttendanceRecorded(gem_id, day))
    for month in months:
        publish(MonthFinished(gem_id, month, finished=is_finished))


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _between(rows: type[M], gem_id: UUID, days: Sequence[date]) -> QuerySet[M]:
    """Rows of the GEM from the first to the last of ``days`` (sorted); none without a day."""
    manager = rows._default_manager
    if not days:
        return manager.none()
    return manager.filter(gem_id=gem_id, date__range=(days[0], days[-1]))


def _open_days(
    gem_id: UUID,
    batch_id: UUID,
    days: Sequence[date],
    usual: Mapping[int, Sequence[UsualOpening]],
) -> int:
    """Make the openings of the days that have none; return how many this import made."""
    with transaction.atomic():
        planned = set(_between(Slot, gem_id, days).values_list("date", flat=True).distinct())
        Slot.objects.bulk_create(
            (
                Slot(
                    gem_id=gem_id,
                    date=day,
                    starts_at=opening.starts_at,
                    hours=opening.hours,
                    animation=opening.animation,
                    batch_id=batch_id,
                )
                for day in days
                if day not in planned
                for opening in usual.get(day.isoweekday(), ())
            ),
            ignore_conflicts=True,
        )
    return Slot.objects.filter(gem_id=gem_id, batch_id=batch_id).count()


def _slot_of_days(gem_id: UUID, days: Sequence[date]) -> dict[date, UUID]:
    """The first opening held of each day: a file does not say who came at which hour."""
    held = _between(Slot, gem_id, days).filter(outcome__in=("", Outcome.OUVERT))
    found: dict[date, UUID] = {}
    for day, slot in held.order_by("date", "starts_at").values_list("date", "pk"):
        found.setdefault(day, slot)
    return found


def _days_with_sticks(gem_id: UUID, batch_id: UUID, days: Sequence[date]) -> set[date]:
    """Days whose members are counted without any name, by someone else than this import."""
    members = _between(Attendance, gem_id, days).filter(
        activity__isnull=True, category=Category.ADHERENT
    )
    others = members.exclude(batch_id=batch_id)
    sticks = others.filter(person__isnull=True, head_count__gt=0)
    named = others.filter(person__isnull=False)
    return set(sticks.values_list("date", flat=True)) - set(named.values_list("date", flat=True))


def _write_presences(
    gem_id: UUID,
    batch_id: UUID,
    chunk: Iterable[tuple[UUID, date]],
    slot_of: Mapping[date, UUID],
) -> None:
    with transaction.atomic():
        Attendance.objects.bulk_create(
            (
                Attendance(
                    gem_id=gem_id,
                    person_id=person,
                    date=day,
                    slot_id=slot_of.get(day),
                    batch_id=batch_id,
                )
                for person, day in chunk
            ),
            ignore_conflicts=True,
        )


def _write_heads(
    gem_id: UUID,
    batch_id: UUID,
    asked: Mapping[tuple[date, str], int],
    slot_of: Mapping[date, UUID],
) -> None:
    """Add what is missing for each (day, category) to reach the file's count."""
    with transaction.atomic():
        known = _between(Attendance, gem_id, sorted({day for day, _ in asked})).filter(
            activity__isnull=True
        )
        own = known.filter(person__isnull=True, batch_id=batch_id)
        written = set(own.values_list("date", "category"))
        totals = {
            (day, category): total
            for day, category, total in known.values("date", "category")
            .annotate(total=Sum("head_count"))
            .values_list("date", "category", "total")
        }
        Attendance.objects.bulk_create(
            (
                Attendance(
                    gem_id=gem_id,
                    date=day,
                    category=category,
                    head_count=count - totals.get((day, category), 0),
                    slot_id=slot_of.get(day),
                    batch_id=batch_id,
                )
                for (day, category), count in asked.items()
                if (day, category) not in written and count > totals.get((day, category), 0)
            ),
            ignore_conflicts=True,
        )
