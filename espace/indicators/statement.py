"""One SQL statement from a compiler's cells: facts as common tables, periods as rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import NullIf

from espace.core.facts import Entity, FactType, registered
from espace.indicators.formulas.sql import Compiler
from espace.indicators.rules import Moment

Fields = tuple[tuple[str, frozenset[str]], ...]


def registered_fields() -> Fields:
    """Return the facts kept today: (entity, its fields), in a stable order."""
    return tuple((name, frozenset(entity.fields)) for name, entity in sorted(registered().items()))


def annotated(entity: Entity, names: Iterable[str]) -> QuerySet[Any]:
    """Return the entity's rows with each fact as ``c_<name>``; an empty text is an unknown one."""
    columns: dict[str, Combinable] = {}
    for name in names:
        described = entity.fields[name]
        source = F(described.source) if isinstance(described.source, str) else described.source
        if described.type in (FactType.ENUM, FactType.TEXT):
            columns[f"c_{name}"] = NullIf(source, Value(""))
        else:
            columns[f"c_{name}"] = source
    rows: QuerySet[Any] = entity.rows().annotate(**columns)
    return rows


def statement(compiler: Compiler, gem_id: UUID, moments: Sequence[Moment]) -> tuple[str, list[Any]]:
    """Return the SQL and its parameters: one row per moment, in order, then one column per cell."""
    tables: list[str] = []
    params: list[Any] = []
    for name, columns in sorted(compiler.columns.items()):
        sql, values = _entity_table(registered()[name], sorted(columns), gem_id)
        tables.append(f"f_{name} AS {compiler.dialect.inlined} ({sql})")
        params += values
    named = compiler.moment_columns()
    header = ", ".join(["i", *(name for name, _ in named)])
    rows = ", ".join([_moment_row(compiler, [kind for _, kind in named])] * len(moments))
    tables.append(f"m0({header}) AS (VALUES {rows})")
    for rank, moment in enumerate(moments):
        params += [rank, *compiler.moment_row(moment)]
    for sql, name in compiler.groups.items():
        tables.append(f"{name} AS {compiler.dialect.kept} ({sql})")
    hoisted = ", ".join(["m.*", *(f"{sql} AS {name}" for sql, name in compiler.hoisted.items())])
    kept = " ".join(["SELECT", hoisted, "FROM", "m0 m"])
    tables.append(f"m AS {compiler.dialect.kept} ({kept})")
    cells = ", ".join(["m.i", *compiler.cells])
    words = ["WITH", ", ".join(tables), "SELECT", cells, "FROM", "m", "ORDER BY", "m.i"]
    return " ".join(words), params


def _moment_row(compiler: Compiler, kinds: list[type]) -> str:
    dialect = compiler.dialect
    values = [dialect.date_param if kind is date else dialect.int_param for kind in [int, *kinds]]
    return f"({', '.join(values)})"


def _entity_table(entity: Entity, names: list[str], gem_id: UUID) -> tuple[str, tuple[Any, ...]]:
    rows = annotated(entity, names)
    if entity.gem:
        rows = rows.filter(**{entity.gem: gem_id})
    columns = [f"c_{name}" for name in names] or ["pk"]
    query = rows.order_by().values(*columns).query
    sql, params = query.get_compiler(connection.alias).as_sql()
    return sql, params
