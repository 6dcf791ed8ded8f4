"""Any spreadsheet as plain sheets of cells, lines and columns numbered as on the screen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from espace.core.sandbox import UnreadableFile
from espace.imports.reading import files, ods, text
from espace.imports.reading.files import Format

Cell = str | int | float | bool | date | time | timedelta
Rows = list[list[Cell]]

MOST_LINES = 5_000
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\ufeff\u200b\t\r\n\x0b\x0c"), " ")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`"), "'")


@dataclass(slots=True)
class Sheet:
    """One sheet; `merged` holds (first row, first column, last row, last column) from 0.

    `lines` keeps apart the lines written one under the other inside one cell.
    """

    name: str
    rows: Rows
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    lines: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """A file once opened. `has_comments` when cells carry comments, which are never read."""

    sheets: list[Sheet]
    has_comments: bool = False


def load(path: Path, form: Format | None = None) -> Book:
    """Return all sheets of a file, checked unless its format is given; may raise UnreadableFile."""
    form = form or files.check(path)
    if form is Format.TEXT:
        book = Book([Sheet("", [list(row) for row in text.rows(path.read_bytes())])])
    elif form is Format.ODS:
        raw = ods.sheets(path)
        book = Book([Sheet(s.name, list(map(list, s.rows)), s.hidden, s.merged) for s in raw])
        book.has_comments = any(s.has_comments for s in raw)
    else:
        book = _workbook(path, form)
    if not any(sheet.rows for sheet in book.sheets):
        raise files.refuse("empty", "Ce fichier est vide. Vérifiez que c'est le bon.")
    for sheet in book.sheets:
        _tidy(sheet)
    return book


def _workbook(path: Path, form: Format) -> Book:
    try:
        workbook = python_calamine.load_workbook(str(path))
        sheets = []
        for meta in workbook.sheets_metadata:
            if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.total_height * sheet.total_width > files.MAX_CELLS:
                raise files.too_big()
            rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
            merged = [(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
            sheets.append(Sheet(meta.name, rows, hidden, merged))
    except python_calamine.PasswordError:
        raise files.locked() from None
    except UnreadableFile:
        raise
    except (python_calamine.CalamineError, OSError, ValueError, TypeError, OverflowError):
        raise files.corrupt() from None
    comments = form is Format.XLSX and files.has_comments(path)
    return Book(sheets, comments)


def _tidy(sheet: Sheet) -> None:
    """Same text for the same thing: spaces, apostrophes, accents; whole numbers as int."""
    known: dict[str, str] = {}
    for number, row in enumerate(sheet.rows):
        for index, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    if "\n" in cell and len(sheet.lines) < MOST_LINES:
                        parts = tuple(filter(None, map(clean, cell.split("\n"))))
                        sheet.lines[number, index] = parts
                    tidy = known.get(cell)
                    if tidy is None:
                        tidy = known[cell] = clean(cell)
                    row[index] = tidy
            else:
                row[index] = _value(cell)
        while row and row[-1] == "" and isinstance(row[-1], str):
            row.pop()
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()


def _value(cell: Cell | None) -> Cell:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def clean(written: str) -> str:
    """Return the text in one normal form, without odd spaces nor control characters."""
    if written.isascii():
        return " ".join(written.replace("`", "'").split())
    tidy = unicodedata.normalize("NFC", written.translate(_SPACES).translate(_APOSTROPHES))
    tidy = "".join(sign for sign in tidy if sign == "\u200d" or unicodedata.category(sign) != "Cf")
    return " ".join(tidy.split())


def column_name(index: int) -> str:
    """Return the letters of a column counted from 0, as a spreadsheet shows them."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def transpose(sheet: Sheet) -> Sheet:
    """Return the same sheet with lines and columns exchanged."""
    width = max((len(row) for row in sheet.rows), default=0)
    rows: Rows = [[row[i] if i < len(row) else "" for row in sheet.rows] for i in range(width)]
    merged = [(b, a, d, c) for a, b, c, d in sheet.merged]
    lines = {(c, r): parts for (r, c), parts in sheet.lines.items()}
    return Sheet(sheet.name, rows, sheet.hidden, merged, lines)
