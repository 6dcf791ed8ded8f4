"""Counts of people by category, from the very formula of their indicator: no second copy of it."""

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
from espace.indicators.rules import Moment, Period
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
