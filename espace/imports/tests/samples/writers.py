"""Writes small spreadsheets in every format, to try the reader on what GEM really keep."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Cell = str | int | float | bool | date | time | None
Sheets = Sequence[tuple[str, Sequence[Sequence[Cell]]]]


def write_xlsx(path: Path, sheets: Sheets, hidden: Sequence[str] = ()) -> Path:
    """Write real cells: dates are dates, texts are texts, a text that begins with = a formula."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    hour = book.add_format({"num_format": "hh:mm"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name or None)
        if name in hidden:
            sheet.hide()
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, bool):
                    sheet.write_boolean(r, c, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(r, c, cell, day)
                elif isinstance(cell, time):
                    sheet.write_datetime(r, c, cell, hour)
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(r, c, cell, value=7)
                elif isinstance(cell, str):
                    sheet.write_string(r, c, cell)
                else:
                    sheet.write_number(r, c, cell)
    book.close()
    return path


def shown(cell: Cell) -> str:
    """Return a cell as a French spreadsheet exports it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return "7" if isinstance(cell, str) and cell.startswith("=") else str(cell)


def write_csv(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    encoding: str = "utf-8",
    separator: str = ";",
    newline: str = "\r\n",
) -> Path:
    """Write separated values, quoted only where needed."""

    def field(cell: Cell) -> str:
        text = shown(cell)
        return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text else text

    text = newline.join(separator.join(field(cell) for cell in row) for row in rows) + newline
    path.write_bytes(text.encode(encoding, "replace"))
    return path


def write_ods(
    path: Path, sheets: Sheets, *, typed: bool = True, hidden: Sequence[str] = ()
) -> Path:
    """Write a minimal OpenDocument spreadsheet, cells with or without their declared type."""
    tables = "".join(_table(name, rows, typed, name in hidden) for name, rows in sheets)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2">'
        '<office:automatic-styles><style:style style:name="hid" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def _table(name: str, rows: Sequence[Sequence[Cell]], typed: bool, hidden: bool) -> str:
    lines = []
    for row in rows:
        cells = "".join(_cell(cell, typed) for cell in row)
        lines.append(f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>")
    style = ' table:style-name="hid"' if hidden else ""
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    return (
        f"<table:table table:name={quoteattr(name or 'Feuille1')}{style}>{''.join(lines)}"
        f"{filler}</table:table-row></table:table>"
    )


def _cell(cell: Cell, typed: bool) -> str:
    text = shown(cell)
    if not text:
        return "<table:table-cell/>"
    kind = ""
    if typed and isinstance(cell, bool):
        kind = f' office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
    elif typed and isinstance(cell, date):
        kind = f' office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif typed and isinstance(cell, (int, float)):
        kind = f' office:value-type="float" office:value="{cell}"'
    elif typed:
        kind = ' office:value-type="string"'
    return f"<table:table-cell{kind}><text:p>{escape(text)}</text:p></table:table-cell>"
