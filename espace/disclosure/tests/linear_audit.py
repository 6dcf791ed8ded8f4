"""An attacker with a linear solver, who reads only the files that outsiders get.

It shares nothing with the code that hides. It knows the rules, how cells add up, and that counts
are not negative; it asks, for each count under the threshold, how low and how high it can be. The
answer must be at least ``width`` wide. Three attackers: one reads the numbers as they are
published; one, in the long run, knows every shown number exactly; an insider also knows their own
GEM. Numbers of a single GEM are never published: one can be anywhere from nothing to what its
département holds, so the ranges of the départements protect it too.

Numbers of a stock (members of the year) move little: what is shown at another closing of the same
year is known here too, within ``DRIFT``.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

Cell = tuple[str, str, str]
"""(place, age, sexe)"""
Part = tuple[str, str, str]
"""(smallest place, dimension, finest band)"""
WHOLE = "tous"
DRIFT = 1
ALMOST = 1e-6


@dataclass(frozen=True)
class Attack:
    """``exact``: every shown number is known to the unit. ``insider``: a GEM that knows its own."""

    exact: bool
    insider: str = ""


@dataclass(frozen=True)
class Breach:
    """A count that an attacker narrowed too much: it is between ``low`` and ``high``."""

    measure: str
    period: str
    cell: Cell
    count: int
    low: float
    high: float


class Files:
    """The published files of a folder, and the truth that only the audit reads."""

    def __init__(self, folder: Path) -> None:
        self.rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
        self.children = json.loads((folder / "hierarchy.json").read_text(encoding="utf-8"))
        self.shown: dict[tuple[str, str], dict[Cell, int]] = defaultdict(dict)
        self.cells: dict[tuple[str, str], set[Cell]] = defaultdict(set)
        for row in _rows(folder / "cells.csv"):
            key = (row["measure"], row["period"])
            self.cells[key].add(_cell(row))
            if row["status"] == "shown":
                self.shown[key][_cell(row)] = int(row["value"])
        self.truth: dict[tuple[str, str], dict[Cell, int]] = defaultdict(dict)
        for row in _rows(folder / "truth.csv"):
            self.truth[row["measure"], row["period"]][_cell(row)] = int(row["count"])
        self.of_gem: dict[tuple[str, str, str], dict[Cell, int]] = defaultdict(dict)
        for row in _rows(folder / "truth_gem.csv"):
            self.of_gem[row["gem"], row["measure"], row["period"]][_cell(row)] = int(row["count"])

    @cached_property
    def leaves(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Return, by dimension and code, the finest codes below it."""
        return {
            name: {code: tuple(_leaves(tree, code)) for code in _codes(tree)}
            for name, tree in self.children.items()
        }

    def parts(self, cell: Cell) -> Iterator[Part]:
        """Yield the finest numbers that a cell adds up: no table crosses age and sex."""
        place, age, sex = cell
        by = "sexe" if sex != WHOLE else "age"
        for where in self.leaves["place"][place]:
            for band in self.leaves[by][sex if by == "sexe" else age]:
                yield where, by, band


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def _cell(row: Mapping[str, str]) -> Cell:
    return row["place"], row["age"], row["sexe"]


def _codes(tree: Mapping[str, list[str]]) -> set[str]:
    return {*tree, *(child for children in tree.values() for child in children)}


def _leaves(tree: Mapping[str, list[str]], code: str) -> Iterator[str]:
    if not tree.get(code):
        yield code
        return
    for child in tree[code]:
        yield from _leaves(tree, child)


def breaches(files: Files, attack: Attack, periods: Iterable[str] | None = None) -> list[Breach]:
    """Return every protected count that the attack narrows below the protection width."""
    wanted = None if periods is None else set(periods)
    return [
        breach
        for measure, period in sorted(files.cells)
        if wanted is None or period in wanted
        for breach in _breaches_of(files, attack, measure, period)
    ]


