"""The one picture of a page: a table whose rows carry a bar.

Measured against an SVG column chart and 100 CSS classes (``bench/charts.py``): a table with one
small SVG rectangle a row needs no second table for those who do not see it, fits 320 px, prints,
and asks for no inline style.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Bar:
    """One row: ``percent`` (0 to 100) of the longest bar, ``running`` when not finished."""

    label: str
    text: str
    percent: int
    running: bool


@dataclass(frozen=True)
class Row:
    """What a bar is made of; ``value`` None is « not known », which is not zero."""

    label: str
    value: Decimal | None
    text: str
    running: bool = False


def bars(rows: Iterable[Row]) -> tuple[Bar, ...]:
    """Return the bars, the longest at 100. A known value over zero always shows (1 at least)."""
    listed = tuple(rows)
    longest = max((row.value for row in listed if row.value is not None), default=Decimal(0))
    return tuple(
        Bar(row.label, row.text, _percent(row.value, longest), row.running) for row in listed
    )


def _percent(value: Decimal | None, longest: Decimal) -> int:
    if value is None or value <= 0 or longest <= 0:
        return 0
    return max(1, round(100 * value / longest))
