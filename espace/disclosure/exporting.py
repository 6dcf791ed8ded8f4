"""What outsiders can see, as files: the published cells, how they add up, and the rules.

With these, anyone may try to find a hidden number; our own tests do.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from espace.disclosure.rules import hiding, published, values
from espace.disclosure.rules.closing import Cells, GemPeople, bands_of, key
from espace.disclosure.rules.counts import NATION, departement_code, region_code
from espace.disclosure.rules.published import AGES, ALL, SEXES, WIDER_AGES

CELL_COLUMNS = ("measure", "table", "period", "place", "age", "sexe", "value", "status")
TRUTH_COLUMNS = ("measure", "table", "period", "place", "age", "sexe", "count")
SHOWN, HIDDEN = "shown", "hidden"
PROTECTED_UNDER, PROTECTED_WIDTH = 11, 5
"""A count under eleven must stay somewhere in an interval at least five wide (trust note, 8)."""


def cell_rows(period: str, tables: Mapping[str, Cells]) -> Iterator[tuple[str, ...]]:
    """Yield one row per published cell of one closing, in the order of ``CELL_COLUMNS``."""
    for name, cells in tables.items():
        table = published.table(name)
        for cell, value in cells.items():
            status = HIDDEN if value is None else SHOWN
            shown = "" if value is None else str(value)
            yield (table.measure, name, period, *published.coordinates(table, cell), shown, status)


def hierarchy(places: Mapping[str, Sequence[str]]) -> dict[str, dict[str, list[str]]]:
    """Return, by dimension, the children of each code; ``places`` is the tree of places."""
    wider = {one.code: list(one.parts) for one in WIDER_AGES if one.parts}
    finer = {part for parts in wider.values() for part in parts}
    kept = [one.code for one in AGES if one.code not in finer]
    return {
        "place": {place: list(children) for place, children in places.items()},
        "age": {ALL: [*kept, *wider], **wider},
        "sexe": {ALL: [one.code for one in SEXES]},
    }


def tree_of(places: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the tree of places from (région, département) codes."""
    found: dict[str, list[str]] = {NATION: []}
    for region, departement in sorted(set(places)):
        if region not in found:
            found[NATION].append(region)
        found.setdefault(region, []).append(departement)
    return found


def rules() -> dict[str, Any]:
    """Return the rules everyone may know."""
    return {
        "threshold": PROTECTED_UNDER,
        "width": PROTECTED_WIDTH,
        "display": {
            "kind": "rounded",
            "base": values.PAS,
            "lag": values.MOUVEMENT,
            "smallest": values.SMALLEST_SHOWN,
            "hidden_under": hiding.SEUIL,
        },
        "time_dimension": "period",
        "stock_measures": list(published.STOCK_MEASURES),
    }


# --- The truth, for audits only ---


def truth_rows(
    period: str, gems: Sequence[GemPeople], tables: Mapping[str, Cells]
) -> Iterator[tuple[str, ...]]:
    """Yield the exact count of each published cell, in the order of ``TRUTH_COLUMNS``."""
    for name, cells in tables.items():
        table = published.table(name)
        exact = _exact(table, gems)
        for cell in cells:
            count = exact.get(cell, 0)
            yield (table.measure, name, period, *published.coordinates(table, cell), str(count))


def gem_rows(period: str, gems: Sequence[GemPeople]) -> Iterator[tuple[str, ...]]:
    """Yield what each GEM adds to each published cell: its identifier, then as ``truth_rows``."""
    for one in gems:
        for table in published.TABLES:
            for cell, count in _exact(table, [one]).items():
                yield (
                    one.gem, table.measure, table.name, period, *published.coordinates(table, cell),
                    str(count),
                )  # fmt: skip


def _exact(table: published.Table, gems: Iterable[GemPeople]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in gems:
        for place in (NATION, region_code(one.region), departement_code(one.departement)):
            if place.startswith("D") and table.reach is published.Reach.REGIONS:
                continue
            for code, count in zip(table.codes, bands_of(table, one) or (), strict=False):
                found[key(place, code)] += count
    return found


# --- Writing ---


def write_folder(
    folder: Path,
    cells: Iterable[tuple[str, ...]],
    places: Iterable[tuple[str, str]],
    truth: Iterable[tuple[str, ...]] = (),
    of_gem: Iterable[tuple[str, ...]] = (),
) -> None:
    """Write the files; those of the truth only when there is one. ``places``: (région, dép.)."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_csv(folder / "cells.csv", CELL_COLUMNS, cells)
    for name, said in (("hierarchy", hierarchy(tree_of(places))), ("rules", rules())):
        text = json.dumps(said, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    for name, columns, rows in (
        ("truth", TRUTH_COLUMNS, list(truth)),
        ("truth_gem", ("gem", *TRUTH_COLUMNS), list(of_gem)),
    ):
        if rows:
            _write_csv(folder / f"{name}.csv", columns, rows)


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