def _breaches_of(files: Files, attack: Attack, measure: str, period: str) -> Iterator[Breach]:
    truth = files.truth[measure, period]
    own = files.of_gem.get((attack.insider, measure, period), {})
    protected = {
        cell: count
        for cell, count in truth.items()
        if 0 < count - own.get(cell, 0) < files.rules["threshold"]
    }
    if attack.insider:
        # Far from their own GEM, an insider knows no more than anyone.
        protected = {cell: count for cell, count in protected.items() if cell in own}
    if not protected:
        return
    known = _Known(files, attack, measure, period, own)
    for cell, count in sorted(protected.items()):
        low, high = known.range_of(cell)
        if high - low < files.rules["width"] - ALMOST:
            yield Breach(measure, period, cell, count, low, high)


class _Known:
    """What an attacker knows of one measure and one closing, as linear bounds on the parts."""

    def __init__(
        self, files: Files, attack: Attack, measure: str, period: str, own: Mapping[Cell, int]
    ) -> None:
        self.files = files
        places = files.leaves["place"]["FR"]
        parts = [
            (place, by, band)
            for place in places
            for by in ("age", "sexe")
            for band in files.leaves[by][WHOLE]
        ]
        self.rank = {part: rank for rank, part in enumerate(parts)}
        bounds = dict(_bounds(files, attack, measure, period))
        rows = np.array([self._row(cell) for cell in bounds]).reshape(-1, len(parts))
        # The insider takes their own people away from every sum they are in.
        mine = np.array([own.get(cell, 0) for cell in bounds], dtype=float)
        edges = np.array(list(bounds.values()), dtype=float).reshape(-1, 2)
        self.above = csr_matrix(np.vstack([rows, -rows]))
        self.limits = np.concatenate([edges[:, 1] - mine, mine - edges[:, 0]])
        # Ages and sexes of a place are those of the same people.
        self.same = csr_matrix([self._ages_less_sexes(place) for place in places])
        self.nothing = np.zeros(len(places))

    def _row(self, cell: Cell) -> np.ndarray:
        row = np.zeros(len(self.rank))
        for part in self.files.parts(cell):
            row[self.rank[part]] = 1
        return row

    def _ages_less_sexes(self, place: str) -> np.ndarray:
        row = np.zeros(len(self.rank))
        for (where, by, _), rank in self.rank.items():
            if where == place:
                row[rank] = 1 if by == "age" else -1
        return row

    def range_of(self, cell: Cell) -> tuple[float, float]:
        """Return the lowest and highest values the cell can have, own people left out."""
        row = self._row(cell)
        return self._edge(row), -self._edge(-row)

    def _edge(self, row: np.ndarray) -> float:
        found = linprog(
            row, self.above, self.limits, self.same, self.nothing, bounds=(0, None), method="highs"
        )
        if found.status == 3:
            return float("-inf")
        if not found.success:
            raise AssertionError(f"the published tables contradict themselves: {found.message}")
        return float(found.fun)


def _bounds(
    files: Files, attack: Attack, measure: str, period: str
) -> Iterator[tuple[Cell, tuple[float, float]]]:
    """Yield what is known of each cell: (lowest, highest)."""
    truth, shown = files.truth[measure, period], files.shown[measure, period]
    display = files.rules["display"]
    for cell, value in shown.items():
        if attack.exact:
            yield cell, (truth[cell], truth[cell])
            continue
        half, lag = display["base"] / 2, display["lag"] - 1
        low = value - half - lag if value > display["smallest"] else 0
        yield cell, (max(low, display["hidden_under"]), value + half - 1 + lag)
    if measure not in files.rules["stock_measures"] or not attack.exact:
        return
    for cell in files.cells[measure, period] - shown.keys():
        near = [
            files.truth[measure, other][cell]
            for (name, other), cells in files.shown.items()
            if name == measure and other[:4] == period[:4] and cell in cells
        ]
        # An attacker who is wrong about the drift finds nothing true.
        if near and min(abs(count - truth[cell]) for count in near) <= DRIFT:
            yield cell, (truth[cell] - DRIFT, truth[cell] + DRIFT)
