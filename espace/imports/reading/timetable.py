"""Finds the weeks of a programme in a sheet: days along a line, blocks of hours below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from espace.imports.reading import dates, hours, marks
from espace.imports.reading.dates import DayParts, fold
from espace.imports.reading.grid import Cell, Sheet, transpose
from espace.imports.reading.hours import Span
from espace.imports.reading.layout import cell_at

_NUMBERED = re.compile(r"^(\d{1,2})(?:er)?\s*[-–:.)]?\s+(?=\D)")
_DAY_HOURS = re.compile(r"[(:\-–,]|\bde\b|\d{1,2}\s*h", re.IGNORECASE)


@dataclass(slots=True)
class Column:
    """One day of a week: its weekday (0 is Monday), what its title says, and then its date."""

    index: int
    weekday: int
    parts: DayParts | None
    opening: Span | None = None
    day: date | None = None
    label: Cell = ""


@dataclass(slots=True)
class Week:
    """One block: its days, and the lines below them up to `end`."""

    sheet: str
    header: int
    first: int
    end: int
    columns: list[Column]
    titles: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Timetable:
    """A sheet in the direction where days run along a line."""

    sheet: Sheet
    turned: bool
    weeks: list[Week]

    @property
    def score(self) -> int:
        return sum(len(week.columns) for week in self.weeks)


def find_timetable(sheet: Sheet) -> Timetable | None:
    """Return the direction that has most days along a line; None when there is no day."""
    best: Timetable | None = None
    for turned in (False, True):
        oriented = transpose(sheet) if turned else sheet
        weeks = _weeks(oriented)
        if turned:
            weeks = [part for week in weeks for part in _stacked(sheet, week)]
        found = Timetable(oriented, turned, weeks)
        if found.weeks and (best is None or found.score > best.score):
            best = found
    return best


def _weeks(sheet: Sheet) -> list[Week]:
    weeks: list[Week] = []
    texts_from = 0
    for r in range(min(len(sheet.rows), 3_000)):
        columns = _days_of(sheet, r)
        if columns is None and weeks and _is_number_line(sheet.rows[r], weeks[-1]):
            columns = _numbered(sheet.rows[r], weeks[-1])
        if columns is None:
            continue
        titles = _texts(sheet, texts_from, r)
        if weeks:
            titles = [*titles, *(t for t in weeks[-1].titles if dates.month_parts(t))]
            weeks[-1].end = _end_before(sheet, weeks[-1], r)
        weeks.append(Week(sheet.name, r, r + 1, len(sheet.rows), columns, titles))
        texts_from = r + 1
    kept = []
    for week in weeks:
        _subtitles(sheet, week)
        if week.first < week.end:
            kept.append(week)
    return kept


def _stacked(sheet: Sheet, week: Week) -> list[Week]:
    """Days written one under the other: each week has its title above its first day."""
    groups: list[list[Column]] = []
    for column in week.columns:
        last = groups[-1][-1] if groups else None
        undated = column.parts is None and last is not None and last.parts is None
        if last is None or (undated and column.weekday < last.weekday):
            groups.append([])
        groups[-1].append(column)
    weeks = []
    for group in groups:
        titles = _texts(sheet, 0, group[0].index)
        weeks.append(replace(week, columns=group, titles=[*titles, *week.titles]))
    return weeks


def _texts(sheet: Sheet, start: int, end: int) -> list[str]:
    """Texts just above a line of days: at most six lines, those with few cells."""
    found = []
    for row in sheet.rows[max(start, end - 6) : end]:
        filled = [cell for cell in row if cell != ""]
        if len(filled) <= 3:
            found += [cell for cell in filled if isinstance(cell, str) and len(cell) <= 120]
    return found[::-1]


def _end_before(sheet: Sheet, week: Week, r: int) -> int:
    """The line where a block ends: titles of the next one are not its cells."""
    end = r
    while end > week.first:
        row = sheet.rows[end - 1]
        filled = [cell for cell in row if cell != ""]
        dated = len(filled) == 1 and isinstance(filled[0], str) and _speaks_of_week(filled[0])
        if filled and not dated:
            break
        end -= 1
    return end


def _speaks_of_week(text: str) -> bool:
    flat = fold(text)
    return "semaine" in flat or "programme" in flat or dates.first_day(text) is not None


def _days_of(sheet: Sheet, r: int) -> list[Column] | None:
    """Columns of a line of days; None when most of its cells are something else."""
    row = sheet.rows[r]
    found: list[Column] = []
    others = 0
    for c, cell in enumerate(row):
        if cell == "":
            continue
        column = _day_title(c, cell)
        if column is not None:
            found.append(column)
        elif c > 0:
            others += 1
    if len(found) < 2 or others > len(found) * 0.4 or _all_one_day(found):
        return None
    for top, left, bottom, right in sheet.merged:
        if top <= r <= bottom and right > left:
            for column in [one for one in found if one.index == left]:
                spread = range(left + 1, min(right, left + 6) + 1)
                found += [replace(column, index=c) for c in spread]
    return sorted(found, key=lambda one: one.index)


def _all_one_day(columns: Sequence[Column]) -> bool:
    return len({(c.weekday, c.parts.day if c.parts else 0) for c in columns}) < 2


def _day_title(c: int, cell: Cell) -> Column | None:
    """The day a cell names: « Lundi », « lundi 9 », a date; its opening hours when written."""
    if isinstance(cell, (int, float, bool)):
        return None
    if isinstance(cell, date):
        return Column(c, cell.weekday(), DayParts(cell.day, cell.month, cell.year))
    if not isinstance(cell, str) or len(cell) > 50:
        return None
    opening = None
    found = hours.spans(cell)
    text = cell
    if found and found[0].end is not None:
        opening = found[0]
        text = _DAY_HOURS.split(cell[: opening.low])[0] or cell[: opening.low]
    text = text.strip(" .,:;-–()")
    parts = dates.day_parts(text, serial=False)
    weekdays = dates.weekday_numbers(text) if len(text) >= 3 else None
    if weekdays:
        return Column(c, min(weekdays), None, opening)
    if parts is None or (parts.month is None and parts.weekdays is None):
        return None
    weekday = min(parts.weekdays) if parts.weekdays else -1
    return Column(c, weekday, parts, opening)


def _is_number_line(row: Sequence[Cell], week: Week) -> bool:
    """True for the line of day numbers of a month drawn as a calendar."""
    cells = [cell_at(row, one.index) for one in week.columns]
    numbers = [n for cell in cells if (n := _number(cell)) is not None]
    filled = [cell for cell in cells if cell != ""]
    ordered = all(b - a <= 3 for a, b in pairwise(numbers) if b > a)
    return len(numbers) >= 1 and len(numbers) == len(filled) and ordered


def _number(cell: Cell) -> int | None:
    if isinstance(cell, int) and not isinstance(cell, bool) and 1 <= cell <= 31:
        return cell
    if isinstance(cell, str) and (found := _NUMBERED.match(cell + " ")):
        return int(found[1]) if 1 <= int(found[1]) <= 31 and not hours.spans(cell[:6]) else None
    if isinstance(cell, str) and cell.isdigit() and 1 <= int(cell) <= 31:
        return int(cell)
    return None


def _numbered(row: Sequence[Cell], week: Week) -> list[Column]:
    columns = []
    for one in week.columns:
        number = _number(cell_at(row, one.index))
        if number is not None:
            columns.append(Column(one.index, one.weekday, DayParts(number)))
    return columns


def _subtitles(sheet: Sheet, week: Week) -> None:
    """« Matin », « Après-midi » under each day are hours of its columns."""
    if week.first >= week.end:
        return
    row = sheet.rows[week.first]
    labels = [cell_at(row, one.index) for one in week.columns]
    filled = [cell for cell in labels if cell != ""]
    if len(filled) >= 2 and all(_is_only_hours(cell) for cell in filled):
        for one, label in zip(week.columns, labels, strict=True):
            one.label = label
        repeated = len({one.index for one in week.columns}) > len(
            {(one.weekday, one.parts) for one in week.columns}
        )
        if repeated:
            week.first += 1
        else:
            for one in week.columns:
                one.label = ""


def _is_only_hours(cell: Cell) -> bool:
    if marks.part_of_day(cell):
        return True
    span = hours.label_span(cell)
    return span is not None and (not isinstance(cell, str) or len(cell) <= 14)


def set_days(week: Week, stem: str, today: date) -> None:
    """Give each column its date, from its title, those above, the sheet's or the file's name."""
    texts = [*week.titles, week.sheet, stem]
    named = [parts for text in texts if (parts := dates.month_parts(text)) is not None]
    years = _years(named, week, today)
    if any(one.parts and one.parts.day for one in week.columns):
        _from_numbers(week, named, years, today)
        return
    monday = _monday(texts, years, week, today)
    if monday is not None:
        for one in week.columns:
            one.day = monday + timedelta(days=one.weekday)


def _years(named: Sequence[dates.MonthParts], week: Week, today: date) -> list[int]:
    """Years to try: those written, else this one and the two around, the nearest first."""
    for parts in named:
        if parts.season is not None:
            return list(parts.season)
        if parts.year is not None:
            return [parts.year]
    written = [one.parts.year for one in week.columns if one.parts and one.parts.year]
    return written[:1] or [today.year, today.year + 1, today.year - 1]


def _from_numbers(
    week: Week, named: Sequence[dates.MonthParts], years: Sequence[int], today: date
) -> None:
    first = next(one for one in week.columns if one.parts and one.parts.day)
    own_month = first.parts.month if first.parts else None
    months = [own_month] if own_month else [p.month for p in named if p.month][:1]
    if not months:
        return
    month = months[0] or 1
    tries = [(year, month) for year in years]
    if own_month is None:
        tries += [(y - (month == 1), (month - 2) % 12 + 1) for y in years]
    options = [(_filled(week, year, month), n) for n, (year, month) in enumerate(tries)]

    def judged(option: tuple[list[date | None], int]) -> tuple[int, int, int]:
        days, n = option
        real = [day for day in days if day is not None]
        wrong = sum(
            day is None or (one.weekday >= 0 and day.weekday() != one.weekday)
            for one, day in zip(week.columns, days, strict=True)
        )
        far = min((abs((day - today).days) for day in real), default=9_999)
        return wrong, n >= len(years), far

    days = min(options, key=judged)[0]
    for one, day in zip(week.columns, days, strict=True):
        one.day = day
        if day is not None:
            one.weekday = day.weekday()


def _filled(week: Week, year: int, month: int) -> list[date | None]:
    """Days of the columns, the first one in that month: a smaller number is the next month's."""
    found: list[date | None] = []
    last = 0
    for one in week.columns:
        parts = one.parts
        if parts is None or not parts.day:
            found.append(None)
            continue
        if parts.month:
            own = parts.year or year + (parts.month < month and month - parts.month > 6)
            found.append(parts.complete(None, own))
            continue
        if last and parts.day < last:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        last = parts.day
        found.append(parts.complete(month, year))
    return found


