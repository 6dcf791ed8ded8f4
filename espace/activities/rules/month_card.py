"""The month card: its cells, in one order for the screen and the paper, and what may be written.

A cell that is not there was not answered. Zero is an answer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from espace.activities.choices import (
    ArrivalChannel,
    Direction,
    HelpFrom,
    HelpKind,
    ReferralChannel,
    Section,
    VolunteerFrom,
)

MOST = 9999
MOST_MINUTES = 60 * 24 * 7
CONTACT, COUNT, PEOPLE, HOURS, RESOLVED = "contact", "nombre", "personnes", "heures", "apaisees"
TENSIONS = "tensions"
A_TENTH = Decimal("0.1")

Values = Mapping["Cell", Decimal]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One number of the card: its part, its line, its column; all stored codes."""

    section: Section
    line: str
    column: str

    @property
    def name(self) -> str:
        """How a form calls it: « entraide-ecoute-adherent »."""
        return f"{self.section}-{self.line}-{self.column}"

    @property
    def takes_tenths(self) -> bool:
        """Tell whether it counts hours; everything else is whole."""
        return self.column == HOURS


def _table(section: Section, lines: Iterable[str], columns: Iterable[str]) -> tuple[Cell, ...]:
    named = tuple(columns)
    return tuple(Cell(section, line, column) for line in lines for column in named)


CELLS = (
    *_table(Section.ENTRAIDE, HelpKind.values, HelpFrom.values),
    *_table(Section.RELAIS, ReferralChannel.values, (*Direction.values, CONTACT)),
    *_table(Section.ARRIVEES, ArrivalChannel.values, (COUNT,)),
    *_table(Section.BENEVOLAT, VolunteerFrom.values, (PEOPLE, HOURS)),
    *_table(Section.TENSIONS, (TENSIONS,), (COUNT, RESOLVED)),
)
BY_NAME = {cell.name: cell for cell in CELLS}
USUAL = tuple(section for section in Section if section is not Section.TENSIONS)
# A part of another number of the same line: it cannot be more.
PARTS = {CONTACT: Direction.DEPUIS_GEM.value, RESOLVED: COUNT}


class NotANumberError(ValueError):
    """What was typed is not a number."""


class TooManyError(ValueError):
    """A number nobody counts in a month: surely a slip."""


def read_number(text: str, *, tenths: bool = False) -> Decimal | None:
    """Read what someone typed in a cell; None when it is empty. Raises the two errors above."""
    plain = "".join(text.split()).replace(",", ".")
    if not plain:
        return None
    if len(plain) > 20 or not plain.isascii() or set(plain) - set("0123456789."):
        raise NotANumberError(text)
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise NotANumberError(text) from None
    if value > MOST:
        raise TooManyError(text)
    if value != value.quantize(A_TENTH if tenths else Decimal(1)):
        raise NotANumberError(text)
    return value


def changed(seen: Values, typed: Values, asked: Collection[Cell]) -> dict[Cell, Decimal | None]:
    """Return the cells of ``asked`` that whoever typed moved; None for one they emptied.

    A cell left as it was seen is not touched: someone else may have changed it meanwhile.
    """
    return {cell: typed.get(cell) for cell in asked if typed.get(cell) != seen.get(cell)}


def merged(stored: Values, moves: Mapping[Cell, Decimal | None]) -> dict[Cell, Decimal]:
    """Return the card once ``moves`` are made."""
    after = dict(stored)
    for cell, value in moves.items():
        if value is None:
            after.pop(cell, None)
        else:
            after[cell] = value
    return after


def whole_of(cell: Cell) -> Cell | None:
    """Return the number that ``cell`` is a part of, or None."""
    column = PARTS.get(cell.column)
    return Cell(cell.section, cell.line, column) if column else None


def too_large_parts(values: Values) -> tuple[Cell, ...]:
    """Return the parts that are more than their whole, or that have none: « 3 of 2 »."""
    found = []
    for cell in sorted(values):
        whole = whole_of(cell)
        if whole is not None and values[cell] > values.get(whole, Decimal(0)):
            found.append(cell)
    return tuple(found)


def sections_of(values: Iterable[Cell]) -> frozenset[Section]:
    """Return the parts of the card where something is written."""
    return frozenset(cell.section for cell in values)


def left_unanswered(
    values: Iterable[Cell], unknown: Collection[str], *, with_tensions: bool
) -> tuple[Section, ...]:
    """Return the parts nobody answered, in order; « je ne sais pas » is an answer."""
    answered = sections_of(values)
    asked = tuple(Section) if with_tensions else USUAL
    return tuple(one for one in asked if one not in answered and one.value not in unknown)


def with_stick(stored: Values, cell: Cell, by: int) -> Decimal:
    """Return the number of ``cell`` after one stick more or less; never below zero."""
    return min(max(stored.get(cell, Decimal(0)) + by, Decimal(0)), Decimal(MOST))


def has_begun(month: date, today: date) -> bool:
    """Tell whether the month of ``month`` has begun."""
    return month.replace(day=1) <= today
