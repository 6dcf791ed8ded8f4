"""Formulas that are no indicator of their own: people by category, fields of a yearly table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection

from espace.indicators.catalogue_reading import Catalogue, catalogue
from espace.indicators.formulas.dialect import DIALECTS
from espace.indicators.formulas.evaluate import Computation, plan
from espace.indicators.formulas.parse import parse
from espace.indicators.formulas.sql import Compiler
from espace.indicators.rules import Moment, Period, Value
from espace.indicators.statement import Fields, registered_fields, statement

Conditions = Mapping[str, str]
"""Category -> a condition on ``person``, in the language of the formulas."""


def people_by(
    gem_id: UUID,
    codes: Sequence[str],
    conditions: Conditions,
    periods: Sequence[Period],
    today: date,
) -> dict[tuple[str, str, Period], int]:
    """Return, by (code, category, period), how many different people meet each condition.

    ``codes`` count people (``count_distinct(….person_id where …)``). One SQL query.
    """
    batch = _compiled(
        catalogue(), tuple(codes), tuple(conditions.items()), connection.vendor, registered_fields()
    )
    moments = [Moment(period, today) for period in periods]
    sql, params = statement(batch.compiler, gem_id, moments)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = [row[1:] for row in cursor.fetchall()]
    return {
        (code, category, moment.period): int(how(row, moment) or 0)
        for (code, category), how in batch.computations.items()
        for moment, row in zip(moments, rows, strict=True)
    }


def evaluate(
    gem_id: UUID, formulas: Mapping[str, str], periods: Sequence[Period], today: date
) -> dict[tuple[str, Period], Value]:
    """Return, by (name, period), what each formula gives. One SQL query.

    Raises the errors of ``check_formula`` for a formula that means nothing.
    """
    if not formulas:
        return {}
    batch = _planned(catalogue(), tuple(formulas.items()), connection.vendor, registered_fields())
    moments = [Moment(period, today) for period in periods]
    sql, params = statement(batch.compiler, gem_id, moments)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = [row[1:] for row in cursor.fetchall()]
    return {
        (name, moment.period): how(row, moment)
        for (name, _), how in batch.computations.items()
        for moment, row in zip(moments, rows, strict=True)
    }


@lru_cache(maxsize=16)
def _planned(
    found: Catalogue, formulas: tuple[tuple[str, str], ...], vendor: str, fields: Fields
) -> "_Batch":
    compiler = Compiler(DIALECTS[vendor], dict(fields), found.groupings)
    return _Batch(compiler, {(name, ""): plan(parse(text), compiler) for name, text in formulas})


@dataclass(frozen=True)
class _Batch:
    compiler: Compiler
    computations: Mapping[tuple[str, str], Computation]


@lru_cache(maxsize=16)
def _compiled(
    found: Catalogue,
    codes: tuple[str, ...],
    conditions: tuple[tuple[str, str], ...],
    vendor: str,
    fields: Fields,
) -> _Batch:
    compiler = Compiler(DIALECTS[vendor], dict(fields), found.groupings)
    computations = {
        (code, category): plan(parse(narrowed(found.indicators[code].numerator, said)), compiler)
        for code in codes
        for category, said in conditions
    }
    return _Batch(compiler, computations)


def narrowed(formula: str, condition: str) -> str:
    """Return a count of people limited to those who meet a condition.

    >>> narrowed("count_distinct(presence.person_id where presence.date in P)", "person.age = 3")
    'count_distinct(presence.person_id where presence.date in P and person.age = 3 \
and person.id = presence.person_id)'
    """
    text = formula.strip()
    who = text.removeprefix("count_distinct(").split(" ", 1)[0]
    if not (text.startswith("count_distinct(") and text.endswith(")") and " where " in text):
        raise ValueError(f"not a count of people: {formula}")
    return f"{text[:-1]} and {condition} and person.id = {who})"
