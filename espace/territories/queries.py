"""What others may read of organisations, live: never of people (the monthly closing says those)."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date

from django.db.models import Q

from espace.groups.territory import departements
from espace.indicators.queries import Summed, summed
from espace.indicators.rules import Period
from espace.territories import rules
from espace.territories.choices import NATION, Level
from espace.territories.models import GemFigures, PlaceFigures
from espace.territories.rules import (
    FEWEST_GEM,
    Figure,
    PlaceCells,
    figure,
    gems_counted,
    places_told,
)

Cells = Mapping[str, PlaceCells]
Span = tuple[date, date]


def organisation_figures(
    level: Level, places: Collection[str], period: Period, codes: Collection[str], public: str = ""
) -> Mapping[tuple[str, str], Figure]:
    """Return, by (place, code), the figures of organisations over a period. One SQL query.

    ``public`` keeps the GEM of one public only (two SQL queries). A figure of fewer than three GEM
    has no value, nor one from which theirs could be taken away. Raises KeyError for a code that is
    about people, or that does not add up.
    """
    known = _of_organisations(codes)
    around = _around(level, places, [period])[period.start, period.end]
    shown = _of_public(level, period, public, known) if public else around[level]
    return _figures(level, places, known, around, shown)


def organisation_series(
    level: Level, place: str, periods: Sequence[Period], codes: Collection[str]
) -> Mapping[tuple[Period, str], Figure]:
    """Return, by (period, code), the figures of one place over several periods. One SQL query.

    Hides and refuses as ``organisation_figures`` does.
    """
    known = _of_organisations(codes)
    around = _around(level, [place], periods)
    found = {}
    for period in periods:
        here = around[period.start, period.end]
        for (_place, code), one in _figures(level, [place], known, here, here[level]).items():
            found[period, code] = one
    return found


def _of_organisations(codes: Collection[str]) -> Mapping[str, Summed]:
    known = {code: summed()[code] for code in codes}
    about_people = sorted(code for code, how in known.items() if how.about_people)
    if about_people:
        raise KeyError(f"about people: {about_people}")
    return known


def _figures(
    level: Level,
    places: Collection[str],
    known: Mapping[str, Summed],
    around: Mapping[Level, Cells],
    shown: Cells,
) -> Mapping[tuple[str, str], Figure]:
    found = {}
    for code, how in known.items():
        cells = {place: shown.get(place, {}).get(code) for place in {*shown, *places}}
        gems = {place: gems_counted(how, cell) for place, cell in cells.items()}
        told = _told(level, _gems(how, code, around.get(Level.REGION, {})), gems)
        if shown is not around[level]:
            told = _without_the_rest(told, gems, _gems(how, code, around[level]))
        for place in places:
            hidden = Figure(None, gems[place], 0)
            found[place, code] = figure(how, cells[place]) if place in told else hidden
    return found


def _gems(how: Summed, code: str, cells: Cells) -> dict[str, int]:
    return {place: gems_counted(how, each.get(code)) for place, each in cells.items()}


def _around(
    level: Level, places: Collection[str], periods: Sequence[Period]
) -> Mapping[Span, Mapping[Level, Cells]]:
    """Return the cells of these places, of those beside them and, for départements, above them."""
    spans = {(one.start, one.end) for one in periods}
    rows = PlaceFigures.objects.filter(start__in={start for start, _ in spans})
    if level == Level.DEPARTEMENT:
        wanted = {_region_of(place) for place in places}
        rows = rows.filter(Q(level=Level.REGION) | Q(level=level, region_code__in=wanted))
    else:
        rows = rows.filter(level=level)
    found: dict[Span, dict[Level, dict[str, PlaceCells]]] = {span: {level: {}} for span in spans}
    read = rows.filter(end__in={end for _, end in spans}).order_by()
    for start, end, one, code, cells in read.values_list("start", "end", "level", "code", "cells"):
        # A month and a year may start, or end, on the same day.
        if (start, end) in found:
            found[start, end].setdefault(Level(one), {})[code] = cells
    return found


def _told(level: Level, in_regions: Mapping[str, int], gems: Mapping[str, int]) -> Set[str]:
    """Return the places that tell a figure: see ``rules.places_told``.

    ``in_regions`` is how many GEM are in the figure of each région, ``gems`` in each place shown. A
    département tells nothing when its région does not: all of them together would tell it.
    """
    if level == Level.NATION:
        return {place for place, count in gems.items() if count >= FEWEST_GEM}
    if level == Level.REGION:
        return places_told(gems)
    regions = places_told(in_regions)
    families: dict[str, dict[str, int]] = {}
    for place, count in gems.items():
        families.setdefault(_region_of(place), {})[place] = count
    return {
        place
        for region, family in families.items()
        if region in regions
        for place in places_told(family)
    }


def _without_the_rest(
    told: Set[str], gems: Mapping[str, int], everyone: Mapping[str, int]
) -> Set[str]:
    """Leave out the places where GEM of the other publics are one or two."""
    return {one for one in told if not 0 < everyone.get(one, 0) - gems[one] < FEWEST_GEM}


def _region_of(departement: str) -> str:
    known = departements().get(departement)
    return known.region if known else ""


def _of_public(level: Level, period: Period, public: str, known: Mapping[str, Summed]) -> Cells:
    """Add up the GEM of one public. One SQL query, over every GEM of that public."""
    rows = GemFigures.objects.filter(
        gem__public_focus=public, start=period.start, end=period.end
    ).order_by()
    lands: dict[tuple[str, str], list[rules.GemCells]] = {}
    for land, region, cells in rows.values_list("departement_code", "region_code", "cells"):
        kept = {code: cell for code, cell in cells.items() if code in known}
        lands.setdefault((region, land), []).append(kept)
    sums = {key: rules.departement_figures(known, gems) for key, gems in lands.items()}
    if level == Level.DEPARTEMENT:
        return {land: one.cells for (_, land), one in sums.items() if one}
    if level == Level.REGION:
        regions = {region for region, _ in sums}
        return _above(
            known, {code: [s for (r, _), s in sums.items() if r == code] for code in regions}
        )
    return _above(known, {NATION: sums.values()})


def _above(
    known: Mapping[str, Summed], places: Mapping[str, Iterable[rules.PlaceSums | None]]
) -> Cells:
    made = {
        code: rules.figures_above(known, [one for one in below if one is not None])
        for code, below in places.items()
    }
    return {code: one.cells for code, one in made.items() if one is not None}
