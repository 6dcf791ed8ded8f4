"""How the figures of GEM add up to a place: the catalogue's roll-up rules, in whole numbers.

A number is kept as a whole count of millionths (``MILLIONTH``): sums are exact whatever their
order, so that the GEM, the départements, the régions and the nation add up to the same thing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Protocol

from espace.indicators.rules import (
    Measure,
    Period,
    State,
    Value,
    month_period,
    quarter_period,
    year_period,
)

MILLIONTH = Decimal("0.000001")
CENT = Decimal("0.01")
YEARS_KEPT = 6
PERCENT = 100
FEWEST_FOR_QUARTILES = 8
"""Catalogue, roll-up rule « median_of_gems »: quartiles from eight GEM on."""


class Rollup(StrEnum):
    """The catalogue's roll-up rules; ``none`` never leaves the GEM."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    MEDIAN_OF_GEMS = "median_of_gems"
    SHARE_OF_GEMS = "share_of_gems"
    DISTINCT = "distinct"
    NONE = "none"


class Summed(Protocol):
    """How an indicator adds up. ``rollup`` is a ``Rollup``; ``factor`` is 100 for a percentage."""

    @property
    def rollup(self) -> str: ...
    @property
    def about_people(self) -> bool: ...
    @property
    def factor(self) -> int: ...


GemCell = list[int]
"""[numerator, denominator, 1 when the GEM finished its months else 0], in millionths."""
PlaceCell = list[int | None]
"""Sums: [numerator, denominator, GEM counted, GEM with finished months].

Medians: [median, first quartile, third quartile, GEM counted, GEM with finished months].
"""
GemCells = Mapping[str, GemCell]
PlaceCells = Mapping[str, PlaceCell]
Histogram = Mapping[str, Mapping[str, list[int]]]
"""Per median: value in millionths (as text, JSON keys are) -> [GEM, GEM with finished months]."""


@dataclass(frozen=True)
class PlaceSums:
    """Every figure of one place over one period. ``gems`` is how many GEM stand behind."""

    gems: int
    cells: PlaceCells
    histogram: Histogram


@dataclass(frozen=True)
class Figure:
    """One indicator of one place. ``value`` is None when nothing is known.

    ``gems`` counts the GEM in it (QUA-06), ``finished`` those whose months are all finished.
    Shares are in percent. Quartiles are None under eight GEM, and for what is not a median.
    """

    value: Decimal | None
    gems: int
    finished: int
    first_quartile: Decimal | None = None
    third_quartile: Decimal | None = None


def kept_periods(
    today: date, opened_on: date | None = None, closed_on: date | None = None
) -> tuple[Period, ...]:
    """Return the months, quarters and years of the last six years while the GEM was there."""
    first = date(today.year - YEARS_KEPT + 1, 1, 1)
    begins = max(first, opened_on) if opened_on else first
    ends = min(today, closed_on) if closed_on else today
    return tuple(
        period
        for year in range(first.year, today.year + 1)
        for period in _periods_of(year)
        if period.end >= begins and period.start <= ends
    )


def _periods_of(year: int) -> Iterator[Period]:
    for month in range(1, 13):
        yield month_period(date(year, month, 1))
    for quarter in range(1, 5):
        yield quarter_period(year, quarter)
    yield year_period(year)


def first_of_last_month(today: date) -> date:
    """Return the day since when a new day may change a figure: « to this day » moves on."""
    return month_period(today.replace(day=1)).previous().start


def stale_since(periods: Iterable[Period], since: date) -> tuple[Period, ...]:
    """Return the periods that a fact of ``since`` may change: formulas look back, never ahead."""
    return tuple(period for period in periods if period.end >= since.replace(day=1))


def gem_cell(how: Summed, measure: Measure) -> GemCell | None:
    """Return what one GEM brings to its place, None when it is not counted.

    A figure about people counts once its months are finished (decision 3); one about the
    organisation counts as soon as it is known.
    """
    final = measure.state is State.OK
    if how.rollup == Rollup.NONE or measure.value is None:
        return None
    if not final and (how.about_people or measure.state is not State.RUNNING):
        return None
    if how.rollup == Rollup.MEDIAN_OF_GEMS:
        above, below = rounded(measure.value), 0
    elif how.rollup == Rollup.SHARE_OF_GEMS and measure.denominator is None:
        above, below = millionths(bool(measure.value)), millionths(True)
    else:
        above, below = millionths(measure.numerator), millionths(measure.denominator)
    return [above, below, int(final)]


def millionths(value: Value) -> int:
    """Return a value as a whole count of millionths; None is 0, « oui » is 1."""
    if value is None:
        return 0
    return int((Decimal(value) / MILLIONTH).to_integral_value(ROUND_HALF_EVEN))


def rounded(value: Value) -> int:
    """Return a value rounded to a hundredth, in millionths: a median needs no more."""
    return millionths(Decimal(value or 0).quantize(CENT, ROUND_HALF_EVEN))


