"""The programme of a month: every day said, the busiest ones cut short with a way to the rest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.models import Activity, Slot
from espace.activities.queries.access import local_now
from espace.activities.queries.day_sheet import (
    ActivityLine,
    OpeningLine,
    activity_line,
    opening_line,
)
from espace.activities.rules.moments import (
    FIRST_YEAR,
    LAST_YEAR,
    days_before,
    last_day,
    monday_of,
    next_month,
    previous_month,
)
from espace.groups.queries.for_sheets import sheet_gem

MOST_LINES = 110
"""Activities shown in a month: a page of at most 350 elements, an A4 sheet one can read."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of the month; ``more`` activities are not shown."""

    date: date
    is_today: bool
    openings: tuple[OpeningLine, ...]
    activities: tuple[ActivityLine, ...]
    more: int

    @property
    def empty(self) -> bool:
        return not self.openings and not self.activities


@dataclass(frozen=True, slots=True)
class MonthProgramme:
    """A month by weeks from Monday to Sunday; None stands for a day of another month."""

    month: date
    is_this_month: bool
    weeks: tuple[tuple[MonthDay | None, ...], ...]
    previous: date | None
    following: date | None


def programme_of_month(actor: Actor, gem_id: UUID, month: date) -> MonthProgramme:
    """Return the month that begins on ``month``. Three SQL queries. Raises NotAllowed."""
    require(actor, "activities.see_programme", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    around = (month, last_day(month))
    slots: dict[date, list[OpeningLine]] = defaultdict(list)
    for slot in Slot.objects.filter(gem_id=gem_id, date__range=around, outing__isnull=True):
        slots[slot.date].append(opening_line(slot))
    rows = Activity.objects.filter(gem_id=gem_id, date__range=around)
    activities: dict[date, list[ActivityLine]] = defaultdict(list)
    for row in rows.order_by("date", "starts_at", "title", "pk"):
        activities[row.date].append(activity_line(row))
    most = _most_a_day([len(lines) for lines in activities.values()])
    days: list[MonthDay | None] = [None] * (month - monday_of(month)).days
    for rank in range(around[1].day):
        day = days_before(month, -rank)
        lines = activities[day]
        shown = lines if len(lines) <= most else lines[: most - 1]
        days.append(
            MonthDay(day, day == today, tuple(slots[day]), tuple(shown), len(lines) - len(shown))
        )
    days += [None] * (-len(days) % WEEK)
    before, after = previous_month(month), next_month(month)
    return MonthProgramme(
        month=month,
        is_this_month=month == today.replace(day=1),
        weeks=tuple(tuple(days[n : n + WEEK]) for n in range(0, len(days), WEEK)),
        previous=before if before.year >= FIRST_YEAR else None,
        following=after if after.year <= LAST_YEAR else None,
    )


def _most_a_day(counts: list[int]) -> int:
    """The most activities a day may show so that the month stays readable, at least three."""
    most = max(counts, default=1)
    while most > 3 and sum(min(count, most) for count in counts) > MOST_LINES:
        most -= 1
    return most
