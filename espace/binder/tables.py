"""The registers of the binder as tables to take away."""

from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.binder.queries import REGISTERS, Register, rows_of
from espace.core.spreadsheets import Cell, Sheet
from espace.groups.lists import KeptList

LEFT_OUT = {"id", "gem", "removed", "file", "file_kind", "file_bytes"}


def table(actor: Actor, gem_id: UUID, one: Register) -> Sheet:
    """Return every row of a register that this person may read. One SQL query, two with links."""
    columns = [
        column
        for column in one.model._meta.get_fields()
        if isinstance(column, models.Field) and column.name not in LEFT_OUT
    ]
    rows = rows_of(actor, gem_id, one)
    links = [column.name for column in columns if column.is_relation]
    if links:
        rows = rows.select_related(*links)
    return Sheet(
        str(one.title),
        [str(column.verbose_name).rstrip(" ?") for column in columns],
        [[_cell(row, column) for column in columns] for row in rows],
    )


def _cell(row: Any, column: Any) -> Cell:
    value: Cell = getattr(row, column.name)
    if column.choices and value:
        return str(getattr(row, f"get_{column.name}_display")())
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if column.is_relation and value:
        return REGISTERS[SHOWN_AS[column.name]].name(value)
    return value


SHOWN_AS = {"partner": "partenaires", "document": "documents"}


def _list(one: Register) -> KeptList:
    return KeptList(
        f"classeur-{one.slug}",
        one.title,
        "binder.see",
        lambda actor, gem_id: table(actor, gem_id, one),
    )


LISTS = tuple(_list(one) for one in REGISTERS.values())
