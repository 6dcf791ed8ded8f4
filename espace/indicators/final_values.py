"""Figures that need first names, over months whose first names are gone: the value kept then.

So with the memberships of a year, once they are gone.

A month of rows with names is read by few periods: its own month, quarter and year, and those that
look a little further back (« 30 days before », « last 90 days »). Their values are kept just before
the names go. Any other period that reads such a month has no value, and says why.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from espace.activities.queries.folding import folded_months
from espace.activities.rules.folding import may_be_folded
from espace.groups.queries.leaving import gone_years
from espace.indicators.catalogue_reading import Catalogue
from espace.indicators.formulas import tree
from espace.indicators.formulas.moments import at, constant, is_about_time
from espace.indicators.models import FinalValue
from espace.indicators.rules import (
    Measure,
    Moment,
    Period,
    State,
    Value,
    month_period,
    quarter_period,
    shift_date,
    year_period,
)

Key = tuple[str, Period]
Measured = Mapping[Key, Measure]
READINGS_KEPT = 32_768
"""Every indicator over every period of six years, twice."""


def instead_of(
    gem_id: UUID,
    measured: dict[Key, Measure],
    names: Collection[str],
    found: Catalogue,
    today: date,
) -> Measured:
    """Return ``measured`` with what was kept, where it reads first names that are gone.

    ``names`` are the codes that need them; those of memberships are found here. No SQL query for
    periods of the last year, three at most for older ones.
    """
    blind = {
        key: measured[key]
        for key in (
            *_without_first_names(gem_id, measured, names, found, today),
            *_without_memberships(gem_id, measured, found, today),
        )
    }
    if not blind:
        return measured
    kept = {(row.code, Period(row.start, row.end)): row for row in _rows(gem_id, blind)}
    return {**measured, **{key: _said(kept.get(key), one) for key, one in blind.items()}}


def _without_first_names(
    gem_id: UUID, measured: Measured, names: Collection[str], found: Catalogue, today: date
) -> list[Key]:
    old = {
        key: first_day_read(found, key[0], Moment(key[1], today))
        for key in measured
        if key[0] in names
    }
    old = {key: first for key, first in old.items() if may_be_folded(first, today)}
    folded = folded_months(gem_id) if old else frozenset()
    return [
        key
        for key, first in old.items()
        if any(first <= last_of(month) and month <= key[1].end for month in folded)
    ]


def _without_memberships(
    gem_id: UUID, measured: Measured, found: Catalogue, today: date
) -> list[Key]:
    read = {
        key: years_read(found, key[0], Moment(key[1], today))
        for key, one in measured.items()
        if one.state is not State.NO_FACTS and "membership" in found.entities(key[0])
    }
    # Memberships of a year never go before the end of the next one.
    old = {key: years for key, years in read.items() if years and min(years) < today.year - 1}
    gone = gone_years(gem_id) if old else frozenset()
    return [key for key, years in old.items() if years & gone]


def _rows(gem_id: UUID, keys: Collection[Key]) -> Iterator[FinalValue]:
    wanted = FinalValue.objects.filter(
        gem_id=gem_id,
        code__in={code for code, _ in keys},
        start__in={period.start for _, period in keys},
    )
    return wanted.order_by("pk").iterator()


def _said(row: FinalValue | None, live: Measure) -> Measure:
    """Return the measure that was kept; without one, say that the first names are gone."""
    if row is None:
        return Measure(
            live.code, live.period, None, None, None, None, State.NAMES_GONE,
            missing_months=live.missing_months,
        )  # fmt: skip
    return replace(
        live,
        value=row.answer if row.answer is not None else row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        known_share=row.known_share,
        state=State(row.state),
        facts_counted={},
        facts_missing=None,
        kept_on=row.kept_on,
    )


def row_of(gem_id: UUID, measure: Measure, found: Catalogue, kept_on: date) -> FinalValue:
    """Return the row that keeps a measure, not saved."""
    indicator = found.indicators[measure.code]
    value: Value = measure.value
    return FinalValue(
        gem_id=gem_id,
        code=measure.code,
        start=measure.period.start,
        end=measure.period.end,
        value=None if isinstance(value, bool) else value,
        answer=value if isinstance(value, bool) else None,
        numerator=None if isinstance(measure.numerator, bool) else measure.numerator,
        denominator=None if isinstance(measure.denominator, bool) else measure.denominator,
        known_share=measure.known_share,
        state=measure.state.value,
        label_fr=indicator.label_fr,
        unit=indicator.unit,
        catalogue_version=found.version,
        kept_on=kept_on,
    )


def periods_around(month: date) -> Iterator[Period]:
    """Yield the months, quarters and years that may read rows of ``month``, itself first.

    No figure looks more than three months back (a test reads the catalogue to keep it so).
    """
    starts = [shift_date(month, ahead, "month") for ahead in range(4)]
    yield from (month_period(start) for start in starts)
    yield from dict.fromkeys(quarter_period(d.year, (d.month + 2) // 3) for d in starts)
    yield from dict.fromkeys(year_period(d.year) for d in starts)


def periods_of(year: int) -> Iterator[Period]:
    """Yield the months and quarters of a year, then the year."""
    yield from (month_period(date(year, month, 1)) for month in range(1, 13))
    yield from (quarter_period(year, rank) for rank in range(1, 5))
    yield year_period(year)


def reads(found: Catalogue, code: str, period: Period, month: date, today: date) -> bool:
    """Tell whether an indicator over ``period`` looks at rows of ``month`` (a first day)."""
    first = first_day_read(found, code, Moment(period, today))
    return first <= last_of(month) and month <= period.end


def last_of(month: date) -> date:
    return month_period(month).end


@lru_cache(maxsize=READINGS_KEPT)
def first_day_read(found: Catalogue, code: str, moment: Moment) -> date:
    """Return the first day an indicator looks at: its period's, or earlier when it looks back.

    At least its period's: the share of passages with a first name is counted over it.
    """
    above, below, _ = found.expanded(code)
    parts = [above, below] if below else [above]
    looked = [day for part in parts for day in _days_read(part, moment)]
    return min(moment.period.start, *looked)


def _days_read(node: tree.Node, moment: Moment) -> Iterator[date]:
    if isinstance(node, tree.At):
        yield from _days_read(node.value, at(moment, node.when))
        return
    if isinstance(node, tree.Last) or (isinstance(node, tree.Call) and node.name == "shift"):
        window = constant(moment, node)
        if isinstance(window, Period):
            yield window.start
        return
    yield moment.period.start
    for child in node.children():
        yield from _days_read(child, moment)


@lru_cache(maxsize=READINGS_KEPT)
def years_read(found: Catalogue, code: str, moment: Moment) -> frozenset[int]:
    """Return the years of which an indicator reads the memberships; none when it reads none.

    « membership.year = … » or « membership.started_on in … ». Since when someone is a member is
    written on each membership: it reads no other year (a test reads the catalogue to keep it so).
    """
    above, below, _ = found.expanded(code)
    parts = [above, below] if below else [above]
    return frozenset(year for part in parts for year in _years_read(part, moment))


def _years_read(node: tree.Node, moment: Moment) -> Iterator[int]:
    if isinstance(node, tree.At):
        yield from _years_read(node.value, at(moment, node.when))
        return
    if isinstance(node, tree.Compare) and node.left == tree.Fact("membership", "year"):
        year = constant(moment, node.right) if is_about_time(node.right) else None
        if isinstance(year, int):
            yield year
    if isinstance(node, tree.InPeriod) and node.value == tree.Fact("membership", "started_on"):
        window = constant(moment, node.period)
        if isinstance(window, Period):
            yield from range(window.start.year, window.end.year + 1)
    for child in node.children():
        yield from _years_read(child, moment)
