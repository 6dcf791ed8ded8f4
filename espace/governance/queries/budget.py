"""Reads of the budget, line by line."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.shortcuts import get_object_or_404

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.governance.choices.money import Category, DecidedBy, Side
from espace.governance.models import BudgetLine
from espace.governance.queries.money import today_of_gem
from espace.governance.rules.money import Amounts, Sums, sums_of
from espace.groups.queries.for_sheets import sheet_gem

MOST_LINES = 60
MOST_BROUGHT = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the budget, with its words."""

    id: UUID
    year: int
    side: str
    category: str
    family: str
    label: str
    account: str
    planned: int | None
    actual: int | None
    in_kind: bool
    decided_by: str
    decided: str
    decided_on: date | None
    credit: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Lines that came from one file."""

    batch_id: UUID
    year: int
    lines: int


@dataclass(frozen=True, slots=True)
class Part:
    """One side of the budget: its lines, and what money makes of it."""

    title: str
    lines: tuple[Line, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class Budget:
    """A year of budget; ``more`` lines are not shown."""

    year: int
    years: tuple[int, ...]
    parts: tuple[Part, ...]
    more: int


def budget(actor: Actor, gem_id: UUID, asked: str = "") -> Budget:
    """Return a year of budget, the running one unless ``asked``. Three SQL queries."""
    require(actor, "governance.see_money", gem_id)
    running = today_of_gem(sheet_gem(gem_id)).year
    known = BudgetLine.objects.filter(gem_id=gem_id).order_by().values_list("year", flat=True)
    years = tuple(sorted({running, running + 1, *known.distinct()}, reverse=True))
    year = int(asked) if asked.isdecimal() and int(asked) in years else running
    rows = list(BudgetLine.objects.filter(gem_id=gem_id, year=year))
    amounts = [
        Amounts(row.side, row.category, row.planned_cents, row.actual_cents, row.in_kind)
        for row in rows
    ]
    shown = [_line(row) for row in rows[:MOST_LINES]]
    parts = tuple(
        Part(
            str(side.label),
            tuple(line for line in shown if line.side == side),
            sums_of(amounts, side=side),
        )
        for side in (Side.DEPENSE, Side.RECETTE)
    )
    return Budget(year, years, parts, len(rows) - len(shown))


def budget_line(actor: Actor, gem_id: UUID, line_id: UUID) -> Line:
    """Return one line, of the GEM in hand; 404 elsewhere. One SQL query."""
    require(actor, "governance.write_money", gem_id)
    return _line(get_object_or_404(BudgetLine, pk=line_id, gem_id=gem_id))


def brought(actor: Actor, gem_id: UUID) -> list[Brought]:
    """Return the files of budget that can be taken back, the latest year first. One SQL query."""
    require(actor, "governance.write_money", gem_id)
    rows = BudgetLine.objects.filter(gem_id=gem_id, batch_id__isnull=False).order_by()
    counted = rows.values("batch_id", "year").annotate(lines=Count("pk")).order_by("-year")
    latest = counted.values_list("batch_id", "year", "lines")[:MOST_BROUGHT]
    return [Brought(batch, year, lines) for batch, year, lines in latest if batch]


def _line(row: BudgetLine) -> Line:
    return Line(
        id=row.pk,
        year=row.year,
        side=row.side,
        category=row.category,
        family=str(Category(row.category).label),
        label=row.label,
        account=row.account,
        planned=row.planned_cents,
        actual=row.actual_cents,
        in_kind=row.in_kind,
        decided_by=row.decided_by,
        decided=str(DecidedBy(row.decided_by).label) if row.decided_by else "",
        decided_on=row.decided_on,
        credit=row.credit,
    )
