"""What a document says once it is filled, and how a value is told: pure.

A ``Content`` is frozen as it is read: page, PDF, DOCX and XLSX are made from it alone.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from espace.indicators.rules import number_fr
from espace.reports.rules.documents import Field

ESTIMATED = "estime"
EMPTY = "vide"
Value = Decimal | bool | date | str | None


@dataclass(frozen=True)
class Line:
    """A row of a section. ``number`` is for spreadsheets: None when the value is not a number.

    ``origin`` is one of ``choices.Origin``; ``row`` the line of the dossier it answers.
    """

    code: str
    label: str
    text: str
    number: float | None
    unit: str
    origin: str
    row: str = ""


@dataclass(frozen=True)
class Picture:
    """A photo by its id, and what it shows for those who do not see it."""

    id: str
    alt: str


@dataclass(frozen=True)
class Table:
    """A table of texts; ``numbers`` are the columns that hold numbers, counted from 0."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Part:
    """A section once filled."""

    code: str
    title: str
    sentences: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    words: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Content:
    """A whole document, ready to be read."""

    kind: str
    title: str
    place: str
    year: int
    source: str
    parts: tuple[Part, ...] = field(default=())

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def has_estimates(self) -> bool:
        return any(line.origin == ESTIMATED for line in self.lines)


def as_json(content: Content) -> dict[str, Any]:
    """Return it as stored."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(content)))
    return found


def from_json(data: Mapping[str, Any]) -> Content:
    """Return the content stored in ``data``."""
    return Content(
        kind=data["kind"],
        title=data["title"],
        place=data["place"],
        year=data["year"],
        source=data["source"],
        parts=tuple(
            Part(
                code=part["code"],
                title=part["title"],
                sentences=tuple(part["sentences"]),
                lines=tuple(Line(**line) for line in part["lines"]),
                words=tuple(part["words"]),
                pictures=tuple(Picture(**one) for one in part["pictures"]),
                tables=tuple(
                    Table(
                        one["title"], tuple(one["columns"]),
                        tuple(tuple(row) for row in one["rows"]), one["note"],
                    )
                    for one in part["tables"]
                ),
            )
            for part in data["parts"]
        ),
    )  # fmt: skip


def fingerprint(content: Content) -> str:
    """Return eight signs that tell this very text from any other: printed on the paper to sign."""
    text = json.dumps(as_json(content), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def tell(kind: str, value: Value) -> str:
    """Return a value as it is read, "" when it is not known."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return value
    if kind == "year":
        return str(int(value))
    if kind in ("percent", "share"):
        return f"{number_fr(value.quantize(Decimal(1)))} %"
    if kind == "euros":
        return f"{number_fr(value.quantize(Decimal(1)))} €"
    return number_fr(value)


def as_number(value: Value) -> float | None:
    """Return what a spreadsheet can add up."""
    return float(value) if isinstance(value, Decimal) else None


def read_typed(kind: str, text: str) -> Decimal | str:
    """Return what a GEM typed for a field. Raises ValueError for a number that is not one."""
    cleaned = " ".join(text.split())
    if kind not in ("count", "decimal", "euros", "percent", "share", "year"):
        return cleaned
    plain = re.sub(r"[\s\u202f€%]", "", cleaned).replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not (number.is_finite() and 0 <= number < Decimal(10) ** 9):
        raise ValueError(text)
    return number


def missing(fields: Sequence[Field], lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the labels of what is still empty, optional fields left out."""
    optional = {one.code for one in fields if one.optional}
    return tuple(line.label for line in lines if line.origin == EMPTY and line.code not in optional)


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """Return the labels of the rows, and the titles of the parts, that a correction changed."""
    old = {line.code: (line.text, line.origin) for line in before.lines}
    rows = [one.label for one in after.lines if old.get(one.code) != (one.text, one.origin)]
    said = {part.code: (part.sentences, part.words, part.pictures) for part in before.parts}
    parts = [
        part.title
        for part in after.parts
        if said.get(part.code) != (part.sentences, part.words, part.pictures)
    ]
    return (*rows, *parts)