def departement_figures(known: Mapping[str, Summed], gems: Iterable[GemCells]) -> PlaceSums | None:
    """Return the figures of a département from those of its GEM; None without any GEM."""
    cells: dict[str, list[int]] = {}
    histogram: dict[str, dict[str, list[int]]] = {}
    count = 0
    for one in gems:
        count += 1
        for code, (above, below, final) in one.items():
            if code not in known:
                # It left the catalogue; the GEM's row will forget it at its next turn.
                continue
            if known[code].rollup == Rollup.MEDIAN_OF_GEMS:
                bar = histogram.setdefault(code, {}).setdefault(str(above), [0, 0])
                bar[0] += 1
                bar[1] += final
                continue
            total = cells.setdefault(code, [0, 0, 0, 0])
            total[0] += above
            total[1] += below
            total[2] += 1
            total[3] += final
    for code, total in cells.items():
        if known[code].rollup == Rollup.DISTINCT:
            # One département is one value, however many GEM stand there.
            total[0] = min(total[0], millionths(True))
    return PlaceSums(count, _with_medians(cells, histogram), histogram) if count else None


def figures_above(known: Mapping[str, Summed], places: Iterable[PlaceSums]) -> PlaceSums | None:
    """Return the figures of a région or the nation from its places; None without any GEM."""
    cells: dict[str, list[int]] = {}
    histogram: dict[str, dict[str, list[int]]] = {}
    gems = 0
    for place in places:
        gems += place.gems
        for code, cell in place.cells.items():
            if code not in known or known[code].rollup == Rollup.MEDIAN_OF_GEMS:
                continue
            total = cells.setdefault(code, [0, 0, 0, 0])
            for rank, part in enumerate(cell):
                total[rank] += part or 0
        for code, bars in place.histogram.items():
            kept = histogram.setdefault(code, {})
            for value, (count, final) in bars.items():
                bar = kept.setdefault(value, [0, 0])
                bar[0] += count
                bar[1] += final
    return PlaceSums(gems, _with_medians(cells, histogram), histogram) if gems else None


def _with_medians(cells: Mapping[str, list[int]], histogram: Histogram) -> dict[str, PlaceCell]:
    found: dict[str, PlaceCell] = {code: list(cell) for code, cell in cells.items()}
    for code, bars in histogram.items():
        ordered = sorted((int(value), count) for value, (count, _) in bars.items())
        gems = sum(count for _, count in ordered)
        enough = gems >= FEWEST_FOR_QUARTILES
        found[code] = [
            _quantile(ordered, gems, 2),
            _quantile(ordered, gems, 1) if enough else None,
            _quantile(ordered, gems, 3) if enough else None,
            gems,
            sum(final for _, final in bars.values()),
        ]
    return found


def _quantile(ordered: list[tuple[int, int]], count: int, quarters: int) -> int:
    """Return the value under which ``quarters`` quarters stand, straight between two neighbours."""
    place, rest = divmod((count - 1) * quarters, 4)
    low, high = _at(ordered, place), _at(ordered, min(place + 1, count - 1))
    return low + (high - low) * rest // 4


def _at(ordered: list[tuple[int, int]], rank: int) -> int:
    for value, count in ordered:
        if rank < count:
            return value
        rank -= count
    raise IndexError(rank)


def gems_counted(how: Summed, cell: PlaceCell | None) -> int:
    """Return how many GEM are in a cell of a place."""
    if cell is None:
        return 0
    return (cell[3] if how.rollup == Rollup.MEDIAN_OF_GEMS else cell[2]) or 0


def figure(how: Summed, cell: PlaceCell | None) -> Figure:
    """Return what may be said of a cell of a place; nothing to divide by is nothing to say."""
    if cell is None:
        return Figure(None, 0, 0)
    if how.rollup == Rollup.MEDIAN_OF_GEMS:
        middle, first, third, gems, finished = cell
        return Figure(_decimal(middle), gems or 0, finished or 0, _decimal(first), _decimal(third))
    above, below, gems, finished = (part or 0 for part in cell)
    if how.rollup in (Rollup.SUM, Rollup.DISTINCT):
        return Figure(_decimal(above), gems, finished)
    # « oui / non » of one GEM becomes a share of GEM above it, always in percent.
    factor = PERCENT if how.rollup == Rollup.SHARE_OF_GEMS else how.factor
    value = Decimal(above) / below * factor if below else None
    return Figure(value, gems, finished)


def _decimal(count: int | None) -> Decimal | None:
    return None if count is None else count * MILLIONTH


FEWEST_GEM = 3
"""A figure of one or two GEM is a named GEM's: it leaves only when that GEM sends it."""


def places_told(counted: Mapping[str, int]) -> frozenset[str]:
    """Return which places of one parent may tell a figure that adds up.

    ``counted`` is how many GEM are in the figure, by place. Those of one or two GEM are not told;
    nor is the smallest of the others while what is left untold, taken from the parent, would be
    that of fewer than three GEM.

    >>> sorted(places_told({"29": 5, "56": 3, "22": 1}))
    ['29']
    >>> sorted(places_told({"29": 5, "56": 3, "22": 0}))
    ['29', '56']
    """
    told = {code for code, gems in counted.items() if gems >= FEWEST_GEM}
    left = sum(gems for code, gems in counted.items() if code not in told)
    while 0 < left < FEWEST_GEM and told:
        smallest = min(told, key=lambda code: (counted[code], code))
        told.remove(smallest)
        left += counted[smallest]
    return frozenset(told)
