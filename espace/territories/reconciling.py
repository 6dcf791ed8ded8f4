"""Proves the sums: GEM, départements, régions and nation say the same, to the last millionth.

Each place is compared with the places just below it, and with all its GEM at once, added up by a
second, plainer way. With ``from_facts``, the rows of the GEM are compared with a recount.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_high, median_low

from django.db import connection, transaction

from espace.groups.queries.counted import counted_gem_ids, counted_gems
from espace.indicators.queries import summed
from espace.territories import rules, summing
from espace.territories.choices import NATION, Level
from espace.territories.counting import count_gem
from espace.territories.models import GemFigures, PlaceFigures, StaleGem
from espace.territories.summing import Span

Place = tuple[str, str]
GemRow = tuple[str, rules.GemCells]


@dataclass
class Reconciliation:
    """What was compared. ``differences`` names a place or a GEM, a period and the codes."""

    periods: int = 0
    places: int = 0
    cells: int = 0
    gems_recounted: int = 0
    waiting: int = 0
    differences: list[str] = field(default_factory=list)


def reconcile(*, from_facts: bool = False) -> Reconciliation:
    """Compare every kept sum with what it is the sum of; nothing is changed."""
    found = Reconciliation(waiting=StaleGem.objects.count())
    spans = _spans()
    for span in spans:
        # One view of a period: a GEM counted meanwhile would make a difference that is none.
        with transaction.atomic():
            _see_one_instant()
            _compare_period(span, found)
    found.periods = len(spans)
    if from_facts:
        _recount(found)
    return found


def _see_one_instant() -> None:
    """Read everything of this transaction as it is now; SQLite always does."""
    if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _spans() -> list[Span]:
    of_gems = GemFigures.objects.order_by().values_list("start", "end").distinct()
    of_places = PlaceFigures.objects.order_by().values_list("start", "end").distinct()
    return sorted({*of_gems, *of_places})


def _compare_period(span: Span, found: Reconciliation) -> None:
    start, end = span
    gems: dict[Place, list[GemRow]] = {}
    rows = GemFigures.objects.filter(start=start, end=end).order_by()
    for departement, region, cells in rows.values_list("departement_code", "region_code", "cells"):
        places = ((Level.DEPARTEMENT, departement), (Level.REGION, region), (Level.NATION, NATION))
        for level, code in places:
            gems.setdefault((str(level), code), []).append((departement, cells))
    kept = {
        (row.level, row.code): rules.PlaceSums(row.gems, row.cells, row.histogram)
        for row in PlaceFigures.objects.filter(start=start, end=end).order_by()
    }
    for place in sorted({*kept, *gems}):
        stored, behind = kept.get(place), gems.get(place, [])
        below = _just_below(place, span)
        if stored != below:
            found.differences.append(f"{_said(place, span)}: is not the sum of what is below")
        if stored is None or stored.gems != len(behind):
            found.differences.append(f"{_said(place, span)}: {len(behind)} GEM stand behind")
            continue
        plain = _all_at_once(behind)
        wrong = sorted(
            code for code in {*plain, *stored.cells}
            if plain.get(code) != _comparable(code, stored.cells.get(code))
        )  # fmt: skip
        if wrong:
            found.differences.append(f"{_said(place, span)}: {', '.join(wrong)}")
        found.places += 1
        found.cells += len(stored.cells)


def _said(place: Place, span: Span) -> str:
    return f"{place[0]} {place[1]}, {span[0]}..{span[1]}"


def _just_below(place: Place, span: Span) -> rules.PlaceSums | None:
    level, code = place
    match level:
        case Level.DEPARTEMENT:
            sums = summing.departement_sums(code, [span])
        case Level.REGION:
            sums = summing.region_sums(code, [span])
        case _:
            sums = summing.nation_sums([span])
    return sums[span]


def _all_at_once(gems: Sequence[GemRow]) -> dict[str, list[int]]:
    """Add up GEM without any step between; a median is told by its middle value and its count."""
    by_code: dict[str, list[tuple[str, rules.GemCell]]] = {}
    for departement, cells in gems:
        for code, cell in cells.items():
            by_code.setdefault(code, []).append((departement, cell))
    found = {}
    for code, rows in by_code.items():
        if code not in summed():
            continue
        cells_of_code = [cell for _, cell in rows]
        above = sum(cell[0] for cell in cells_of_code)
        match summed()[code].rollup:
            case rules.Rollup.MEDIAN_OF_GEMS:
                values = [cell[0] for cell in cells_of_code]
                above = (median_low(values) + median_high(values)) // 2
            case rules.Rollup.DISTINCT:
                above = rules.millionths(True) * len({place for place, cell in rows if cell[0]})
        finished = sum(cell[2] for cell in cells_of_code)
        below = sum(cell[1] for cell in cells_of_code)
        found[code] = [above, below, len(rows), finished]
    return found


def _comparable(code: str, cell: rules.PlaceCell | None) -> list[int] | None:
    if cell is None:
        return None
    if summed()[code].rollup == rules.Rollup.MEDIAN_OF_GEMS:
        middle, _, _, gems, finished = cell
        return [middle or 0, 0, gems or 0, finished or 0]
    return [part or 0 for part in cell]


def _recount(found: Reconciliation) -> None:
    waiting = set(StaleGem.objects.values_list("pk", flat=True))
    for gem_id in counted_gem_ids():
        gem = counted_gems([gem_id]).get(gem_id)
        if gem is None or gem_id in waiting:
            continue
        rows = GemFigures.objects.filter(gem_id=gem_id).order_by()
        kept = {
            (start, end): cells for start, end, cells in rows.values_list("start", "end", "cells")
        }
        counted = {(period.start, period.end): cells for period, cells in count_gem(gem).items()}
        for span in sorted({*kept, *counted}):
            if kept.get(span) != counted.get(span):
                old, new = kept.get(span) or {}, counted.get(span) or {}
                wrong = sorted(code for code in {*old, *new} if old.get(code) != new.get(code))
                found.differences.append(
                    f"GEM {gem_id}, {span[0]}..{span[1]}: {', '.join(wrong) or 'row'}"
                )
        found.gems_recounted += 1
