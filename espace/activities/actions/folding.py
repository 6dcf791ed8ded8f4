"""The first names of an old month go; its counts stay (docs/decisions/0043-folding.md)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.events import NamesLeaving
from espace.activities.models import Attendance, Duty, MonthNames, Slot
from espace.activities.queries.folding import folded_months, months_to_fold
from espace.activities.rules.folding import Presence, folded
from espace.activities.rules.moments import last_day
from espace.core.events import publish
from espace.groups.actions import touch
from espace.groups.actions.leaving import forget_those_who_left
from espace.groups.queries.leaving import newcomers_of

PERMISSION = "activities.fold_names"
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Folded:
    """What folding one month did: rows with a person, rows of counts, people off the roll."""

    month: date
    rows: int
    counts: int
    people_left: int


def fold_due_months(
    *, actor: Actor, gem_id: UUID, today: date, most: int | None = None
) -> tuple[Folded, ...]:
    """Fold the months of a GEM whose first names go today, oldest first, ``most`` at most.

    Each month is a transaction of its own: stopped half-way, the next run goes on. Nothing is
    folded when the settings say so (FOLDING=off).
    """
    require(actor, PERMISSION, gem_id)
    if not settings.FOLDING:
        return ()
    done: list[Folded] = []
    # One after the other: the last unfinished month of a year lets the others of that year go.
    while most is None or len(done) < most:
        due = months_to_fold(gem_id, today)
        one = fold_month(actor=actor, gem_id=gem_id, month=due[0], today=today) if due else None
        if one is None:
            break
        done.append(one)
    return tuple(done)


@transaction.atomic
def fold_month(*, actor: Actor, gem_id: UUID, month: date, today: date) -> Folded | None:
    """Turn the rows with a person of one month into counts; None when it is not its time.

    Taken again inside the GEM's turn, so that nobody writes or opens the month meanwhile.
    """
    require(actor, PERMISSION, gem_id)
    touch(gem_id, since=month)
    if month not in months_to_fold(gem_id, today):
        return None
    publish(NamesLeaving(gem_id, month, today))
    days = (month, last_day(month))
    named = Attendance.objects.filter(gem_id=gem_id, date__range=days, person__isnull=False)
    rows = [
        Presence(*row)
        for row in named.order_by("pk").values_list(
            "person_id", "date", "activity_id", "category", "slot_id"
        )
    ]
    heads = folded(rows)
    named.delete()
    Attendance.objects.bulk_create(
        (
            Attendance(
                gem_id=gem_id,
                date=place.date,
                activity_id=place.activity_id,
                slot_id=place.slot_id,
                category=place.category,
                head_count=count,
                folded=True,
            )
            for place, count in heads.items()
        ),
        batch_size=ROWS_AT_ONCE,
    )
    held = Slot.objects.filter(gem_id=gem_id, date__range=days, held_by__isnull=False)
    holders = set(held.order_by().values_list("held_by_id", flat=True))
    held.update(held_by=None)
    Duty.objects.filter(gem_id=gem_id, date__range=days).delete()
    MonthNames.objects.update_or_create(
        gem_id=gem_id, month=month, defaults={"folded_on": today, "keep_until": None}
    )
    people = {row.person_id for row in rows} | newcomers_of(gem_id, *days)
    people |= {holder for holder in holders if holder}
    left = forget_those_who_left(
        actor=actor, gem_id=gem_id, people=people, folded=folded_months(gem_id)
    )
    journal.write(actor, PERMISSION, gem_id=gem_id, thing=month)
    return Folded(month, len(rows), len(heads), left)
