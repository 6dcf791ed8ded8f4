"""Reads logs: one line for each visit, columns in any order, with or without headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from espace.imports.reading import dates, marks
from espace.imports.reading.collect import Collected
from espace.imports.reading.dates import DayParts, fold
from espace.imports.reading.grid import Cell, Sheet
from espace.imports.reading.layout import cell_at
from espace.imports.reading.logcolumns import LogColumns, as_text, find_log_columns
from espace.imports.reading.marks import Sign
from espace.imports.reading.model import Category, Unreadable
from espace.imports.reading.names import looks_like_name
from espace.imports.reading.totals import (
    counted_visitors,
    is_member,
    is_staff,
    is_total,
    visitor_category,
)

_DATE_WORDS = re.compile(
    r"^(?:hier|avant[- ]hier|aujourd'hui|ce matin|demain|idem|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|\?+|[\d/. -]{1,12})$"
)
_LIST = re.compile(r"\s*(?:[,;/+&]|\bet\b)\s*")


@dataclass(slots=True)
class Log:
    """A sheet that lists visits, and the columns found in it."""

    number: int
    sheet: Sheet
    columns: LogColumns


@dataclass(slots=True)
class Line:
    """One line with something on it: its number from 0, its date and its cells."""

    row: int
    parts: DayParts | None
    day: date | None
    cells: Sequence[Cell]
    swapped: bool = False


def find_log(sheet: Sheet, number: int) -> Log | None:
    """Return the log a sheet holds; None when it is not one."""
    columns = find_log_columns(sheet)
    return Log(number, sheet, columns) if columns else None


def read_log(log: Log, stem: str, today: date, found: Collected) -> None:
    """Read one log into `found`."""
    lines = _lines(log)
    order = _swap_if_american(lines)
    guess = _complete(lines, log, stem, today)
    group = found.open_group(log.sheet.name, "Liste de passages, une ligne par passage")
    guessed = found.open_group(log.sheet.name, "Lignes sans année") if guess is not None else group
    if guess is not None:
        found.guessed_years[guessed] = guess
    doubtful = group
    if order == "ask":
        doubtful = found.open_group(log.sheet.name, "Dates en chiffres")
        found.swappable.append(doubtful)
    reader = _LogReader(log, found)
    for line in lines:
        found.rows_read += 1
        of_group = group
        if line.parts is not None and line.parts.swappable:
            of_group = doubtful
        if guess is not None and line.parts is not None and line.parts.year is None:
            of_group = guessed
        reader.line(line, of_group)


def _lines(log: Log) -> list[Line]:
    """Lines with content, each with what its date cell says (or the date above it)."""
    columns = log.columns
    lines: list[Line] = []
    heading: DayParts | None = columns.fixed_day
    carried: DayParts | None = None
    for r in range(columns.first, len(log.sheet.rows)):
        row = log.sheet.rows[r]
        filled = [cell for cell in row if cell != ""]
        if not filled:
            continue
        if len(filled) == 1 and columns.width > 1:
            alone = dates.day_parts(filled[0])
            if alone is not None and alone.month is not None:
                heading = carried = alone
                continue
        if _repeats_heading(row, columns):
            continue
        cell: Cell = cell_at(row, columns.date) if columns.date is not None else ""
        parts = dates.day_parts(cell) if cell != "" else None
        if cell == "" and (columns.date is None or columns.carry):
            parts = carried or heading
        elif parts is not None:
            carried = parts
        elif cell != "":
            carried = None
        lines.append(Line(r, parts, None, row))
    return lines


def _repeats_heading(row: Sequence[Cell], columns: LogColumns) -> bool:
    """True when the line is the headings again, as on each printed page."""
    if not columns.titles:
        return False
    if columns.date is not None:
        said = cell_at(row, columns.date)
        if not isinstance(said, str) or fold(said) != columns.titles.get(columns.date):
            return False
    same = sum(
        isinstance(cell, str) and bool(cell) and fold(cell) == columns.titles.get(c)
        for c, cell in enumerate(row)
    )
    return same >= 2 and same >= 0.7 * sum(cell != "" for cell in row)


def _swap_if_american(lines: list[Line]) -> str:
    """Return "" or "ask"; put days and months right when the file can only be month first."""
    numeric = [line.parts for line in lines if line.parts is not None and line.parts.typed]
    second = sum((parts.month or 0) > 12 for parts in numeric)
    swappable = [parts for parts in numeric if parts.swappable]
    firsts = sum(parts.day > 12 for parts in numeric if (parts.month or 0) <= 12)
    if second >= 2 and second > firsts * 5:
        for line in lines:
            parts = line.parts
            if parts is not None and parts.month and parts.typed:
                line.parts = DayParts(parts.month, parts.day, parts.year, parts.weekdays)
        return ""
    if second or firsts or len({(p.day, p.month) for p in swappable}) < 3:
        return ""
    spans = []
    for flip in (False, True):
        keys = [
            (p.year or 0) * 372
            + (p.day if flip else p.month or 0) * 31
            + (p.month or 0 if flip else p.day)
            for p in swappable
        ]
        spans.append(max(keys) - min(keys))
    return "ask" if spans[1] * 2 < spans[0] else ""


def _complete(lines: list[Line], log: Log, stem: str, today: date) -> int | None:
    """Fill `day` of each line; return the guessed year when none is written anywhere."""
    context = log.columns.context
    month = context.month if context else None
    known = [line for line in lines if line.parts is not None and line.parts.year is not None]
    bare = [line for line in lines if line.parts is not None and line.parts.year is None]
    for line in known:
        if line.parts is not None:
            line.day = line.parts.complete(month, None)
    if not bare:
        return None
    if known:
        _years_from_neighbours(lines, month)
        return None
    named = [p for p in (context, dates.month_parts(stem)) if p is not None]
    years = _running_years(bare, month)
    for parts in named:
        first_month = next((x.parts.month for x in bare if x.parts and x.parts.month), month) or 1
        start = parts.year_of(first_month)
        if start is not None:
            _place(bare, years, start, month)
            return None
    last = bare[-1].parts
    last_day = last.complete(month, today.year) if last is not None else None
    start = today.year - years[-1] - (last_day is not None and last_day > today)
    for shift in range(12):
        agreement = _weekday_agreement(bare, years, start - shift, month)
        if agreement is None or agreement >= 0.8:
            start -= shift
            break
    _place(bare, years, start, month)
    return start + years[-1]


def _weekday_agreement(
    bare: list[Line], years: list[int], start: int, month: int | None
) -> float | None:
    good = total = 0
    for line, offset in zip(bare, years, strict=True):
        if line.parts is not None and line.parts.weekdays:
            total += 1
            day = line.parts.complete(month, start + offset)
            good += day is not None and day.weekday() in line.parts.weekdays
    return good / total if total else None


def _running_years(bare: list[Line], month: int | None) -> list[int]:
    """Years passed since the first line: a log goes on from December to January."""
    years = []
    offset, last = 0, None
    for line in bare:
        here = (line.parts.month if line.parts else None) or month or 1
        if last is not None and here < last and last - here >= 6:
            offset += 1
        elif last is not None and here > last and here - last >= 6 and offset:
            offset -= 1
        last = here
        years.append(offset)
    return years


def _place(bare: list[Line], years: list[int], start: int, month: int | None) -> None:
    for line, offset in zip(bare, years, strict=True):
        if line.parts is not None:
            line.day = line.parts.complete(month, start + offset)


def _years_from_neighbours(lines: list[Line], month: int | None) -> None:
    last: date | None = next((line.day for line in lines if line.day is not None), None)
    for line in lines:
        if line.parts is not None and line.parts.year is None and last is not None:
            here = line.parts.month or month or last.month
            shift = (last.month - here >= 6) - (here - last.month >= 6)
            line.day = line.parts.complete(month, last.year + shift)
        last = line.day or last


class _LogReader:
    """Turns lines into presences, visitors or a reason."""

    def __init__(self, log: Log, found: Collected) -> None:
        self.columns = log.columns
        self.name = log.sheet.name
        self.found = found
        self.staff = 0
        found.roster.leaning += log.columns.lean

    def line(self, line: Line, group: int) -> None:
        row, columns = line.cells, self.columns
        status = as_text(cell_at(row, columns.status)) if columns.status is not None else ""
        first = as_text(cell_at(row, columns.main)) if columns.main is not None else ""
        last = as_text(cell_at(row, columns.last)) if columns.last is not None else ""
        name = " ".join(part for part in (first, last) if part)
        dated = as_text(cell_at(row, columns.date)) if columns.date is not None else ""
        if is_total(name) or is_total(dated):
            return
        if not name and not status and not self._content(row):
            return
        said = cell_at(row, columns.present) if columns.present is not None else ""
        if marks.sign_of(said) is Sign.ABSENT:
            return
        if len(status) > 1 and marks.sign_of(status) is Sign.ABSENT and not is_member(status):
            return
        if line.day is None:
            self._refuse(line.row, self._date_reason(line))
            return
        visitors = self._visitors(name, status, row)
        if visitors is not None:
            category, count = visitors
            self.found.visits.append((line.day, category, count, group))
        elif not name:
            self._refuse(line.row, "Il manque le nom.")
        else:
            self._people(line, line.day, group, (first, last), status)

    def _content(self, row: Sequence[Cell]) -> bool:
        """True when something besides the date and the time is written."""
        silent = {self.columns.date, self.columns.time}
        return any(cell != "" for c, cell in enumerate(row) if c not in silent)

    def _visitors(self, name: str, status: str, row: Sequence[Cell]) -> tuple[Category, int] | None:
        number = 1
        if self.columns.count is not None:
            number = marks.sticks(cell_at(row, self.columns.count)) or 1
        named = counted_visitors(name) if name else None
        if named is not None:
            return named[0], named[1] * number
        if not name:
            category = visitor_category(status) if status else None
            counted = counted_visitors(status) if status else None
            if counted is not None:
                return counted[0], counted[1] * number
            return (category, number) if category else None
        return None

    def _people(
        self, line: Line, day: date, group: int, pair: tuple[str, str], status: str
    ) -> None:
        if status and is_staff(status):
            self.found.note("Les lignes des salariés ne sont pas comptées.")
            return
        category = visitor_category(status) if status and not is_member(status) else None
        first, last = pair
        texts = [first]
        if self.columns.last is None and self.columns.lists:
            texts = [part for part in _LIST.split(first) if part]
        for text in texts:
            whole = f"{text} {last}".strip()
            if not looks_like_name(whole):
                self._refuse(line.row, "Le nom n'est pas lisible.")
                continue
            writing = (text, last) if self.columns.last is not None else (text, None)
            slot = self.found.roster.add_line(writing, self.name, line.row + 1)
            self.found.mark(slot, day, group)
            if category is None:
                self.found.members.add(slot)
            else:
                self.found.guests[slot] = category

    def _date_reason(self, line: Line) -> str:
        cell = cell_at(line.cells, self.columns.date) if self.columns.date is not None else ""
        if cell == "":
            return "Il manque la date."
        written = as_text(cell)
        if line.parts is not None and line.parts.month is None:
            return "Il manque le mois de cette date."
        if line.parts is not None and (len(written) <= 30 and any(s.isdigit() for s in written)):
            return f"Le {written} n'existe pas."
        if _DATE_WORDS.match(fold(written)):
            return f"« {written} » n'est pas une date."
        return "Cette date n'est pas lisible."

    def _refuse(self, row: int, reason: str) -> None:
        self.found.unreadable.append(Unreadable(self.name, row + 1, reason))
