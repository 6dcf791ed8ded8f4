"""Months whose first names are gone, or about to go."""

from datetime import date
from uuid import UUID

from django.db.models.functions import TruncMonth

from espace.activities.models import Attendance, Duty, FinishedMonth, MonthNames, Slot
from espace.activities.rules.folding import Names, may_be_folded, months_after, to_fold
from espace.groups.queries.leaving import months_of_first_comings


def folded_months(gem_id: UUID) -> frozenset[date]:
    """Return the first days of the months whose first names are gone. One SQL query."""
    rows = MonthNames.objects.filter(gem_id=gem_id, folded_on__isnull=False)
    return frozenset(rows.order_by().values_list("month", flat=True))


def folded_on(gem_id: UUID, day: date, today: date) -> date | None:
    """Return when the first names of the month of ``day`` went; None while they are kept.

    One SQL query for a month that ended a year ago or more, else none.
    """
    if not may_be_folded(day, today):
        return None
    rows = MonthNames.objects.filter(gem_id=gem_id, month=day.replace(day=1))
    return rows.values_list("folded_on", flat=True).first()


def months_to_fold(gem_id: UUID, today: date) -> tuple[date, ...]:
    """Return the months whose first names go today, oldest first. Six SQL queries at most."""
    horizon = months_after(today, -12)
    known = MonthNames.objects.filter(gem_id=gem_id).order_by()
    kept_until = dict(known.values_list("month", "keep_until"))
    gone = set(known.filter(folded_on__isnull=False).values_list("month", flat=True))
    named = _named_months(gem_id, date(horizon.year, 12, 31))
    others = months_of_first_comings(gem_id, until=horizon) | _held_months(gem_id, horizon)
    months = named | (others - gone)
    if not any(may_be_folded(month, today) for month in months):
        return ()
    finished = FinishedMonth.objects.filter(gem_id=gem_id, finished_on__isnull=False).order_by()
    finished_on = dict(finished.values_list("month", "finished_on"))
    return to_fold(
        [
            Names(month, finished_on.get(month), kept_until.get(month), noted=month in named)
            for month in months
        ],
        today,
    )


def _held_months(gem_id: UUID, until: date) -> set[date]:
    """Return the months where someone held the place, be it that nobody was noted by name."""
    held = Slot.objects.filter(gem_id=gem_id, held_by__isnull=False, date__lte=until)
    duties = Duty.objects.filter(gem_id=gem_id, date__lte=until)
    both = [rows.order_by().values_list(TruncMonth("date")) for rows in (held, duties)]
    return {month for (month,) in both[0].union(both[1])}


def _named_months(gem_id: UUID, until: date) -> set[date]:
    rows = Attendance.objects.filter(gem_id=gem_id, person__isnull=False, date__lte=until)
    months = rows.order_by().annotate(month=TruncMonth("date"))
    return set(months.values_list("month", flat=True).distinct())
