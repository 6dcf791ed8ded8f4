"""What « L'argent du GEM » says of a year, for everyone inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Q, Sum
from django.db.models.functions import ExtractYear

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.governance.choices.money import (
    RECEIVED,
    SPENT,
    BudgetMoment,
    Category,
    DecidedBy,
    Side,
)
from espace.governance.models import AccountsPromise, BudgetEvent, BudgetLine, CashLine
from espace.governance.rules.money import Amounts, Sums, add_up, left_of, share_of, sums_of
from espace.groups.queries.for_sheets import SheetGem, sheet_gem

MOST_PROMISES = 12
MOST_EVENTS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One family of the year: what was planned, what it came to, and the length of its bar."""

    code: str
    label: str
    planned: int | None
    actual: int | None
    bar: int


@dataclass(frozen=True, slots=True)
class LargestCost:
    """The largest cost of the year, and who decided it."""

    label: str
    cents: int
    decided_by: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Promise:
    """Accounts promised for a day; ``late`` in days, counted until today when still awaited."""

    id: UUID
    what: str
    promised_for: date
    received_on: date | None
    late: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of the life of a budget, in words."""

    id: UUID
    kind: str
    label: str
    year: int
    date: date
    easy_read: bool | None


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """A year of money. ``source`` is « budget », « caisse », or empty when nothing is known."""

    gem: SheetGem
    year: int
    years: tuple[int, ...]
    is_running: bool
    source: str
    received: Sums
    spent: Sums
    activities: Sums
    left_for_activities: int | None
    in_kind: int | None
    largest: LargestCost | None
    received_rows: tuple[Row, ...]
    spent_rows: tuple[Row, ...]
    promises: tuple[Promise, ...]
    moments: tuple[Moment, ...]
    points: int


def today_of_gem(gem: SheetGem) -> date:
    """Return the day it is at the GEM."""
    return today(gem.time_zone)


def money_year(actor: Actor, gem_id: UUID, asked: str = "") -> MoneyYear:
    """Return the money of a year, the running one unless ``asked``. Eight SQL queries at most."""
    require(actor, "governance.see_money", gem_id)
    gem = sheet_gem(gem_id)
    day = today_of_gem(gem)
    years = _years(gem_id, day.year)
    year = int(asked) if asked.isdecimal() and int(asked) in years else day.year
    budget = list(BudgetLine.objects.filter(gem_id=gem_id, year=year))
    cash = _cash_amounts(gem_id, year)
    lines = [
        Amounts(one.side, one.category, one.planned_cents, one.actual_cents, one.in_kind)
        for one in budget
    ]
    told = any(line.actual is not None for line in lines)
    # What was planned comes from the budget; what was done too, else from the cash book.
    if not told:
        lines += [Amounts(side, category, None, cents) for side, category, cents in cash]
    spent = sums_of(lines, side=Side.DEPENSE)
    activities = sums_of(lines, side=Side.DEPENSE, category=Category.ACTIVITES)
    moments = _moments(gem_id, year)
    return MoneyYear(
        gem=gem,
        year=year,
        years=years,
        is_running=year == day.year,
        source="budget" if told else "caisse" if cash else "prevu" if lines else "",
        received=sums_of(lines, side=Side.RECETTE),
        spent=spent,
        activities=activities,
        left_for_activities=left_of(activities.planned, activities.actual),
        in_kind=_in_kind(lines),
        largest=_largest(budget, lines),
        received_rows=_rows(lines, Side.RECETTE, RECEIVED),
        spent_rows=_rows(lines, Side.DEPENSE, SPENT),
        promises=_promises(gem_id, year, day),
        moments=moments,
        points=sum(
            moment.kind == BudgetMoment.POINT and moment.date.year == year for moment in moments
        ),
    )


def _years(gem_id: UUID, running: int) -> tuple[int, ...]:
    """Years of which something is kept, and the running one, newest first. Two SQL queries."""
    budget = BudgetLine.objects.filter(gem_id=gem_id).order_by()
    cash = CashLine.objects.filter(gem_id=gem_id).aggregate(first=Min("date"), last=Max("date"))
    found = {running, *budget.values_list("year", flat=True).distinct()}
    if cash["first"]:
        found.update(range(cash["first"].year, cash["last"].year + 1))
    return tuple(sorted(found, reverse=True))


def _cash_amounts(gem_id: UUID, year: int) -> list[tuple[str, str, int]]:
    """The cash book of a year by family, without what only moves the box. One SQL query."""
    rows = (
        CashLine.objects.filter(gem_id=gem_id, date__year=year, category__in=Category.values)
        .order_by("category")
        .values("category")
        .annotate(cents=Sum("amount_cents"))
        .values_list("category", "cents")
    )
    return [
        (Side.RECETTE, code, cents) if code in RECEIVED else (Side.DEPENSE, code, -cents)
        for code, cents in rows
        if cents
    ]


def _in_kind(lines: Sequence[Amounts]) -> int | None:
    sums = sums_of(lines, side=Side.RECETTE, in_kind=True)
    return sums.planned if sums.actual is None else sums.actual


def _largest(budget: Sequence[BudgetLine], lines: Sequence[Amounts]) -> LargestCost | None:
    """The largest line of the budget; without one, the largest family of the cash book."""
    costs = [
        (line.actual_cents or 0, line)
        for line in budget
        if line.side == Side.DEPENSE and not line.in_kind and (line.actual_cents or 0) > 0
    ]
    if costs:
        cents, line = max(costs, key=lambda cost: (cost[0], cost[1].label))
        said = DecidedBy(line.decided_by).label if line.decided_by else ""
        return LargestCost(line.label, cents, str(said), line.decided_on)
    families = [
        (sums_of(lines, side=Side.DEPENSE, category=code).actual or 0, code) for code in SPENT
    ]
    cents, code = max(families)
    return LargestCost(str(code.label), cents, "", None) if cents > 0 else None


def _rows(lines: Sequence[Amounts], side: Side, categories: Sequence[Category]) -> tuple[Row, ...]:
    sums = [(code, sums_of(lines, side=side, category=code)) for code in categories]
    known = [(code, one) for code, one in sums if one.planned or one.actual]
    longest = max((max(one.actual or 0, one.planned or 0) for _code, one in known), default=0)
    rows = [
        Row(
            code,
            str(code.label),
            one.planned,
            one.actual,
            share_of((one.planned if one.actual is None else one.actual) or 0, longest),
        )
        for code, one in known
    ]
    return tuple(sorted(rows, key=lambda row: -(row.actual or row.planned or 0)))


def _promises(gem_id: UUID, year: int, day: date) -> tuple[Promise, ...]:
    """Promises of the year, and those still awaited whatever their year. One SQL query."""
    rows = (
        AccountsPromise.objects.annotate(year=ExtractYear("promised_for"))
        .filter(gem_id=gem_id)
        .filter(Q(year=year) | Q(received_on__isnull=True))[:MOST_PROMISES]
    )
    return tuple(
        Promise(
            row.pk,
            row.what,
            row.promised_for,
            row.received_on,
            max(0, ((row.received_on or day) - row.promised_for).days),
        )
        for row in rows
    )


def _moments(gem_id: UUID, year: int) -> tuple[Moment, ...]:
    """Dates in the year, and those of its budget. One SQL query."""
    rows = BudgetEvent.objects.filter(gem_id=gem_id).filter(Q(year=year) | Q(date__year=year))
    return tuple(
        Moment(
            row.pk,
            row.kind,
            str(BudgetMoment(row.kind).label),
            row.year,
            row.date,
            row.easy_read,
        )
        for row in rows[:MOST_EVENTS]
    )


def total_of(rows: Sequence[Row]) -> Sums:
    """Return the sums of the rows shown."""
    return Sums(add_up(row.planned for row in rows), add_up(row.actual for row in rows))
