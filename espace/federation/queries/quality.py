"""What moves in the network, where it is, and where its figures are missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.queries.network import finished_in
from espace.core.clock import today
from espace.groups.choices import GemStatus
from espace.groups.queries.counted import PlacedGem, gems_in
from espace.groups.queries.states import StateChange, changes_since
from espace.groups.territory import departements, departements_map, normalised, regions
from espace.indicators.queries import definition
from espace.indicators.rules import month_period, number_fr, shift_date, year_period
from espace.territories.choices import NATION, Level
from espace.territories.queries import organisation_figures

MOVES_DAYS, MOST_MOVES = 90, 40
WATCHED = ("OUV-01", "ACT-01", "DEM-01", "BUD-01", "RHU-01", "PAR-01", "QUA-11")
"""One figure of each part of a GEM's life: when it is missing, that part is not written."""
CLASSES = ((0, "0"), (1, "1 ou 2"), (3, "3 à 9"), (10, "10 et plus"))


@dataclass(frozen=True)
class Land:
    """A département of the map and of the list."""

    code: str
    name: str
    region: str
    gems: int
    rank: int
    shape: str


@dataclass(frozen=True)
class MapPage:
    """Where the GEM that are open stand. ``classes`` are the words of the colours."""

    lands: tuple[Land, ...]
    by_region: tuple[tuple[str, int, tuple[Land, ...]], ...]
    empty: tuple[str, ...]
    total: int
    view_box: str
    source: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """A région: its GEM, those in Mon Espace, those that finished the month, what is known."""

    name: str
    open_gems: int
    here: int
    finished: int
    known: tuple[int, ...]


@dataclass(frozen=True)
class QualityPage:
    """Where figures are missing, région by région, and how well they are kept."""

    month: str
    year: int
    watched: tuple[str, ...]
    rows: tuple[Coverage, ...]
    total: Coverage
    told: tuple[tuple[str, str, str], ...]


def moves(actor: Actor) -> list[StateChange]:
    """Return what changed state in the last three months. One SQL query."""
    return changes_since(actor, today() - timedelta(days=MOVES_DAYS), MOST_MOVES)


def map_page(actor: Actor) -> MapPage:
    """Return the map and its list. One SQL query."""
    require(actor, "groups.see_network")
    shapes = departements_map()
    counted = _by_departement(_open())
    lands = tuple(
        Land(
            one.code,
            one.name,
            one.region,
            counted.get(one.code, 0),
            _class_of(counted.get(one.code, 0)),
            shapes.shapes.get(one.code, ""),
        )
        for one in departements().values()
    )
    by_region = []
    for region in sorted(regions().values(), key=lambda one: normalised(one.name)):
        inside = tuple(sorted((o for o in lands if o.region == region.code), key=lambda o: o.name))
        if any(one.gems for one in inside):
            by_region.append((region.name, sum(one.gems for one in inside), inside))
    return MapPage(
        lands=lands,
        by_region=tuple(by_region),
        empty=tuple(sorted((one.name for one in lands if not one.gems), key=normalised)),
        total=sum(one.gems for one in lands),
        view_box=shapes.view_box,
        source=shapes.source,
        classes=tuple(words for _fewest, words in CLASSES),
    )


def quality_page(actor: Actor) -> QualityPage:
    """Return where figures are missing. Six SQL queries, whatever the number of GEM."""
    require(actor, "groups.run_network")
    day = today()
    month = month_period(shift_date(day.replace(day=1), -1, "month"))
    gems = _open()
    done = finished_in(month.start)
    year = year_period(day.year)
    codes = sorted(regions())
    told = organisation_figures(Level.REGION, codes, year, WATCHED)
    nation = organisation_figures(Level.NATION, [NATION], year, ("QUA-01", "QUA-05", "QUA-11"))
    rows = []
    for code in codes:
        inside = [gem for gem in gems if gem.region_code == code]
        if inside:
            known = tuple(told[code, one].gems for one in WATCHED)
            rows.append(_coverage(regions()[code].name, inside, done, known))
    rows.sort(key=lambda one: normalised(one.name))
    totals = tuple(sum(one.known[rank] for one in rows) for rank in range(len(WATCHED)))
    return QualityPage(
        month=month.label_fr(),
        year=day.year,
        watched=tuple(definition(code).label_fr for code in WATCHED),
        rows=tuple(rows),
        total=_coverage("France", gems, done, totals),
        told=tuple(
            (
                definition(code).label_fr,
                "" if one.value is None else f"{number_fr(one.value)} {definition(code).unit}",
                str(one.gems),
            )
            for (_place, code), one in nation.items()
        ),
    )


def _open() -> list[PlacedGem]:
    return [one for one in gems_in(list(departements())) if one.status == GemStatus.ACTIF]


def _by_departement(gems: list[PlacedGem]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for one in gems:
        found[one.departement_code] = found.get(one.departement_code, 0) + 1
    return found


def _class_of(gems: int) -> int:
    return max(rank for rank, (fewest, _words) in enumerate(CLASSES) if gems >= fewest)


def _coverage(
    name: str, gems: list[PlacedGem], done: frozenset[UUID], known: tuple[int, ...]
) -> Coverage:
    return Coverage(
        name=name,
        open_gems=len(gems),
        here=sum(one.is_here for one in gems),
        finished=sum(one.id in done for one in gems),
        known=known,
    )
