"""The sizes and places of a whole fictional network: drawn once, the same for a same number.

Sizes are log-normal, 67 people on average and a tenth of the GEM under 20 (what reviews of the
network tell). GEM stand where people live: two in each département, the others by population; in
two of them one GEM stands alone.
"""

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from espace.groups.territory import Commune, communes

SEED = 20_260_700
MEAN_SIZE, SMALL, SHARE_OF_SMALL = 67, 20, 0.1
LEAST_PER_DEPARTEMENT = 2
ALONE = frozenset({"48", "976"})
"""Départements where one GEM stands alone: their numbers, and some of their neighbours', are to be
hidden in a network of any size."""
SMALLEST_LAND = 60_000
"""Overseas lands with fewer people have no GEM here."""
LARGEST_SIZE, SMALLEST_SIZE = 400, 5
_Z = 1.2815515655
"""A tenth of a normal law is below -1.28."""
SIGMA = -_Z + math.sqrt(_Z**2 + 2 * (math.log(MEAN_SIZE) - math.log(SMALL)))
MU = math.log(MEAN_SIZE) - SIGMA**2 / 2


@dataclass(frozen=True)
class DrawnGem:
    """A GEM of the fictional country: its rank, where it stands, how many people know it."""

    rank: int
    commune: Commune
    people: int


def draw_network(gems: int) -> tuple[DrawnGem, ...]:
    """Return ``gems`` GEM; a same number always gives the same country."""
    chance = random.Random(f"{SEED}:{gems}")
    drawn: list[DrawnGem] = []
    for departement, count in sorted(gems_of_departements(gems).items()):
        towns = _towns()[departement]
        weights = [town.population for town in towns]
        for commune in chance.choices(towns, weights, k=count):
            drawn.append(DrawnGem(len(drawn), commune, _size(chance)))
    return tuple(drawn)


def gems_of_departements(gems: int) -> dict[str, int]:
    """Return how many GEM stand in each département: two, then by population."""
    everywhere = {code: sum(town.population for town in towns) for code, towns in _towns().items()}
    people = {code: count for code, count in everywhere.items() if code not in ALONE}
    everyone = sum(people.values())
    alone = dict.fromkeys(everywhere.keys() & ALONE, 1) if gems > len(everywhere) else {}
    least = min(LEAST_PER_DEPARTEMENT, (gems - len(alone)) // len(people))
    shared = gems - len(alone) - least * len(people)
    exact = {code: shared * count / everyone for code, count in people.items()}
    found = Counter(alone | {code: least + int(share) for code, share in exact.items()})
    by_rest = sorted(exact, key=lambda code: (int(exact[code]) - exact[code], code))
    found.update(by_rest[: gems - found.total()])
    return dict(found)


def _size(chance: random.Random) -> int:
    return min(LARGEST_SIZE, max(SMALLEST_SIZE, round(chance.lognormvariate(MU, SIGMA))))


@cache
def _towns() -> Mapping[str, list[Commune]]:
    found: dict[str, list[Commune]] = {}
    for commune in _inhabited():
        found.setdefault(commune.departement, []).append(commune)
    return {
        code: towns
        for code, towns in found.items()
        if sum(town.population for town in towns) >= SMALLEST_LAND and towns[0].ars_zone
    }


def _inhabited() -> Iterator[Commune]:
    return (town for _, town in sorted(communes().items()) if town.population)
