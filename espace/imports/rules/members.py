"""What a list of members would change: decisions on values, without database nor clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from espace.imports.reading import Reading, ReadMembership


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line of the preview: how many memberships of a year the file brings."""

    year: int
    total: int
    first: int


def wanted_memberships(
    reading: Reading, known: Mapping[int, UUID], there: Mapping[UUID, frozenset[int]]
) -> tuple[ReadMembership, ...]:
    """Memberships of the file that the roll does not have; ``there`` is years by person."""
    return tuple(
        one
        for one in reading.memberships
        if one.year not in there.get(known.get(one.person, NOBODY), frozenset())
    )


NOBODY = UUID(int=0)


def years_of(memberships: Sequence[ReadMembership]) -> tuple[YearLine, ...]:
    """One line per year, the newest first."""
    years = sorted({one.year for one in memberships}, reverse=True)
    return tuple(
        YearLine(
            year,
            sum(one.year == year for one in memberships),
            sum(one.year == year and one.is_first for one in memberships),
        )
        for year in years
    )
