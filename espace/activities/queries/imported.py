"""What a GEM already recorded, for a file that would add to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, Sum

from espace.activities.choices import Category, SeriesKind
from espace.activities.models import Activity, Attendance, FinishedMonth, Series, Slot
from espace.activities.queries.folding import folded_months


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is there between the first and the last day of a file, other than the import's own.

    ``heads`` counts everyone of a (day, category), named or not. ``stick_days`` are those whose
    members are counted without any name. ``opened`` are the days that have an opening.
    """

    presences: frozenset[tuple[UUID, date]]
    heads: Mapping[tuple[date, str], int]
    stick_days: frozenset[date]
    opened: frozenset[date]
    finished_months: tuple[date, ...]


def first_recorded_day(gem_id: UUID, *, without_batch: UUID) -> date | None:
    """The first day with someone on the GEM's sheets, this import left out. One SQL query."""
    rows = Attendance.objects.filter(gem_id=gem_id, head_count__gt=0)
    others = rows.exclude(batch_id=without_batch).order_by("date")
    return others.values_list("date", flat=True).first()


def recorded_between(gem_id: UUID, first: date, last: date) -> Recorded:
    """Return what the GEM recorded from ``first`` to ``last``, both included. Five SQL queries.

    Days of a month whose first names are gone are days of sticks.
    """
    rows = Attendance.objects.filter(
        gem_id=gem_id, date__range=(first, last), activity__isnull=True, head_count__gt=0
    )
    presences = frozenset(
        rows.filter(person__isnull=False).order_by().values_list("person_id", "date")
    )
    has_name = ExpressionWrapper(Q(person__isnull=False), output_field=BooleanField())
    totals = rows.annotate(has_name=has_name).order_by().values("date", "category", "has_name")
    heads: dict[tuple[date, str], int] = {}
    named: set[date] = set()
    sticks: set[date] = set()
    for line in totals.annotate(total=Sum("head_count")):
        key = (line["date"], line["category"])
        heads[key] = heads.get(key, 0) + line["total"]
        if line["category"] == Category.ADHERENT:
            (named if line["has_name"] else sticks).add(line["date"])
    opened = Slot.objects.filter(gem_id=gem_id, date__range=(first, last))
    months = FinishedMonth.objects.filter(
        gem_id=gem_id, finished_on__isnull=False, month__range=(first.replace(day=1), last)
    )
    return Recorded(
        presences=presences,
        heads=heads,
        stick_days=frozenset((sticks - named) | _folded_days(gem_id, first, last)),
        opened=frozenset(opened.order_by().values_list("date", flat=True).distinct()),
        finished_months=tuple(months.order_by("month").values_list("month", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class ProgrammeThere:
    """What the programme has between two days.

    ``activities`` are (day, start, title); ``weekly`` (rule, start, title) of the activities that
    come back without an end; ``opened`` the days with an opening.
    """

    activities: tuple[tuple[date, time, str], ...]
    weekly: tuple[tuple[str, time, str], ...]
    opened: frozenset[date]
    finished_months: frozenset[date]


def programme_between(gem_id: UUID, first: date, last: date) -> ProgrammeThere:
    """Return the programme from ``first`` to ``last``, both included. Four SQL queries."""
    around = {"gem_id": gem_id, "date__range": (first, last)}
    rows = Activity.objects.filter(**around).order_by("date", "starts_at", "title")
    series = Series.objects.filter(
        gem_id=gem_id, kind=SeriesKind.ACTIVITY, last_on__isnull=True
    ).order_by("pk")
    months = FinishedMonth.objects.filter(gem_id=gem_id, finished_on__isnull=False)
    return ProgrammeThere(
        activities=tuple(rows.values_list("date", "starts_at", "title")),
        weekly=tuple(series.values_list("rule", "starts_at", "title")),
        opened=frozenset(Slot.objects.filter(**around).order_by().values_list("date", flat=True)),
        finished_months=frozenset(months.values_list("month", flat=True)),
    )


def _folded_days(gem_id: UUID, first: date, last: date) -> set[date]:
    every = (first + timedelta(days=rank) for rank in range((last - first).days + 1))
    folded = folded_months(gem_id)
    return {day for day in every if day.replace(day=1) in folded} if folded else set()


def people_still_used(gem_id: UUID, people: Collection[UUID]) -> Sequence[UUID]:
    """Those of ``people`` who have attendance or hold an opening. Two SQL queries."""
    wanted = list(people)
    present = Attendance.objects.filter(gem_id=gem_id, person_id__in=wanted)
    holding = Slot.objects.filter(gem_id=gem_id, held_by_id__in=wanted)
    found = set(present.order_by().values_list("person_id", flat=True).distinct())
    found |= set(holding.order_by().values_list("held_by_id", flat=True).distinct())
    return sorted(person for person in found if person is not None)
