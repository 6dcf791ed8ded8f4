"""Reads figures of one GEM: many indicators over many periods in two statements.

No permission is asked here: this is the ground of ``queries``, which takes the actor first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from uuid import UUID

from django.db import connection

from espace.core.facts import registered
from espace.indicators import final_values
from espace.indicators.catalogue_reading import Catalogue, catalogue
from espace.indicators.formulas import coverage, tree
from espace.indicators.formulas.dialect import DIALECTS
from espace.indicators.formulas.evaluate import Computation, Row, plan
from espace.indicators.formulas.moments import at
from espace.indicators.formulas.parse import parse
from espace.indicators.formulas.sql import Compiler, NotComputableError
from espace.indicators.formulas.tree import Node
from espace.indicators.rules import Measure, Moment, Nature, Period, Readings, State, judge
from espace.indicators.rules import Value as MeasuredValue
from espace.indicators.statement import Fields, annotated, registered_fields, statement

Measures = Mapping[tuple[str, Period], Measure]
STICKS = parse("count(gem.id where gem.counting = 'sticks')")


def measure(
    gem_id: UUID,
    periods: Sequence[Period],
    codes: Iterable[str],
    today: date,
    found: Catalogue | None = None,
    with_facts: bool = False,
) -> Measures:
    """Return one Measure per code and period, keyed by (code, period).

    Two SQL statements whatever the number of codes, periods and people; two more for periods old
    enough for their first names to be gone. Unknown codes raise KeyError. ``with_facts`` also
    counts the rows behind each figure.
    """
    batch = _batch(found or catalogue(), tuple(dict.fromkeys(codes)), with_facts)
    asked = tuple(dict.fromkeys(periods))
    moments = [Moment(period, today) for period in asked]
    rows = batch.read(gem_id, moments) if asked else []
    finished = finished_months(gem_id, batch.periods_spoken_of(moments))
    measured = {
        (code, moment.period): batch.judged(code, moment, row, finished)
        for code in batch.codes
        for moment, row in zip(moments, rows, strict=True)
    }
    names = {code for code in batch.computations if batch.natures[code].needs_names}
    return final_values.instead_of(gem_id, measured, names, batch.catalogue, today)


def finished_months(gem_id: UUID, periods: Sequence[Period]) -> frozenset[date]:
    """Return the first days of the months this GEM has finished, among those of ``periods``."""
    entity = registered().get("month_close")
    months = sorted({month for period in periods for month in period.months()})
    if entity is None or not months:
        return frozenset()
    rows = annotated(entity, ("month", "closed_on"))
    rows = rows.filter(c_closed_on__isnull=False, c_month__range=(months[0], months[-1]))
    return frozenset(
        rows.filter(**{entity.gem: gem_id}).order_by().values_list("c_month", flat=True)
    )


def computable(found: Catalogue | None = None) -> frozenset[str]:
    """Return the codes whose facts are kept today: the others have the state « no_facts »."""
    known = found or catalogue()
    return frozenset(_batch(known, tuple(known.indicators), False).computations)


def _batch(found: Catalogue, codes: tuple[str, ...], with_facts: bool) -> "_Batch":
    return _compiled(found, codes, with_facts, connection.vendor, registered_fields())


@lru_cache(maxsize=128)
def _compiled(
    found: Catalogue, codes: tuple[str, ...], with_facts: bool, vendor: str, fields: Fields
) -> "_Batch":
    """Formulas do not change while the product runs: a page's batch is compiled once."""
    return _Batch(found, codes, with_facts, vendor, fields)


@dataclass(frozen=True)
class _Computations:
    """How to get every reading of one indicator from one row of cells."""

    numerator: Computation
    denominator: Computation | None
    known: Computation | None
    total: Computation | None
    photo: tuple[Computation, ...]
    facts: Mapping[str, tuple[Computation, ...]]


