"""Reads of the cash book."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.db.models.fields.files import FieldFile
from django.shortcuts import get_object_or_404

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.governance.choices.money import CashMove, Category
from espace.governance.models import CashCount, CashLine
from espace.governance.queries.money import today_of_gem
from espace.groups.queries.for_sheets import SheetGem, sheet_gem

LINES_A_PAGE = 12
FAMILIES = dict([*Category.choices, *CashMove.choices])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the book. ``cancelled``: another cancels it; ``cancels``: it cancels another."""

    id: UUID
    date: date
    label: str
    cents: int
    family: str
    cancelled: bool
    cancels: bool
    has_receipt: bool


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted in the box, and what the book said that day."""

    id: UUID
    date: date
    counted: int
    computed: int
    settled: bool

    @property
    def gap(self) -> int:
        return self.counted - self.computed


@dataclass(frozen=True, slots=True)
class CashBook:
    """A page of the book, newest first, what should be in the box, and the last count."""

    gem: SheetGem
    today: date
    page: Page[CashLine]
    lines: tuple[Line, ...]
    balance: int
    last_count: Count | None


def balance_on(gem_id: UUID, day: date) -> int:
    """Return what the book says there is in the box at the end of ``day``. One SQL query."""
    lines = CashLine.objects.filter(gem_id=gem_id, date__lte=day)
    return lines.aggregate(cents=Sum("amount_cents"))["cents"] or 0


def cash_book(actor: Actor, gem_id: UUID, page: str = "1") -> CashBook:
    """Return a page of the book. Five SQL queries, whatever its length."""
    require(actor, "governance.see_money", gem_id)
    gem = sheet_gem(gem_id)
    rows = CashLine.objects.filter(gem_id=gem_id).select_related("corrected_by")
    shown = Paginator(rows, LINES_A_PAGE).get_page(page)
    last = CashCount.objects.filter(gem_id=gem_id).first()
    day = today_of_gem(gem)
    return CashBook(
        gem=gem,
        today=day,
        page=shown,
        lines=tuple(_line(row) for row in shown),
        balance=balance_on(gem_id, day),
        last_count=Count(last.pk, last.date, last.counted_cents, last.computed_cents, last.settled)
        if last
        else None,
    )


def _line(row: CashLine) -> Line:
    return Line(
        id=row.pk,
        date=row.date,
        label=row.label,
        cents=row.amount_cents,
        family=str(FAMILIES[row.category]),
        cancelled=hasattr(row, "corrected_by"),
        cancels=row.corrects_id is not None,
        has_receipt=bool(row.receipt),
    )


def line_with_receipt(actor: Actor, gem_id: UUID, cash_id: UUID) -> Line:
    """Return a line of the book, to keep its ticket; 404 elsewhere. One SQL query."""
    require(actor, "governance.write_money", gem_id)
    rows = CashLine.objects.select_related("corrected_by")
    return _line(get_object_or_404(rows, pk=cash_id, gem_id=gem_id))


def receipt_of(actor: Actor, gem_id: UUID, cash_id: UUID) -> FieldFile:
    """Return the photo of a ticket; 404 when there is none. One SQL query."""
    require(actor, "governance.write_money", gem_id)
    lines = CashLine.objects.exclude(receipt="")
    return get_object_or_404(lines, pk=cash_id, gem_id=gem_id).receipt
