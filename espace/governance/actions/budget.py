"""Writes of the budget: its lines, its dates, and the accounts that were promised."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.governance.models import AccountsPromise, BudgetEvent, BudgetLine
from espace.groups.actions.versions import touch

SAME = ("year", "side", "category", "account", "label", "planned_cents", "actual_cents", "in_kind")


@dataclass(frozen=True, slots=True)
class BudgetValues:
    """What is written of a line; None when nobody knows the amount."""

    year: int
    side: str
    category: str
    label: str
    account: str
    planned_cents: int | None
    actual_cents: int | None
    in_kind: bool
    decided_by: str
    decided_on: date | None
    credit: str = ""


@transaction.atomic
def add_budget_line(*, actor: Actor, gem_id: UUID, values: BudgetValues, key: UUID) -> None:
    """Write a line of the budget, once for a ``key``."""
    require(actor, "governance.write_money", gem_id)
    if not first_time(key):
        return
    line = BudgetLine.objects.create(gem_id=gem_id, **asdict(values))
    _written(actor, "governance.add_budget_line", gem_id, line.pk)


@transaction.atomic
def bring_budget(
    *, actor: Actor, gem_id: UUID, lines: Sequence[BudgetValues], key: UUID
) -> tuple[int, int]:
    """Write the lines of a file; return how many are new, and how many were there already.

    A line that is there to the letter and to the cent is not written twice, nor is ``key`` seen
    twice. The new ones can be taken back together: ``key`` is their batch.
    """
    require(actor, "governance.write_money", gem_id)
    touch(gem_id)
    if not first_time(key):
        return 0, len(lines)
    years = {line.year for line in lines}
    have = set(BudgetLine.objects.filter(gem_id=gem_id, year__in=years).values_list(*SAME))
    new = [line for line in lines if tuple(getattr(line, name) for name in SAME) not in have]
    BudgetLine.objects.bulk_create(
        BudgetLine(gem_id=gem_id, batch_id=key, **asdict(line)) for line in new
    )
    journal.write(actor, "governance.bring_budget", gem_id=gem_id, thing=key)
    return len(new), len(lines) - len(new)


@transaction.atomic
def take_back_budget(*, actor: Actor, gem_id: UUID, batch_id: UUID) -> int:
    """Take back the lines a file brought, as they are now; return how many. 404 when none."""
    require(actor, "governance.write_money", gem_id)
    gone, _each = BudgetLine.objects.filter(gem_id=gem_id, batch_id=batch_id).delete()
    if not gone:
        raise Http404
    _written(actor, "governance.take_back_budget", gem_id, batch_id)
    return gone


@transaction.atomic
def change_budget_line(*, actor: Actor, gem_id: UUID, line_id: UUID, values: BudgetValues) -> None:
    """Change a line of the budget."""
    require(actor, "governance.write_money", gem_id)
    line = _line(gem_id, line_id)
    for name, value in asdict(values).items():
        setattr(line, name, value)
    line.save()
    _written(actor, "governance.change_budget_line", gem_id, line_id)


@transaction.atomic
def remove_budget_line(*, actor: Actor, gem_id: UUID, line_id: UUID) -> None:
    """Take a line out of the budget."""
    require(actor, "governance.write_money", gem_id)
    _line(gem_id, line_id).delete()
    _written(actor, "governance.remove_budget_line", gem_id, line_id)


@transaction.atomic
def note_moment(
    *, actor: Actor, gem_id: UUID, kind: str, year: int, day: date, easy_read: bool | None
) -> None:
    """Write a date of the budget; the same again corrects whether it was easy to read."""
    require(actor, "governance.write_money", gem_id)
    event, _made = BudgetEvent.objects.update_or_create(
        gem_id=gem_id, kind=kind, year=year, date=day, defaults={"easy_read": easy_read}
    )
    _written(actor, "governance.note_moment", gem_id, event.pk)


@transaction.atomic
def promise_accounts(
    *, actor: Actor, gem_id: UUID, what: str, promised_for: date, key: UUID
) -> None:
    """Write that accounts are promised for a day, once for a ``key``."""
    require(actor, "governance.write_money", gem_id)
    if not first_time(key):
        return
    made = AccountsPromise.objects.create(gem_id=gem_id, what=what, promised_for=promised_for)
    _written(actor, "governance.promise_accounts", gem_id, made.pk)


@transaction.atomic
def receive_accounts(*, actor: Actor, gem_id: UUID, promise_id: UUID, day: date | None) -> None:
    """Write the day the accounts came; None takes it back."""
    require(actor, "governance.write_money", gem_id)
    promises = AccountsPromise.objects.select_for_update()
    promise = get_object_or_404(promises, pk=promise_id, gem_id=gem_id)
    if promise.received_on and day:
        return
    promise.received_on = day
    promise.save(update_fields=["received_on"])
    _written(actor, "governance.receive_accounts", gem_id, promise_id)


def _line(gem_id: UUID, line_id: UUID) -> BudgetLine:
    lines = BudgetLine.objects.select_for_update()
    return get_object_or_404(lines, pk=line_id, gem_id=gem_id)


def _written(actor: Actor, name: str, gem_id: UUID, thing: UUID) -> None:
    journal.write(actor, name, gem_id=gem_id, thing=thing)
    touch(gem_id)
