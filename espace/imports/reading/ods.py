"""Reads an OpenDocument spreadsheet.

Some tools write text cells without their declared type, and then python-calamine gives no cell
at all; this reader takes the text shown, as the person sees it. Comments are never read.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.parsers import expat

from espace.imports.reading import files

Value = str | float | bool | date | timedelta

_DURATION = re.compile(r"^-?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$")
_MAX_ROWS = 200_000


@dataclass(slots=True)
class RawSheet:
    """One table of the document, from its first cell."""

    name: str
    style: str = ""
    hidden: bool = False
    has_comments: bool = False
    rows: list[list[Value]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def sheets(path: Path) -> list[RawSheet]:
    """Return the tables in order; raises UnreadableFile when the document is broken."""
    reader = _Reader()
    try:
        with zipfile.ZipFile(path) as archive:
            reader.parse(archive.read("content.xml"))
    except (expat.ExpatError, zipfile.BadZipFile, KeyError, UnicodeError):
        raise files.corrupt() from None
    return reader.sheets


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row: list[Value] = []
        self.row_repeat = 1
        self.pending_rows = 0
        self.pending_cells = 0
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.paragraphs = 0
        self.skip = 0
        self.cells = 0

    def parse(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.buffer_text = True
        parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skip or name == "office:annotation":
            self.skip += 1
            if self.skip == 1 and self.sheets:
                self.sheets[-1].has_comments = True
            return
        if name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table:table":
            style = attributes.get("table:style-name", "")
            hidden = style in self.hidden_styles or attributes.get("table:display") == "false"
            self.sheets.append(RawSheet(attributes.get("table:name", ""), style, hidden))
            self.pending_rows = 0
        elif name == "table:table-row":
            self.row, self.pending_cells = [], 0
            self.row_repeat = _count(attributes.get("table:number-rows-repeated"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.text, self.paragraphs = attributes, [], 0
        elif self.cell is not None and name == "text:p":
            self.paragraphs += 1
            if self.paragraphs > 1:
                self.text.append("\n")
        elif self.cell is not None and name in ("text:s", "text:tab", "text:line-break"):
            self.text.append("\n" if name == "text:line-break" else " ")

    def end(self, name: str) -> None:
        if self.skip:
            self.skip -= 1
        elif name in ("table:table-cell", "table:covered-table-cell") and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif name == "table:table-row" and self.sheets:
            self._end_row()

    def data(self, written: str) -> None:
        if self.cell is not None and not self.skip and self.paragraphs:
            self.text.append(written)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        repeat = _count(attributes.get("table:number-columns-repeated"))
        value = _value(attributes, "".join(self.text))
        if isinstance(value, str) and not value:
            self.pending_cells += repeat
            return
        self._room((self.pending_cells + repeat) * self.row_repeat)
        wide = _count(attributes.get("table:number-columns-spanned"))
        high = _count(attributes.get("table:number-rows-spanned"))
        self.row.extend([""] * self.pending_cells)
        self.pending_cells = 0
        if (wide > 1 or high > 1) and self.sheets:
            top = len(self.sheets[-1].rows) + self.pending_rows
            left = len(self.row)
            self.sheets[-1].merged.append((top, left, top + high - 1, left + wide - 1))
        self.row.extend([value] * repeat)

    def _end_row(self) -> None:
        if not self.row:
            self.pending_rows += self.row_repeat
            return
        sheet = self.sheets[-1]
        self._room(self.pending_rows)
        if len(sheet.rows) + self.pending_rows + self.row_repeat > _MAX_ROWS:
            raise files.too_big()
        sheet.rows.extend([] for _ in range(self.pending_rows))
        self.pending_rows = 0
        sheet.rows.extend(list(self.row) for _ in range(self.row_repeat))

    def _room(self, more: int) -> None:
        self.cells += more
        if self.cells > files.MAX_CELLS:
            raise files.too_big()


def _no_doctype(*_: object) -> None:
    raise files.entities()


def _count(written: str | None) -> int:
    return int(written) if written and written.isdigit() and int(written) > 0 else 1


def _value(attributes: dict[str, str], shown: str) -> Value:
    kind = attributes.get("office:value-type", "")
    number = attributes.get("office:value", "")
    if kind in ("float", "percentage", "currency") and number:
        try:
            return float(number)
        except ValueError:
            return shown
    if kind == "date":
        try:
            return datetime.fromisoformat(attributes.get("office:date-value", "")).date()
        except ValueError:
            return shown
    if kind == "time":
        found = _DURATION.match(attributes.get("office:time-value", ""))
        if found:
            days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return shown
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    return shown or attributes.get("office:string-value", "")
