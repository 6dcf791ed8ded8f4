"""A budget brought as a table: read, carried signed between two pages, written line by line.

Nothing is kept on the server until someone says yes: a budget has no person in it.
"""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from django.core import signing

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.governance.actions.budget import BudgetValues, bring_budget
from espace.imports.actions.tables import tables_of_file, tables_of_upload
from espace.imports.reading.budgetlines import BudgetRead, BudgetRow, read_budget

SALT = "imports.budget"
HOURS_24 = 24 * 3600


class StaleError(Exception):
    """The lines are not ours, or a day old. Nothing was written."""


def read_file(*, actor: Actor, gem_id: UUID, chunks: Iterable[bytes]) -> BudgetRead:
    """Return what a file says of a budget; raises UnreadableFile, in plain French."""
    require(actor, "governance.write_money", gem_id)
    return read_budget(tables_of_upload(chunks=chunks))


def read_path(*, path: Path) -> BudgetRead:
    """Return what a file of this machine says of a budget; raises UnreadableFile, in French."""
    return read_budget(tables_of_file(path=path))


def carried(rows: Iterable[BudgetRow]) -> str:
    """Return the lines as a signed text, for the page in between."""
    return signing.dumps([asdict(row) for row in rows], salt=SALT, compress=True)


def read_carried(text: str) -> list[BudgetRow]:
    """Return the lines of a signed text; raises StaleError."""
    try:
        rows = signing.loads(text, salt=SALT, max_age=HOURS_24)
    except signing.BadSignature:
        raise StaleError from None
    return [BudgetRow(**row) for row in rows]


def write_budget(
    *, actor: Actor, gem_id: UUID, rows: Iterable[BudgetRow], year: int, key: UUID
) -> tuple[int, int]:
    """Write the lines in the budget of a year; return how many are new, and already there."""
    lines = [
        BudgetValues(
            year=year,
            side=row.side,
            category=row.category,
            label=row.label,
            account=row.account,
            planned_cents=row.planned,
            actual_cents=row.actual,
            in_kind=row.in_kind,
            decided_by="",
            decided_on=None,
        )
        for row in rows
    ]
    return bring_budget(actor=actor, gem_id=gem_id, lines=lines, key=key)
