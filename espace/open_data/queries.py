"""Published cells, as rows anyone may take."""

from collections.abc import Sequence
from dataclasses import dataclass

from espace.disclosure import queries as disclosure
from espace.disclosure.queries import DisclosedTable
from espace.disclosure.rules import published
from espace.indicators.queries import definition
from espace.indicators.rules import Period, month_period, parse_period

MOST_PER_PAGE = 1000


class NotPublishedError(Exception):
    """No such table, or no such month among those published."""


@dataclass(frozen=True)
class Cell:
    """One published number; ``value`` is None when it is hidden."""

    measure: str
    table: str
    period: str
    place: str
    age: str
    sexe: str
    value: int | None

    @property
    def status(self) -> str:
        return "hidden" if self.value is None else "shown"


@dataclass(frozen=True)
class Described:
    """One table of the closed list."""

    name: str
    measure: str
    label: str
    dimension: str
    categories: tuple[str, ...]
    smallest_places: str


def tables() -> tuple[Described, ...]:
    """Return every table, in the order of the list. No SQL query."""
    return tuple(
        Described(
            one.name,
            one.measure,
            definition(one.measure).label_fr,
            one.dimension.value,
            one.codes,
            one.reach.value,
        )
        for one in published.TABLES
    )


def periods() -> tuple[str, ...]:
    """Return the published months, newest first. One SQL query."""
    return tuple(str(month_period(month)) for month in disclosure.closed_months())


def cells_of(table: str = "", period: str = "", place: str = "") -> tuple[Cell, ...]:
    """Return the cells of a month, the newest one by default, in a stable order.

    ``table`` and ``place`` empty stand for all. Raises NotPublishedError. One SQL query.
    """
    names = [one.name for one in published.TABLES if table in ("", one.name)]
    month = _month(period)
    found = disclosure.disclosed_together(names, month.start if month else None)
    if not names or not found:
        raise NotPublishedError
    cells = [cell for one in found.values() for cell in _cells(one)]
    kept = tuple(cell for cell in cells if place in ("", cell.place))
    if place and not kept:
        raise NotPublishedError
    return kept


def _month(period: str) -> Period | None:
    if not period:
        return None
    return parse_period(period)


def _cells(one: DisclosedTable) -> Sequence[Cell]:
    period = str(month_period(one.month))
    table = published.table(one.name)
    return [
        Cell(one.measure, one.name, period, *published.coordinates(table, key), value)
        for key, value in one.cells.items()
    ]
