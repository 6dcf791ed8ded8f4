"""What outsiders may read of people: the tables of the monthly closings, and nothing else."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from espace.disclosure.exporting import cell_rows, gem_rows, truth_rows
from espace.disclosure.models import FrozenGem, Release
from espace.disclosure.rules import published
from espace.disclosure.rules.closing import GemPeople, People, key
from espace.disclosure.rules.counts import region_code
from espace.disclosure.signing import is_whole
from espace.groups.territory import departements
from espace.indicators.rules import month_period

_MADE_HERE = object()


class TamperedError(Exception):
    """A published table is not what its closing made: it is not shown."""


@dataclass(frozen=True)
class DisclosedTable:
    """One published table of one closing: the only thing about people a page for others takes.

    Made by this module only, from what a closing stored. ``cells``: « place|category » -> number
    rounded to ten, None when hidden. ``gems``: by place, (GEM counted, GEM here).
    """

    name: str
    measure: str
    month: date
    made_at: datetime
    categories: tuple[str, ...]
    cells: Mapping[str, int | None]
    gems: Mapping[str, tuple[int, int]]
    corrected_gems: int
    _proof: object = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self._proof is not _MADE_HERE:
            raise TypeError("a DisclosedTable is read from a closing, never made")

    def value(self, place: str, category: str = published.ALL) -> int | None:
        """Return the published number of a cell, None when it is hidden or not in the table."""
        return self.cells.get(key(place, category))

    @property
    def places(self) -> tuple[str, ...]:
        """Return the places of the table, the nation first."""
        return tuple(dict.fromkeys(cell.split("|")[0] for cell in self.cells))


def closed_months(last: int | None = None) -> list[date]:
    """Return the published months, newest first, ``last`` at most. One SQL query."""
    return list(Release.objects.values_list("month", flat=True)[:last])


def disclosed(name: str, month: date | None = None) -> DisclosedTable | None:
    """Return a published table of a month, by default the newest; None when there is none.

    Raises KeyError for a table that is not of the list, TamperedError. One SQL query.
    """
    return disclosed_together([name], month).get(name)


def disclosed_together(
    names: Collection[str], month: date | None = None
) -> dict[str, DisclosedTable]:
    """Return several published tables of a month; empty when it is not published. One SQL query."""
    known = [published.table(name) for name in names]
    rows = Release.objects.all()
    if month:
        rows = rows.filter(month=month.replace(day=1))
    return {one.name: one for release in _whole(rows[:1]) for one in _tables(release, known)}


def disclosed_series(name: str, last: int) -> list[DisclosedTable]:
    """Return a published table of the ``last`` closings, oldest first. One SQL query."""
    return disclosed_series_together([name], last)[name]


def disclosed_series_together(names: Collection[str], last: int) -> dict[str, list[DisclosedTable]]:
    """Return several published tables of the ``last`` closings, oldest first. One SQL query."""
    known = [published.table(name) for name in names]
    found: dict[str, list[DisclosedTable]] = {name: [] for name in names}
    for release in reversed(_whole(Release.objects.all()[:last])):
        for one in _tables(release, known):
            found[one.name].append(one)
    return found


_WHOLE: OrderedDict[tuple[Any, ...], "_Checked"] = OrderedDict()
MOST_KEPT = 64


@dataclass(frozen=True)
class _Checked:
    """What one closing published, once its signature was checked."""

    month: date
    made_at: datetime
    tables: Mapping[str, Mapping[str, int | None]]
    gems: Mapping[str, tuple[int, int]]
    corrected_gems: int


def _whole(rows: QuerySet[Release]) -> list[_Checked]:
    """Return releases whose signature was checked. Raises TamperedError.

    One SQL query, one more for those this process did not check yet. What was checked is kept by
    its signature, which is of everything published: whatever is written in the table afterwards,
    this process goes on showing what the closing made, and the next one refuses it.
    """
    stored = list(rows.values_list("pk", "made_at", "signature"))
    # Held here too: another thread may push one out of what is kept before we are done.
    known = {row: kept for row in stored if (kept := _WHOLE.get(row))}
    unknown = [row[0] for row in stored if row not in known]
    for one in Release.objects.filter(pk__in=unknown) if unknown else ():
        if not is_whole(one):
            raise TamperedError(one.month)
        gems = {place: (counted, here) for place, (counted, here) in one.places.items()}
        known[one.pk, one.made_at, one.signature] = _Checked(
            one.month, one.made_at, one.tables, gems, one.corrected_gems
        )
    _WHOLE.update(known)
    found = [known[row] for row in stored]
    while len(_WHOLE) > MOST_KEPT:
        _WHOLE.popitem(last=False)
    return found


def _tables(release: _Checked, known: Sequence[published.Table]) -> Iterator[DisclosedTable]:
    """Yield tables of a release that was checked."""
    for table in known:
        yield DisclosedTable(
            name=table.name,
            measure=table.measure,
            month=release.month,
            made_at=release.made_at,
            categories=table.codes,
            cells=release.tables[table.name],
            gems=release.gems,
            corrected_gems=release.corrected_gems,
            _proof=_MADE_HERE,
        )


# --- Everything that is published, as rows ---


@dataclass(frozen=True)
class Publication:
    """The rows of the last closings (``exporting``); ``truth`` and ``of_gem`` only when asked.

    ``places`` holds (région, département) codes.
    """

    months: list[date]
    cells: list[tuple[str, ...]]
    places: set[tuple[str, str]]
    truth: list[tuple[str, ...]]
    of_gem: list[tuple[str, ...]]


def publication(last: int, *, with_truth: bool = False) -> Publication:
    """Return the published cells of the ``last`` closings, oldest first.

    ``with_truth`` adds exact counts: for audits, on demonstration data.
    """
    found = Publication([], [], set(), [], [])
    for release in reversed(Release.objects.all()[:last]):
        if not is_whole(release):
            raise TamperedError(release.month)
        period = str(month_period(release.month))
        found.months.append(release.month)
        found.cells.extend(cell_rows(period, release.tables))
        found.places.update(_departements(release))
        if with_truth:
            gems = _frozen(release)
            found.truth.extend(truth_rows(period, gems, release.tables))
            found.of_gem.extend(gem_rows(period, gems))
    return found


def _departements(release: Release) -> set[tuple[str, str]]:
    known = departements()
    return {
        (region_code(known[place[1:]].region), place)
        for place in release.places
        if place.startswith("D")
    }


def _frozen(release: Release) -> list[GemPeople]:
    return [
        GemPeople(
            gem=str(row.gem_id),
            region=row.region_code,
            departement=row.departement_code,
            people={
                code: People(tuple(bands["ages"]), tuple(bands["sexes"]))
                for code, bands in row.people.items()
            },
            passages=row.passages,
        )
        for row in FrozenGem.objects.filter(release=release).order_by("gem").iterator()
    ]
