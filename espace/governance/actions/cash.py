"""Writes of the cash book: lines are added, never changed nor erased."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.core.safe_files import IMAGES, safe_copy
from espace.governance.choices.money import CashMove
from espace.governance.models import CashCount, CashLine
from espace.governance.queries.cash import balance_on
from espace.groups.actions.versions import take_turn, touch


@dataclass(frozen=True, slots=True)
class NewCashLine:
    """What is written in the book; ``cents`` below zero when money goes out."""

    date: date
    label: str
    cents: int
    category: str


@transaction.atomic
def add_cash_line(*, actor: Actor, gem_id: UUID, line: NewCashLine, key: UUID) -> UUID | None:
    """Write a line; return its id, None when ``key`` was seen."""
    require(actor, "governance.write_money", gem_id)
    take_turn(gem_id)
    if not first_time(key):
        return None
    return _write(actor, "governance.add_cash_line", gem_id, line).pk


@transaction.atomic
def cancel_cash_line(*, actor: Actor, gem_id: UUID, cash_id: UUID) -> None:
    """Cancel a line by its opposite, the same day: both stay in the book. Again changes nothing.

    The opposite may be cancelled in its turn, which puts the first one back.
    """
    require(actor, "governance.write_money", gem_id)
    take_turn(gem_id)
    line = get_object_or_404(CashLine, pk=cash_id, gem_id=gem_id)
    if hasattr(line, "corrected_by"):
        return
    opposite = NewCashLine(line.date, line.label, -line.amount_cents, line.category)
    _write(actor, "governance.cancel_cash_line", gem_id, opposite, corrects=line)


@transaction.atomic
def count_cash(
    *, actor: Actor, gem_id: UUID, day: date, counted_cents: int, key: UUID
) -> UUID | None:
    """Keep what was counted beside what the book says; None when ``key`` was seen."""
    require(actor, "governance.write_money", gem_id)
    take_turn(gem_id)
    if not first_time(key):
        return None
    counts = CashCount.objects.filter(gem_id=gem_id)
    count = CashCount.objects.create(
        gem_id=gem_id,
        date=day,
        counted_cents=counted_cents,
        computed_cents=balance_on(gem_id, day),
        number=(counts.aggregate(last=Max("number"))["last"] or 0) + 1,
    )
    journal.write(actor, "governance.count_cash", gem_id=gem_id, thing=count.pk)
    touch(gem_id)
    return count.pk


@transaction.atomic
def settle_count(*, actor: Actor, gem_id: UUID, count_id: UUID, label: str) -> None:
    """Write the gap of a count in the book, so that both agree again. Again changes nothing."""
    require(actor, "governance.write_money", gem_id)
    take_turn(gem_id)
    count = get_object_or_404(CashCount, pk=count_id, gem_id=gem_id)
    gap = count.counted_cents - count.computed_cents
    if count.settled or not gap:
        return
    count.settled = True
    count.save(update_fields=["settled"])
    line = NewCashLine(count.date, label, gap, CashMove.ECART)
    _write(actor, "governance.settle_count", gem_id, line)


def _write(
    actor: Actor, name: str, gem_id: UUID, line: NewCashLine, corrects: CashLine | None = None
) -> CashLine:
    """Add a line at the end of the book; the caller holds the GEM's turn."""
    last = CashLine.objects.filter(gem_id=gem_id).aggregate(last=Max("number"))["last"]
    written = CashLine.objects.create(
        gem_id=gem_id,
        date=line.date,
        label=line.label,
        amount_cents=line.cents,
        category=line.category,
        number=(last or 0) + 1,
        corrects=corrects,
    )
    journal.write(actor, name, gem_id=gem_id, thing=written.pk)
    touch(gem_id)
    return written


def keep_receipt(*, actor: Actor, gem_id: UUID, cash_id: UUID, sent: UploadedFile[Any]) -> None:
    """Keep the photo of a ticket beside its line; another one takes its place.

    Raises UnreadableFile when it is not a photo we can read.
    """
    require(actor, "governance.write_money", gem_id)
    copy = safe_copy(sent.chunks(), IMAGES)
    with transaction.atomic():
        line = _line_of(gem_id, cash_id)
        _forget(line.receipt.name)
        line.receipt.save(f"{uuid4().hex}.{copy.kind}", ContentFile(copy.content), save=False)
        line.save(update_fields=["receipt"])
        journal.write(actor, "governance.keep_receipt", gem_id=gem_id, thing=cash_id)


@transaction.atomic
def drop_receipt(*, actor: Actor, gem_id: UUID, cash_id: UUID) -> None:
    """Erase the photo of a ticket; the line stays."""
    require(actor, "governance.write_money", gem_id)
    line = _line_of(gem_id, cash_id)
    if not line.receipt:
        return
    _forget(line.receipt.name)
    line.receipt = ""
    line.save(update_fields=["receipt"])
    journal.write(actor, "governance.drop_receipt", gem_id=gem_id, thing=cash_id)


def _line_of(gem_id: UUID, cash_id: UUID) -> CashLine:
    lines = CashLine.objects.select_for_update()
    return get_object_or_404(lines, pk=cash_id, gem_id=gem_id)


def _forget(name: str | None) -> None:
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))
