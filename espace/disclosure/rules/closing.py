"""A monthly closing: from the exact counts of each GEM to what outsiders will read. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from espace.disclosure.rules import published, values
from espace.disclosure.rules.counts import (
    NATION,
    Bands,
    Counts,
    GemCount,
    departement_code,
    region_code,
)
from espace.disclosure.rules.hiding import hidden_rows, hidden_totals
from espace.disclosure.rules.published import AGES, ALL, SEXES, WIDER_AGES

Cells = Mapping[str, int | None]
"""« place|category » -> published number, None when hidden."""


@dataclass(frozen=True)
class People:
    """One measure of people in one GEM, by age and by sex: both add up to the same total."""

    ages: Bands
    sexes: Bands


@dataclass(frozen=True)
class GemPeople:
    """The exact counts of one GEM over the month, its months finished.

    ``people`` is by measure; a measure that the GEM does not know is absent. ``passages`` is None
    when it is not known.
    """

    gem: str
    region: str
    departement: str
    people: Mapping[str, People]
    passages: int | None


@dataclass(frozen=True)
class Memory:
    """What a closing hands over to the next one; exact, so it never leaves the closing.

    ``references`` by table then cell key; ``hidden`` by table, places.
    """

    references: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hidden: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Closed:
    """What a closing made: ``tables`` may be read by anyone, ``memory`` by the next closing."""

    tables: Mapping[str, Cells]
    memory: Memory


def key(place: str, category: str = ALL) -> str:
    """Return the key of a cell."""
    return f"{place}|{category}"


def close(gems: Sequence[GemPeople], before: Memory, *, new_year: bool = False) -> Closed:
    """Return every published table of a month. ``before`` is the memory of the last closing.

    ``new_year``: memberships begin again, so that what was hidden of them need not stay so.
    """
    places = places_of(gems)
    tables: dict[str, Cells] = {}
    references: dict[str, Mapping[str, int]] = {}
    hidden: dict[str, frozenset[str]] = {}
    for measure in published.PEOPLE_MEASURES:
        is_kept = measure in published.STOCK_MEASURES and not new_year
        hidden |= _hidden_of(measure, gems, before.hidden, is_kept)
    hidden[published.PASSAGES] = _hidden_passages(gems, hidden, before.hidden)
    for table in published.TABLES:
        counts = _counts(table, gems)
        exact = {
            key(place, code): count
            for place, behind in counts.behind.items()
            if place not in hidden[table.name] and place in _reached(table, places)
            for code, count in zip(table.codes, behind.bands, strict=True)
        }
        references[table.name] = values.references(exact, before.references.get(table.name, {}))
        tables[table.name] = {
            key(place, code): _shown(references[table.name], key(place, code))
            for place in _reached(table, places)
            for code in table.codes
        }
    return Closed(tables, Memory(references, hidden))


def _shown(references: Mapping[str, int], cell: str) -> int | None:
    return values.published(references[cell]) if cell in references else None


def places_of(gems: Iterable[GemPeople]) -> tuple[str, ...]:
    """Return the places where a GEM stands, the nation first, then régions, then départements."""
    rows = list(gems)
    regions = sorted({region_code(one.region) for one in rows})
    return (NATION, *regions, *sorted({departement_code(one.departement) for one in rows}))


def _reached(table: published.Table, places: Sequence[str]) -> list[str]:
    """Return the places of a table: one with wider bands under the régions holds only those."""
    if table.reach is published.Reach.REGIONS:
        return [place for place in places if not place.startswith("D")]
    if table.dimension is published.Dimension.NONE:
        return list(places)
    return [place for place in places if place.startswith("D")]


def _hidden_of(
    measure: str,
    gems: Sequence[GemPeople],
    before: Mapping[str, Collection[str]],
    is_kept: bool,
) -> dict[str, frozenset[str]]:
    """Return the hidden places of the tables of one measure."""
    ages, wider, sexes = (f"{measure}-{name}" for name in ("age", "age-dep", "sexe"))
    by_age, by_wider, by_sex = (
        _counts(published.table(name), gems) for name in (ages, wider, sexes)
    )
    above = [place for place in by_age.behind if not place.startswith("D")]

    def last(name: str) -> tuple[Collection[str], Collection[str]]:
        hidden = before.get(name, ())
        return hidden, hidden if is_kept else ()

    found = {measure: hidden_totals(by_age, *last(measure))}
    found[wider] = hidden_rows(by_wider, found[measure], *last(wider))
    # Four bands say what three do: a row hidden in three is hidden in four.
    found[ages] = hidden_rows(by_age, found[measure] | found[wider], *last(ages), places=above)
    found[sexes] = hidden_rows(by_sex, found[measure], *last(sexes), places=above)
    return found


def _hidden_passages(
    gems: Sequence[GemPeople],
    hidden: Mapping[str, Collection[str]],
    before: Mapping[str, Collection[str]],
) -> frozenset[str]:
    """Return the places whose passages are hidden: at least those whose people are."""
    follow = published.PASSAGES_FOLLOW
    shown = _counts(published.table(follow), gems).behind.keys() - hidden[follow]
    counts = _counts(published.table(published.PASSAGES), gems)
    silent = counts.behind.keys() - shown
    return hidden_totals(counts, before.get(published.PASSAGES, ()), silent)


def _counts(table: published.Table, gems: Iterable[GemPeople]) -> Counts:
    return Counts(
        GemCount(one.gem, one.region, one.departement, bands)
        for one in gems
        if (bands := bands_of(table, one)) is not None
    )


def bands_of(table: published.Table, one: GemPeople) -> Bands | None:
    """Return the exact counts of one GEM in the categories of a table, None when not known."""
    if table.measure == published.PASSAGES:
        return None if one.passages is None else (one.passages,)
    people = one.people.get(table.measure)
    if people is None:
        return None
    if table.categories == SEXES:
        return people.sexes
    if table.categories == AGES:
        return people.ages
    if table.categories == WIDER_AGES:
        return published.merged(people.ages, AGES, WIDER_AGES)
    return (sum(people.ages),)