def _monday(texts: Sequence[str], years: Sequence[int], week: Week, today: date) -> date | None:
    """The Monday of a week told by its title: « du 12 au 16 octobre », « Semaine 46 »."""
    for text in texts:
        first, parts = dates.first_day(text), dates.month_parts(text)
        if first and parts and parts.month:
            near = [parts.year_of(parts.month)] if parts.year_of(parts.month) else list(years)
            options = []
            for year in near:
                for month, shift in ((parts.month, 0), ((parts.month - 2) % 12 + 1, 1)):
                    last = _LAST_DAY.search(fold(text))
                    named = _FIRST_MONTH.search(fold(text))
                    own_name = named is not None and dates.month_number(named[1]) is not None
                    crosses = last is not None and int(last[1]) < first and not own_name
                    if bool(shift) is not crosses:
                        continue
                    own = (year or today.year) - (shift and parts.month == 1)
                    day = DayParts(first).complete(month, own)
                    if day is not None:
                        options.append(day)
            if options:
                best = min(
                    options,
                    key=lambda d: (d.weekday() != week.columns[0].weekday, abs((d - today).days)),
                )
                return best - timedelta(days=best.weekday())
        if number := dates.week_number(text):
            mondays = [_iso_monday(year, number) for year in years]
            return min(mondays, key=lambda d: abs((d - today).days))
    return None


_FIRST_MONTH = re.compile(r"\bdu\s+(?:[a-z]{5,8}\s+)?\d{1,2}(?:er)?\s+([a-z]{3,10})")
_LAST_DAY = re.compile(r"\bau\s+(?:[a-z]{3,8}\s+)?(\d{1,2})\b")


def _iso_monday(year: int, week: int) -> date:
    last = date(year, 12, 28).isocalendar().week
    return date.fromisocalendar(year, min(week, last), 1)
