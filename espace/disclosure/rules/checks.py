"""The closing looks at itself before anyone else does: the same promises, checked another way.

Nothing here is shared with ``hiding``: it starts from the GEM again, place by place.
"""

from collections.abc import Iterator, Mapping, Sequence

from espace.disclosure.rules import published
from espace.disclosure.rules.closing import Cells, Closed, GemPeople, bands_of

FEWEST_PEOPLE, FEWEST_GEM, FEWEST_LEFT = 15, 3, 11
STEP, LARGEST_LAG, SMALLEST = 10, 2, 20


def failures(gems: Sequence[GemPeople], closed: Closed) -> list[str]:
    """Return every promise that a closing breaks, by table and place; none when it may go out."""
    found: list[str] = []
    for table in published.TABLES:
        cells = closed.tables[table.name]
        rows = _rows(table, gems)
        found += _half_rows(table, cells)
        for place, shares in rows.items():
            for code, share in zip(table.codes, zip(*shares, strict=True), strict=True):
                shown = cells.get(f"{place}|{code}")
                if shown is not None:
                    reference = closed.memory.references.get(table.name, {}).get(f"{place}|{code}")
                    why = _wrong_value(sum(share), reference, shown)
                    found += [f"{table.name} {place} {code}: {why}"] if why else []
        found += (f"{table.name} {why}" for why in _told_too_much(table, gems, rows, closed))
    people, passages = (
        closed.tables[name] for name in (published.PASSAGES_FOLLOW, published.PASSAGES)
    )
    found += (
        f"{published.PASSAGES} {cell}: shown where people are not"
        for cell, value in passages.items()
        if value is not None and people.get(cell) is None
    )
    return found


Shares = list[tuple[int, ...]]


def _rows(table: published.Table, gems: Sequence[GemPeople]) -> dict[str, Shares]:
    """Return, by place, the counts of each of its GEM where someone is counted."""
    found: dict[str, Shares] = {}
    for one in gems:
        bands = bands_of(table, one)
        if bands and any(bands):
            for place in ("FR", f"R{one.region}", f"D{one.departement}"):
                found.setdefault(place, []).append(bands)
    return found


def _half_rows(table: published.Table, cells: Cells) -> Iterator[str]:
    states: dict[str, set[bool]] = {}
    for key, value in cells.items():
        states.setdefault(key.split("|")[0], set()).add(value is None)
    for place, hidden in states.items():
        if len(hidden) > 1:
            yield f"{table.name} {place}: a row is half hidden"


def _too_small(shares: Shares) -> Iterator[str]:
    if len(shares) < FEWEST_GEM:
        yield f"{len(shares)} GEM"
    if any(map(_is_small, zip(*shares, strict=True))):
        yield "a number of few people, or that one GEM may take its own from"


def _wrong_value(count: int, reference: int | None, shown: int | None) -> str:
    if reference is None or shown is None:
        return "nothing stands behind it"
    if abs(count - reference) > LARGEST_LAG:
        return "it lags"
    if shown % STEP or shown < SMALLEST:
        return "it is not rounded"
    if abs(shown - reference) > STEP // 2 and shown != SMALLEST:
        return "it is rounded too far"
    return ""


def _told_too_much(
    table: published.Table, gems: Sequence[GemPeople], rows: Mapping[str, Shares], closed: Closed
) -> Iterator[str]:
    """What can be worked out must be safe; what cannot must hold enough people together."""
    below: dict[str, list[str]] = {}
    for place in rows:
        if place[0] == "R" or (place[0] == "D" and table.reach is published.Reach.DEPARTEMENTS):
            below.setdefault(_parent(place, gems), []).append(place)
    known = _known(table, rows, below, closed)
    for place in sorted(known):
        yield from (f"{place}: {why}" for why in _too_small(rows[place]))
    for parent, children in below.items():
        hidden = [share for one in children if one not in known for share in rows[one]]
        if (
            hidden
            and parent in known
            and any(_is_small(band) for band in zip(*hidden, strict=True))
        ):
            yield f"{parent}: what is hidden below holds too few people"


def _is_small(band: Sequence[int]) -> bool:
    return sum(band) < FEWEST_PEOPLE or sum(band) - max(band) < FEWEST_LEFT


def _known(
    table: published.Table,
    rows: Mapping[str, Shares],
    below: Mapping[str, Sequence[str]],
    closed: Closed,
) -> set[str]:
    """Return the places whose row anyone knows: shown, or worked out by adding or subtracting.

    The three bands of a région are not published: they are read in its four.
    """
    known = {place for place in rows if _is_shown(closed.tables[table.name], place)}
    finer = closed.tables.get(table.name.removesuffix("-dep"), {})
    known |= {place for place in rows if place[0] != "D" and _is_shown(finer, place)}
    size = -1
    while size != len(known):
        size = len(known)
        for parent, children in below.items():
            unknown = [one for one in children if one not in known]
            if not unknown:
                known.add(parent)
            if parent in known and len(unknown) == 1:
                known.add(unknown[0])
    return known


def _parent(place: str, gems: Sequence[GemPeople]) -> str:
    if place.startswith("R"):
        return "FR"
    return next(f"R{one.region}" for one in gems if f"D{one.departement}" == place)


def _is_shown(cells: Cells, place: str) -> bool:
    return any(value is not None for key, value in cells.items() if key.startswith(f"{place}|"))