class _Batch:
    """A set of indicators compiled together, so that what they share is computed once."""

    def __init__(
        self,
        found: Catalogue,
        codes: tuple[str, ...],
        with_facts: bool,
        vendor: str,
        fields: Fields,
    ) -> None:
        self.catalogue = found
        self.codes = codes
        self.with_facts = with_facts
        self.compiler = Compiler(DIALECTS[vendor], dict(fields), found.groupings)
        self.natures = {code: nature(found, code) for code in codes}
        self.computations: dict[str, _Computations] = {}
        for code in codes:
            try:
                self.computations[code] = self._plan(code)
            except NotComputableError:
                continue
        self.sticks, self.named, self.passages = self._coverage()

    def _plan(self, code: str) -> _Computations:
        above, below, _ = self.catalogue.expanded(code)
        nulls = self.catalogue.indicators[code].nulls
        answered = coverage.answers(above, below) if nulls == "N2" else None
        photo = coverage.known_photo(above) if nulls == "N3" and below is None else ()
        facts = coverage.rows_used(above, below) if self.with_facts else {}
        return _Computations(
            numerator=plan(above, self.compiler),
            denominator=plan(below, self.compiler) if below else None,
            known=plan(answered[0], self.compiler) if answered else None,
            total=plan(answered[1], self.compiler) if answered else None,
            photo=tuple(plan(node, self.compiler) for node in photo),
            facts={
                entity: tuple(plan(node, self.compiler, frame) for node, frame in nodes)
                for entity, nodes in facts.items()
            },
        )

    def _coverage(self) -> tuple[Computation | None, Computation | None, Computation | None]:
        if not any(self.natures[code].needs_names for code in self.computations):
            return None, None, None
        named, passages = (parse(text) for text in self.catalogue.coverage)
        return (
            plan(STICKS, self.compiler),
            plan(named, self.compiler),
            plan(passages, self.compiler),
        )

    # --- reading ---

    def read(self, gem_id: UUID, moments: Sequence[Moment]) -> list[Row]:
        """Return one row of cells per moment, in one statement."""
        if not self.compiler.cells:
            return [() for _ in moments]
        sql, params = statement(self.compiler, gem_id, moments)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [row[1:] for row in cursor.fetchall()]

    def periods_spoken_of(self, moments: Sequence[Moment]) -> list[Period]:
        """Return the periods asked for, and those they are compared with."""
        return [
            period
            for moment in moments
            for code in self.codes
            for period in compared_periods(self.catalogue, code, moment)
        ]

    def judged(self, code: str, moment: Moment, row: Row, finished: frozenset[date]) -> Measure:
        """Return the measure of one code, from its row of cells and the null rules."""
        spoken_of = compared_periods(self.catalogue, code, moment)
        months = sorted({month for period in spoken_of for month in period.months()})
        missing = tuple(month for month in months if month not in finished)
        how = self.computations.get(code)
        if how is None:
            return Measure(
                code, moment.period, None, None, None, None, State.NO_FACTS,
                missing_months=missing,
            )  # fmt: skip
        needs_names = self.natures[code].needs_names
        read = Readings(
            numerator=how.numerator(row, moment),
            denominator=_read(how.denominator, row, moment),
            known=_number(how.known, row, moment),
            total=_number(how.total, row, moment),
            photo_known=not how.photo or any(c(row, moment) for c in how.photo),
            named=_number(self.named, row, moment) if needs_names else None,
            passages=_number(self.passages, row, moment) if needs_names else None,
        )
        sticks = bool(_read(self.sticks, row, moment))
        value, state, share = judge(self.natures[code], moment, not missing, read, sticks)
        if state is State.NOT_ENOUGH_ANSWERS and self.natures[code].nulls == "N4":
            # What made the figure would tell it.
            return Measure(code, moment.period, None, None, None, None, state)
        unknown = None
        if read.known is not None and read.total is not None:
            unknown = int(read.total - read.known)
        return Measure(
            code=code,
            period=moment.period,
            value=value,
            numerator=read.numerator,
            denominator=read.denominator,
            known_share=share,
            state=state,
            facts_counted={
                entity: int(max(_number(c, row, moment) or 0 for c in counts))
                for entity, counts in how.facts.items()
            },
            facts_missing=unknown,
            missing_months=missing,
        )


def _read(how: Computation | None, row: Row, moment: Moment) -> MeasuredValue:
    return how(row, moment) if how else None


def _number(how: Computation | None, row: Row, moment: Moment) -> Decimal | None:
    value = _read(how, row, moment)
    return None if value is None else Decimal(value)


@cache
def nature(found: Catalogue, code: str) -> Nature:
    """Return what the null rules need to know of an indicator."""
    above, below, factor = found.expanded(code)
    parts = [above, below] if below else [above]
    return Nature(
        nulls=found.indicators[code].nulls,
        factor=factor,
        has_denominator=below is not None,
        monthly=found.is_monthly(code),
        compares=any(isinstance(n, tree.At) for part in parts for n in part.walk()),
        needs_names=any(coverage.needs_names(part) for part in parts),
    )


def compared_periods(found: Catalogue, code: str, moment: Moment) -> tuple[Period, ...]:
    """Return the period asked for and every other one the formula looks at (P-1year…)."""
    whens = _compared_with(found, code)
    return (moment.period, *(at(moment, when).period for when in whens))


@cache
def _compared_with(found: Catalogue, code: str) -> tuple[Node, ...]:
    above, below, _ = found.expanded(code)
    nodes = [*above.walk(), *(below.walk() if below else ())]
    return tuple(dict.fromkeys(node.when for node in nodes if isinstance(node, tree.At)))
