"""Tells lists of members, programmes and budgets from rolls and logs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from espace.imports.reading import dates, hours, marks, memberlist, timetable
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell, Sheet
from espace.imports.reading.layout import cell_at
from espace.imports.reading.model import Kind

_MONEY = re.compile(r"\b(?:charges?|produits?|depenses?|recettes?|prevu\w*|realise\w*|budget\w*|"
                    r"montants?|debit|credit|solde|subventions?)\b")  # fmt: skip
_ACCOUNT = re.compile(r"^[678]\d{1,5}\b")
_HOURS = re.compile(r"\d{1,2}\s*h\s*\d{0,2}|matin|apres-midi")


def _texts(sheet: Sheet, limit: int = 400) -> Iterator[str]:
    for row in sheet.rows[:limit]:
        for cell in row:
            if isinstance(cell, str) and cell:
                yield cell


def is_budget(sheet: Sheet) -> bool:
    """True for a table of money: words of accounts and amounts."""
    texts = list(_texts(sheet))
    words = {word for text in texts if len(text) < 120 for word in _MONEY.findall(fold(text))}
    accounts = sum(bool(_ACCOUNT.match(text)) for text in texts)
    amounts = sum(
        isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) > 31
        for row in sheet.rows[:400]
        for cell in row
    )
    return (len(words) >= 2 or accounts >= 4) and amounts >= 3


def is_programme(sheet: Sheet) -> bool:
    """True for a week or a month of activities: days, and cells that say what and when."""
    days = activities = 0
    titled = any("programme" in fold(text) or "planning" in fold(text) for text in _texts(sheet, 5))
    cells: list[Cell] = [cell for row in sheet.rows[:200] for cell in row if cell != ""]
    for cell in cells:
        if dates.day_parts(cell) is not None or _weekday(cell):
            days += 1
        elif isinstance(cell, str) and len(cell) > 6 and marks.sign_of(cell) is marks.Sign.UNKNOWN:
            activities += bool(_HOURS.search(fold(cell))) or len(cell.split()) >= 3
    if days >= 2 and (titled or (activities >= 5 and activities >= 0.25 * len(cells))):
        return True
    return days >= 2 and _is_grid_of_hours(sheet)


def _is_grid_of_hours(sheet: Sheet) -> bool:
    """True when days cross hours: most lines begin with hours, or most cells say some."""
    table = timetable.find_timetable(sheet)
    if table is None:
        return False
    lines = timed = cells = timed_cells = 0
    for week in table.weeks:
        left = min(column.index for column in week.columns)
        for row in table.sheet.rows[week.first : week.end]:
            under = (cell_at(row, c.index) for c in week.columns)
            filled = [cell for cell in under if isinstance(cell, str) and cell]
            words = [c for c in filled if marks.sign_of(c) is marks.Sign.UNKNOWN or hours.spans(c)]
            if not words:
                continue
            labels = [cell for cell in row[:left] if cell != ""]
            lines += 1
            timed += any(hours.label_span(cell) is not None for cell in labels)
            cells += len(words)
            timed_cells += sum(bool(hours.spans(cell)) for cell in words)
    return cells >= 2 and (timed >= 0.5 * lines or timed_cells >= 0.5 * cells)


def _weekday(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > 3 and dates.weekday_numbers(cell) is not None


SAID = {
    Kind.MEMBERS: "Liste d'adhérents",
    Kind.PROGRAMME: "Programme d'activités",
    Kind.CALENDAR: "Agenda",
    Kind.BUDGET: "Budget",
    Kind.UNKNOWN: "Contenu non reconnu",
}


def other_kind(sheet: Sheet) -> Kind | None:
    """Return what a sheet is when it is neither a roll nor a log; None when unknown."""
    if memberlist.find_tables(sheet):
        return Kind.MEMBERS
    if is_budget(sheet):
        return Kind.BUDGET
    return Kind.PROGRAMME if is_programme(sheet) else None
