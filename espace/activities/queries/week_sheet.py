"""A week on paper, and the grid that types it back in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import Category
from espace.activities.models import Attendance, FinishedMonth, Slot
from espace.activities.queries.access import local_now
from espace.activities.queries.folding import folded_on
from espace.activities.rules.moments import days_before, days_of_week
from espace.activities.rules.sheet import Cell, DayState, day_state
from espace.groups.queries.for_sheets import SheetGem, SheetPerson, sheet_gem, sheet_roll

REGULAR_DAYS = 56
NAMES_A_PAGE = 20
"""Twenty rows of seven boxes keep the page light for an old phone."""


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A column: its day, whether the place is planned open, whether it may be written now."""

    date: date
    is_open: bool
    state: DayState

    @property
    def writable(self) -> bool:
        return self.state is DayState.WRITABLE


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """The week to print: names in order when the GEM counts with names."""

    gem: SheetGem
    monday: date
    sunday: date
    days: tuple[WeekDay, ...]
    people: tuple[SheetPerson, ...]
    others: tuple[SheetPerson, ...]
    """People of the roll that did not come lately: on the grid's last pages, not on paper."""


@dataclass(frozen=True, slots=True)
class GridCount:
    """A number to type: one day, one sort of people, and what is noted so far."""

    day: date
    category: Category
    count: int


@dataclass(frozen=True, slots=True)
class TypingGrid:
    """One page of the grid."""

    sheet: WeekSheet
    people: tuple[SheetPerson, ...]
    ticked: frozenset[Cell]
    counts: tuple[GridCount, ...]
    page: int
    pages: int


def week_sheet(actor: Actor, gem_id: UUID, monday: date) -> WeekSheet:
    """Return the paper of the week that begins on ``monday``. Five SQL queries at most.

    Its columns are the days of opening; all seven when none is planned.
    """
    require(actor, "activities.print_week", gem_id)
    sheet = _sheet(gem_id, monday)
    return replace(sheet, days=_useful(sheet.days, frozenset()))


def typing_grid(
    actor: Actor, gem_id: UUID, monday: date, page: int, *, all_days: bool = False
) -> TypingGrid:
    """Return one page of the grid, names in the order of the paper. Eight SQL queries at most.

    Its columns are the paper's, and the days where someone is noted; all seven with
    ``all_days``. Numbers without names are on the last page, as on paper. ``page`` counts from 1;
    too far is the last.
    """
    require(actor, "activities.type_week", gem_id)
    sheet = _sheet(gem_id, monday)
    rows = [*sheet.people, *sheet.others]
    pages = 1 - (-len(rows) // NAMES_A_PAGE)
    page = max(1, min(page, pages))
    people = tuple(rows[(page - 1) * NAMES_A_PAGE : page * NAMES_A_PAGE])
    shown = {one.id for one in people}
    noted = Attendance.objects.filter(
        gem_id=gem_id, date__range=(monday, sheet.sunday), activity__isnull=True
    )
    ticked = frozenset(
        Cell(person, day)
        for person, day in noted.filter(person__isnull=False)
        .order_by()
        .values_list("person_id", "date")
        if person in shown
    )
    if not all_days:
        days = frozenset(noted.order_by().values_list("date", flat=True))
        sheet = replace(sheet, days=_useful(sheet.days, days))
    counts = _counts(sheet, noted.filter(person__isnull=True)) if page == pages else ()
    return TypingGrid(sheet, people, ticked, counts, page, pages)


def _sheet(gem_id: UUID, monday: date) -> WeekSheet:
    gem = sheet_gem(gem_id)
    days = days_of_week(monday)
    sunday = days[-1]
    people, others = _in_paper_order(gem, monday, sunday)
    return WeekSheet(gem, monday, sunday, _columns(gem, days), people, others)


def _useful(days: tuple[WeekDay, ...], noted: frozenset[date]) -> tuple[WeekDay, ...]:
    """Keep the days of opening and those of ``noted``; every day when no opening is planned."""
    if not any(day.is_open for day in days):
        return days
    return tuple(day for day in days if day.is_open or day.date in noted)


def _in_paper_order(
    gem: SheetGem, monday: date, sunday: date
) -> tuple[tuple[SheetPerson, ...], tuple[SheetPerson, ...]]:
    """Return who is on the paper, in alphabetical order, then everyone else.

    On the paper: whoever came in the eight weeks before the week, or is new in it. So the order
    is the same on the day it is printed and on the day it is typed.
    """
    if not gem.counts_with_names:
        return (), ()
    before = Attendance.objects.filter(
        gem_id=gem.id,
        date__range=(days_before(monday, REGULAR_DAYS), days_before(monday, 1)),
        person__isnull=False,
    )
    regular = set(before.order_by().values_list("person_id", flat=True).distinct())
    roll = sheet_roll(gem.id)
    on_paper = [one for one in roll if one.id in regular]
    rest = [one for one in roll if one.id not in regular]
    new = [one for one in rest if one.first_seen_on and monday <= one.first_seen_on <= sunday]
    others = [one for one in rest if one not in new]
    return (*on_paper, *new), tuple(others)


def _columns(gem: SheetGem, days: Sequence[date]) -> tuple[WeekDay, ...]:
    today = local_now(gem).date()
    slots = Slot.objects.filter(gem_id=gem.id, date__range=(days[0], days[-1]))
    is_open = set(slots.order_by().values_list("date", flat=True))
    months = {day.replace(day=1) for day in days}
    rows = FinishedMonth.objects.filter(gem_id=gem.id, month__in=months, finished_on__isnull=False)
    finished = set(rows.order_by().values_list("month", flat=True))
    gone = {month for month in months if folded_on(gem.id, month, today)}
    return tuple(
        WeekDay(
            day,
            day in is_open,
            day_state(
                day,
                today=today,
                opened_on=gem.opened_on,
                month_finished=day.replace(day=1) in finished,
                names_gone=day.replace(day=1) in gone,
            ),
        )
        for day in days
    )


def _counts(sheet: WeekSheet, noted: QuerySet[Attendance]) -> tuple[GridCount, ...]:
    totals = {
        (day, category): total
        for day, category, total in noted.order_by()
        .values("date", "category")
        .annotate(total=Sum("head_count"))
        .values_list("date", "category", "total")
    }
    with_names = sheet.gem.counts_with_names
    wanted = [c for c in Category if not (with_names and c == Category.ADHERENT)]
    return tuple(
        GridCount(day.date, category, totals.get((day.date, category), 0))
        for category in wanted
        for day in sheet.days
    )
