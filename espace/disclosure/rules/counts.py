"""The counts of one closing, as a tree: nation, régions, départements, GEM (never shown).

Places have one code each whatever their level: ``FR``, ``R84``, ``D69``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

NATION = "FR"
Bands = tuple[int, ...]
"""Counts of one GEM by band, in the order of the breakdown; they add up to its total."""


def region_code(code: str) -> str:
    """Return the code of a région among all places."""
    return f"R{code}"


def departement_code(code: str) -> str:
    """Return the code of a département among all places."""
    return f"D{code}"


@dataclass(frozen=True)
class GemCount:
    """What one GEM brings: its places and its people by band."""

    gem: str
    region: str
    departement: str
    bands: Bands


@dataclass(frozen=True)
class Behind:
    """What stands behind a place: its people by band, its GEM, and the largest share of each band.

    ``largest`` ends with the largest GEM, all bands together.
    """

    bands: Bands
    largest: Bands
    gems: int

    @property
    def total(self) -> int:
        return sum(self.bands)

    @property
    def largest_gem(self) -> int:
        return self.largest[-1]


class Counts:
    """A tree of places with what stands behind each; only places where someone is counted."""

    def __init__(self, gems: Iterable[GemCount]) -> None:
        self.gems: Sequence[GemCount] = [one for one in gems if sum(one.bands)]

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Return the places just below each place, sorted; départements have none."""
        regions = {region_code(one.region) for one in self.gems}
        found = {NATION: tuple(sorted(regions))}
        for region in sorted(regions):
            below = {
                departement_code(one.departement)
                for one in self.gems
                if region_code(one.region) == region
            }
            found[region] = tuple(sorted(below))
        return found

    @cached_property
    def behind(self) -> Mapping[str, Behind]:
        """Return what stands behind each place, by its code."""
        below: dict[str, list[Bands]] = {}
        for one in self.gems:
            for place in self.places_of(one):
                below.setdefault(place, []).append(one.bands)
        return {place: gathered(rows) for place, rows in below.items()}

    @staticmethod
    def places_of(one: GemCount) -> tuple[str, str, str]:
        """Return the places a GEM counts in, the smallest first."""
        return departement_code(one.departement), region_code(one.region), NATION

    def gathered(self, places: Iterable[str]) -> Behind:
        """Return what stands behind several places of one level, together."""
        parts = [self.behind[place] for place in places]
        return Behind(
            bands=_sums(one.bands for one in parts),
            largest=tuple(map(max, zip(*(one.largest for one in parts), strict=True))),
            gems=sum(one.gems for one in parts),
        )


def gathered(rows: Sequence[Bands]) -> Behind:
    """Return what stands behind a place from the bands of its GEM."""
    shares = (*map(max, zip(*rows, strict=True)), max(map(sum, rows)))
    return Behind(bands=_sums(rows), largest=shares, gems=len(rows))


def _sums(rows: Iterable[Bands]) -> Bands:
    return tuple(map(sum, zip(*rows, strict=True)))
