"""Sums the places again, from the rows just below each: GEM, then départements, then régions."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from espace.indicators.queries import summed
from espace.territories import rules
from espace.territories.choices import NATION, Level
from espace.territories.models import GemFigures, PlaceFigures

Span = tuple[date, date]
Touched = dict[tuple[str, str], set[Span]]
"""By (département, région): the periods to sum again."""
Sums = Mapping[Span, rules.PlaceSums | None]
ROWS_A_WRITE = 200


def add_up(touched: Touched) -> None:
    """Write the sums of these places over these periods, and of the places above them.

    Needs the turn (``actions``). Two SQL queries a place, whatever the number of periods; one more
    for each period without any GEM left.
    """
    regions: dict[str, set[Span]] = {}
    for (departement, region), spans in touched.items():
        _write(Level.DEPARTEMENT, departement, region, departement_sums(departement, spans))
        regions.setdefault(region, set()).update(spans)
    for region, spans in regions.items():
        _write(Level.REGION, region, "", region_sums(region, spans))
    spans = {span for each in regions.values() for span in each}
    if spans:
        _write(Level.NATION, NATION, "", nation_sums(spans))


def departement_sums(code: str, spans: Collection[Span]) -> Sums:
    """Return the sums of a département from the rows of its GEM. One SQL query."""
    rows = GemFigures.objects.filter(departement_code=code, start__in=_starts(spans))
    children = _by_span(rows.values_list("start", "end", "cells"), spans)
    return {span: rules.departement_figures(summed(), cells) for span, cells in children.items()}


def region_sums(code: str, spans: Collection[Span]) -> Sums:
    """Return the sums of a région from those of its départements. One SQL query."""
    return _sums_above(
        PlaceFigures.objects.filter(level=Level.DEPARTEMENT, region_code=code), spans
    )


def nation_sums(spans: Collection[Span]) -> Sums:
    """Return the sums of the nation from those of the régions. One SQL query."""
    return _sums_above(PlaceFigures.objects.filter(level=Level.REGION), spans)


def _sums_above(below: QuerySet[PlaceFigures], spans: Collection[Span]) -> Sums:
    rows = below.filter(start__in=_starts(spans)).order_by()
    children = _by_span(
        (
            (row.start, row.end, rules.PlaceSums(row.gems, row.cells, row.histogram))
            for row in rows.iterator()
        ),
        spans,
    )
    return {span: rules.figures_above(summed(), places) for span, places in children.items()}


def _starts(spans: Collection[Span]) -> set[date]:
    return {start for start, _ in spans}


def _by_span(rows: Iterable[tuple[Any, ...]], spans: Collection[Span]) -> dict[Span, list[Any]]:
    found: dict[Span, list[Any]] = {span: [] for span in spans}
    for start, end, child in rows:
        # A month, a quarter and a year may start on the same day.
        if (start, end) in found:
            found[(start, end)].append(child)
    return found


def _write(level: Level, code: str, region_code: str, sums: Sums) -> None:
    place = PlaceFigures.objects.filter(level=level, code=code)
    for (start, end), one in sums.items():
        if one is None:
            place.filter(start=start, end=end).delete()
    PlaceFigures.objects.bulk_create(
        (
            PlaceFigures(
                level=level,
                code=code,
                region_code=region_code,
                start=start,
                end=end,
                gems=one.gems,
                cells=one.cells,
                histogram=one.histogram,
            )
            for (start, end), one in sums.items()
            if one is not None
        ),
        update_conflicts=True,
        unique_fields=["level", "code", "start", "end"],
        update_fields=["region_code", "gems", "cells", "histogram"],
        batch_size=ROWS_A_WRITE,
    )
