"""The closed list of published tables: nothing else about people ever leaves the GEM.

One breakdown at a time, no crossing, categories that never overlap. A new table enters here only,
with its audit (``tests/test_audit.py``). Source: trust note, section 8; decisions 5 and 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from espace.disclosure.rules.counts import Bands

ALL = "tous"
"""Code of a dimension when it is not broken down."""


class Dimension(StrEnum):
    """What a table may be broken down by, besides the place."""

    NONE = "total"
    AGE = "age"
    SEX = "sexe"


class Reach(StrEnum):
    """The smallest places of a table."""

    REGIONS = "regions"
    DEPARTEMENTS = "departements"


@dataclass(frozen=True)
class Category:
    """One band of a breakdown; ``parts`` are the finer ones it adds up, none when it is finest."""

    code: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One published table: a measure (catalogue code), a dimension, its bands and its reach."""

    name: str
    measure: str
    dimension: Dimension
    categories: tuple[Category, ...]
    reach: Reach

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.categories)


AGES = (
    Category("moins_35"),
    Category("35_49"),
    Category("50_plus"),
    Category("non_dit"),
)
# Under the région, the two bands that are often small go together: apart, a quarter of the rows
# would be hidden (measured on 700 GEM), and so would their neighbours.
WIDER_AGES = (
    Category("moins_35"),
    Category("35_49"),
    Category("50_plus_ou_non_dit", ("50_plus", "non_dit")),
)
SEXES = (Category("femme"), Category("homme"), Category("autre_ou_non_dit"))
WHOLE = (Category(ALL),)

PEOPLE_MEASURES = ("ATT-01", "ADH-01")
STOCK_MEASURES = ("ADH-01",)
PASSAGES, PASSAGES_FOLLOW = "ATT-02", "ATT-01"
"""Passages count no people: they are shown where the people who came are."""


def _tables_of(measure: str) -> tuple[Table, ...]:
    return (
        Table(measure, measure, Dimension.NONE, WHOLE, Reach.DEPARTEMENTS),
        Table(f"{measure}-age", measure, Dimension.AGE, AGES, Reach.REGIONS),
        Table(f"{measure}-age-dep", measure, Dimension.AGE, WIDER_AGES, Reach.DEPARTEMENTS),
        Table(f"{measure}-sexe", measure, Dimension.SEX, SEXES, Reach.REGIONS),
    )


TABLES: tuple[Table, ...] = (
    *(table for measure in PEOPLE_MEASURES for table in _tables_of(measure)),
    Table(PASSAGES, PASSAGES, Dimension.NONE, WHOLE, Reach.DEPARTEMENTS),
)


def table(name: str) -> Table:
    """Return the table of that name. Raises KeyError."""
    return {one.name: one for one in TABLES}[name]


def merged(bands: Bands, finest: Sequence[Category], wider: Sequence[Category]) -> Bands:
    """Return bands of ``finest`` categories added up as ``wider`` ones."""
    by_code = dict(zip((one.code for one in finest), bands, strict=True))
    return tuple(sum(by_code[code] for code in (one.parts or (one.code,))) for one in wider)


def coordinates(table: Table, cell: str) -> tuple[str, str, str]:
    """Return (place, age, sex) of a cell key."""
    place, category = cell.split("|")
    age = category if table.dimension is Dimension.AGE else ALL
    sex = category if table.dimension is Dimension.SEX else ALL
    return place, age, sex
