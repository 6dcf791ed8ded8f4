"""A table as a file for a spreadsheet: CSV (« ; » and BOM) and XLSX."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")

Cell = str | float | int | Decimal | date | None
"""What one cell holds; None is an empty one. Money is a Decimal of euros."""


@dataclass(frozen=True)
class Sheet:
    """A title, column names, and rows of texts, numbers and days."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(sheet: Sheet) -> bytes:
    """Return the sheet as UTF-8 with BOM, « ; » between cells and decimal commas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_csv_cell(cell) for cell in row] for row in sheet.rows)
    return (BOM + text.getvalue()).encode()


def as_xlsx(sheet: Sheet) -> bytes:
    """Return the sheet as an XLSX workbook: texts stay texts, numbers stay numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(sheet.title[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, name, bold)
    for line, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(line, column, cell)
            elif isinstance(cell, date):
                page.write_datetime(line, column, cell, day)
            elif cell is not None:
                page.write_number(line, column, cell)
    page.set_column(0, 0, 10)
    page.set_column(1, len(sheet.columns) - 1, 28)
    page.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def _csv_cell(cell: Cell) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe (trust, section 10)."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if not isinstance(cell, str):
        return f"{cell:.15g}".replace(".", ",")
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
