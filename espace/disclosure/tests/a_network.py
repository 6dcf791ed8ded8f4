"""Twelve months of a fictional network, as counts only: no database, the same at each run."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from espace.demonstration.rules.national import draw_network
from espace.disclosure.exporting import cell_rows, gem_rows, truth_rows, write_folder
from espace.disclosure.rules.closing import Closed, GemPeople, Memory, People, bands_of, close, key
from espace.disclosure.rules.counts import departement_code, region_code
from espace.disclosure.rules.published import ALL, TABLES, Reach, coordinates

MONTHS = 12
AGES = (0.22, 0.30, 0.36, 0.12)
SEXES = (0.43, 0.49, 0.08)
SHARE_OF_MEMBERS = 0.9
COMING = (0.8, 0.95)
FINISHED = 0.97


def months(gems: int, count: int, seed: int = 1) -> Iterator[tuple[GemPeople, ...]]:
    """Yield the exact counts of each month: people keep their age and sex, and come or not."""
    chance = random.Random(seed)
    drawn = []
    for gem in draw_network(gems):
        ages, sexes = (
            [max(0.02, share * chance.lognormvariate(0, 0.35)) for share in shares]
            for shares in (AGES, SEXES)
        )
        people = [
            (
                chance.choices(range(len(AGES)), ages)[0],
                chance.choices(range(len(SEXES)), sexes)[0],
                chance.random() < SHARE_OF_MEMBERS,
            )
            for _ in range(gem.people)
        ]
        drawn.append((gem, people, chance.uniform(*COMING)))
    for _ in range(count):
        month = []
        for gem, people, rate in drawn:
            came = [one for one in people if chance.random() < rate]
            # One or two come in or leave, some months.
            members = [one for one in people if one[2]][chance.choice((0, 0, 0, 1)) :]
            known = chance.random() < FINISHED
            month.append(
                GemPeople(
                    gem=str(gem.rank),
                    region=gem.commune.region,
                    departement=gem.commune.departement,
                    people={"ADH-01": _by_band(members)}
                    | ({"ATT-01": _by_band(came)} if known else {}),
                    passages=4 * len(came) if known else None,
                )
            )
        yield tuple(month)


def _by_band(people: list[tuple[int, int, bool]]) -> People:
    return People(
        ages=tuple(sum(one[0] == rank for one in people) for rank in range(len(AGES))),
        sexes=tuple(sum(one[1] == rank for one in people) for rank in range(len(SEXES))),
    )


@cache
def twelve_closings(gems: int = 700) -> tuple[tuple[tuple[GemPeople, ...], Closed], ...]:
    """Return the exact counts and the closing of each month, oldest first."""
    memory, made = Memory(), []
    for month in months(gems, MONTHS):
        closed = close(month, memory)
        memory = closed.memory
        made.append((month, closed))
    return tuple(made)


# --- As files ---


def write_files(folder: Path, closings: Sequence[tuple[Sequence[GemPeople], Closed]]) -> Path:
    """Write what outsiders see of these closings, and the truth, for the audit."""
    places = {(region_code(g.region), departement_code(g.departement)) for g in closings[0][0]}
    shown, truth, of_gem = [], [], []
    for rank, (gems, closed) in enumerate(closings, start=1):
        period = f"2026-{rank:02}"
        shown += cell_rows(period, closed.tables)
        truth += truth_rows(period, gems, closed.tables)
        truth += finer_rows(period, gems)
        of_gem += gem_rows(period, gems)
    write_folder(folder, shown, places, truth, of_gem)
    return folder


def finer_rows(period: str, gems: Sequence[GemPeople]) -> Iterator[tuple[str, ...]]:
    """Yield the exact counts of the bands that are published above the département only."""
    for table in TABLES:
        if table.reach is not Reach.REGIONS:
            continue
        found: Counter[tuple[str, str]] = Counter()
        for one in gems:
            for code, count in zip(table.codes, bands_of(table, one) or (), strict=False):
                found[departement_code(one.departement), code] += count
        for (place, code), count in found.items():
            where = coordinates(table, key(place, code))
            yield (table.measure, "finer", period, *where, str(count))


def naive_closing(gems: Sequence[GemPeople]) -> Closed:
    """Hide what is under eleven, and nothing else: what an open dashboard usually does."""
    tables = {}
    for table in TABLES:
        exact = {
            f"{row[3]}|{row[4] if row[4] != ALL else row[5]}": int(row[6])
            for row in truth_rows("", gems, {table.name: close(gems, Memory()).tables[table.name]})
        }
        tables[table.name] = {cell: count if count >= 11 else None for cell, count in exact.items()}
    return Closed(tables, Memory())
