"""Finds, in a sheet, the lines that carry days and the blocks they open."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from espace.imports.reading import dates, marks
from espace.imports.reading.dates import DayParts, MonthParts
from espace.imports.reading.grid import Cell, Rows, Sheet
from espace.imports.reading.names import looks_like_name
from espace.imports.reading.totals import is_heading, is_total

MIN_PLAIN_DAYS = 3


@dataclass(slots=True)
class Column:
    """A column that belongs to a day; `month_step` counts the months passed since the first."""

    index: int
    parts: DayParts
    month_step: int = 0
    day: date | None = None


@dataclass(slots=True)
class Segment:
    """Days in a row of one block, from the header line to the line before `end`."""

    sheet: int
    header: int
    first: int
    end: int
    left: int
    columns: list[Column]
    titles: list[MonthParts] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    month: int | None = None
    year: int | None = None
    guessed_year: bool = False
    guessed_month: bool = False

    @property
    def whole(self) -> bool:
        """True when every heading carries its own month and year."""
        return all(column.parts.month and column.parts.year for column in self.columns)


def cell_at(row: Sequence[Cell], index: int) -> Cell:
    """Return the cell, empty beyond the end of a line."""
    return row[index] if 0 <= index < len(row) else ""


def find_segments(sheet: Sheet, number: int) -> list[Segment]:
    """Return the blocks of days of a sheet, top to bottom then left to right."""
    headers = [r for r, row in enumerate(sheet.rows) if _is_header(sheet.rows, r)]
    if not headers:
        headers = [r for r, row in enumerate(sheet.rows) if _weekday_line(row)]
    segments: list[Segment] = []
    for place, header in enumerate(headers):
        end = headers[place + 1] if place + 1 < len(headers) else len(sheet.rows)
        above = segments[-1].end if segments and place else 0
        segments.extend(
            _cut(sheet, number, header, end, headers[place - 1] + 1 if place else above)
        )
    return segments


def _day_cells(row: Sequence[Cell]) -> list[tuple[int, DayParts]]:
    found = []
    for index, cell in enumerate(row):
        if cell == "" and isinstance(cell, str):
            continue
        parts = dates.day_parts(cell)
        if parts is not None:
            found.append((index, parts))
    return found


def _is_header(rows: Rows, r: int) -> bool:
    row = rows[r]
    if len(row) < 2 and not row:
        return False
    cells = _day_cells(row)
    rich = [(c, p) for c, p in cells if p.month is not None or p.weekdays is not None]
    if len(rich) >= 2:
        return _advances([p for _, p in rich]) and len(rich) >= 0.5 * _filled(row)
    if len(rich) == 1 and len(cells) == 1:
        return rich[0][0] > 0 and _marked_below(rows, r, rich[0][0])
    above = _day_cells(rows[r - 1]) if r else []
    if sum(p.month is not None for _, p in above) >= 2:
        return False
    return _plain_header(row, cells)


def _plain_header(row: Sequence[Cell], cells: list[tuple[int, DayParts]]) -> bool:
    plain = [p.day for _, p in cells]
    if len(plain) < MIN_PLAIN_DAYS:
        return False
    before = [cell for cell in row[: cells[0][0]] if isinstance(cell, str) and cell]
    label = before[-1] if before else ""
    titled = any(is_heading(text) for text in before)
    if label and not titled and (is_total(label) or (len(plain) < 8 and _person(label))):
        return False
    steps = [b - a for a, b in itertools.pairwise(plain)]
    forward = sum(0 < step <= 7 for step in steps)
    resets = sum(
        step < 0 and b <= 7 and b - step >= 20 for step, b in zip(steps, plain[1:], strict=True)
    )
    return forward + resets == len(steps) and resets <= 12 and len(cells) >= 0.6 * _filled(row)


def _person(label: str) -> bool:
    return looks_like_name(label) and not is_heading(label) and dates.month_parts(label) is None


def _filled(row: Sequence[Cell]) -> int:
    """Cells of a line that are neither empty nor a heading."""
    return sum(
        not (isinstance(cell, str) and (not cell or is_heading(cell) or is_total(cell)))
        for cell in row
    )


def _advances(parts: Sequence[DayParts]) -> bool:
    """True when the days follow one another, as headings do and a column of a log does not."""
    keys = [(p.year or 0, p.month or 0, p.day) for p in parts]
    steps = list(itertools.pairwise(keys))
    if sum(a == b for a, b in steps) > 0.4 * len(steps):
        return False
    forward = sum(a <= b or a[2] >= 20 or a[1] > b[1] for a, b in steps)
    return forward >= 0.9 * len(steps)


def _marked_below(rows: Rows, r: int, column: int) -> bool:
    seen = 0
    for row in rows[r + 1 : r + 8]:
        label = cell_at(row, 0)
        if isinstance(label, str) and _person(label):
            seen += marks.sign_of(cell_at(row, column)) is marks.Sign.PRESENT
    return seen >= 2


def _weekday_line(row: Sequence[Cell]) -> bool:
    """True for "lundi | mardi | mercredi" without any day number."""
    found = [n for cell in row if (n := _weekday_word(cell)) is not None]
    return len(found) >= 3 and found == sorted(set(found))


def _weekday_word(cell: Cell) -> int | None:
    if not isinstance(cell, str) or len(cell) < 3:
        return None
    numbers = dates.weekday_numbers(cell)
    return min(numbers) if numbers and len(numbers) == 1 else None


def _cut(sheet: Sheet, number: int, header: int, end: int, above: int) -> list[Segment]:
    rows = sheet.rows
    cells = _day_cells(rows[header])
    if not cells or _weekday_line(rows[header]):
        words = [(c, _weekday_word(cell)) for c, cell in enumerate(rows[header])]
        cells = [(c, DayParts(0, weekdays=frozenset({n}))) for c, n in words if n is not None]
    cells = _without_strays(cells)
    first = header + 1
    hints: dict[int, frozenset[int]] = {}
    for near in (header - 1, header + 1):
        found = _weekday_hints(rows, near, [c for c, _ in cells])
        if found:
            hints = hints or found
            first = max(first, near + 1)
    cells = [(c, _with_weekdays(p, hints.get(c))) for c, p in cells]
    parts_line = next((r for r in (first, first + 1) if _parts_line(rows, r)), None)
    if parts_line is not None:
        first = parts_line + 1
    columns = _spread(sheet, header, cells, rows[parts_line] if parts_line is not None else ())
    segments: list[Segment] = []
    left = 0
    for run in _runs(columns, rows[first:end]):
        segment = Segment(number, header, first, end, left, run)
        _context(segment, rows, above, segments)
        segments.append(segment)
        left = run[-1].index + 1
    return segments


def _without_strays(cells: list[tuple[int, DayParts]]) -> list[tuple[int, DayParts]]:
    """Drop a plain number among real dates (a line number, a total)."""
    rich = [p for _, p in cells if p.month is not None or p.weekdays is not None]
    if rich and len(rich) >= 0.5 * len(cells):
        return [(c, p) for c, p in cells if p.month is not None or p.weekdays is not None]
    return cells


def _with_weekdays(parts: DayParts, hint: frozenset[int] | None) -> DayParts:
    if hint is None or parts.weekdays is not None:
        return parts
    return replace(parts, weekdays=hint)


def _weekday_hints(rows: Rows, r: int, columns: Iterable[int]) -> dict[int, frozenset[int]]:
    if not 0 <= r < len(rows):
        return {}
    wanted = list(columns)
    found = {}
    for c in wanted:
        cell = cell_at(rows[r], c)
        if isinstance(cell, str) and (numbers := dates.weekday_numbers(cell)):
            found[c] = numbers
    filled = sum(cell_at(rows[r], c) != "" for c in wanted)
    spread = len(set(found.values())) >= min(3, len(wanted))
    return found if filled and len(found) >= 0.8 * filled and spread and len(found) >= 2 else {}


def _parts_line(rows: Rows, r: int) -> bool:
    if not 0 <= r < len(rows):
        return False
    filled = [cell for cell in rows[r] if cell != ""]
    lead = filled[0] if filled else ""
    if isinstance(lead, str) and not marks.part_of_day(lead) and _person(lead):
        return False
    parts = [cell for cell in filled if marks.part_of_day(cell)]
    return len(parts) >= 2 and len(parts) >= 0.6 * len(filled) and len(set(map(str, parts))) >= 2


def _spread(
    sheet: Sheet, header: int, cells: list[tuple[int, DayParts]], parts_line: Sequence[Cell]
) -> list[Column]:
    """A day also owns the next columns when they are its morning and afternoon, or merged."""
    columns: list[Column] = []
    known = {c for c, _ in cells}
    spans = {(r, c): last for r, c, bottom, last in sheet.merged if r == header}
    for index, parts in cells:
        columns.append(Column(index, parts))
        follow = index + 1
        while follow not in known and (
            marks.part_of_day(cell_at(parts_line, follow))
            or follow <= spans.get((header, index), -1)
        ):
            columns.append(Column(follow, parts))
            follow += 1
    return columns


def _runs(columns: list[Column], body: Rows) -> list[list[Column]]:
    """Cut when the day goes back to a new month after a title or a gap; else count the months."""
    runs: list[list[Column]] = []
    last = None
    for column in columns:
        parts = column.parts
        if parts.month is not None or last is None:
            step = 0 if last is None else runs[-1][-1].month_step
        else:
            step = runs[-1][-1].month_step + (0 < parts.day < last.parts.day)
        column.month_step = step
        gap = range(last.index + 1, column.index) if last is not None else range(0)
        back = last is not None and parts.month is None and 0 < parts.day < last.parts.day
        if last is None or (gap and (back or any(_names_in(body, c) for c in gap))):
            runs.append([])
            column.month_step = 0
        runs[-1].append(column)
        last = column
    return runs


def _names_in(body: Rows, c: int) -> bool:
    """True when a column between days holds names: another block begins."""
    texts = [cell for row in body if isinstance(cell := cell_at(row, c), str) and cell]
    people = [t for t in texts if _person(t) and marks.sign_of(t) is marks.Sign.UNKNOWN]
    return len(people) >= 2 and len(people) >= 0.5 * len(texts)


def _context(segment: Segment, rows: Rows, above: int, before: list[Segment]) -> None:
    """Collect the titles that may name the month, nearest first."""
    start = segment.columns[0].index
    stop = segment.columns[-1].index
    near: list[Cell] = []
    for r in range(segment.header - 1, above - 1, -1):
        low = segment.left if before else 0
        near.extend(_span(rows[r], low, stop))
    near.extend(_span(rows[segment.header], segment.left, start - 1))
    for c in range(segment.left, start):
        for r in range(segment.end):
            cell = cell_at(rows[r], c)
            if r < above or (isinstance(cell, str) and looks_like_name(cell)):
                continue
            near.append(cell)
    for cell in near:
        if isinstance(cell, str) and 3 <= len(cell) <= 120:
            segment.texts.append(cell)
            if found := dates.month_parts(cell):
                segment.titles.append(found)
    for cell in near:
        if isinstance(cell, date):
            segment.titles.append(MonthParts(cell.month, cell.year))
        elif isinstance(cell, int) and 2000 <= cell < 2100:
            segment.titles.append(MonthParts(None, cell))


def _span(row: Sequence[Cell], low: int, high: int) -> list[Cell]:
    return [cell for cell in row[max(low, 0) : high + 1] if cell != ""]
