"""Gives each block its month and year: its titles, the sheet's name, weekdays, neighbours."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from espace.imports.reading import dates
from espace.imports.reading.dates import MonthParts
from espace.imports.reading.layout import Column, Segment


def place_days(segments: Sequence[Segment], names: Sequence[str], stem: str, today: date) -> None:
    """Fill `day` of every column (None when no such day), and what had to be guessed."""
    heads: Counter[tuple[int | None, int | None]] = Counter(
        (t.month, t.year) for s in segments for t in s.titles[:1] if t.month is not None
    )
    for segment in segments:
        _choose_month(segment, names[segment.sheet], heads)
    _follow_months(segments, today)
    _choose_years(segments, names, stem, today)
    for segment in segments:
        _fill(segment)


def _choose_month(
    segment: Segment, name: str, heads: Counter[tuple[int | None, int | None]]
) -> None:
    if all(column.parts.month for column in segment.columns):
        segment.month = segment.columns[0].parts.month
        return
    title = next((t for t in segment.titles if t.month is not None), None)
    named = dates.month_parts(name)
    if named is not None and named.month is None:
        named = None
    choice = title or named
    if title is not None and named is not None and title.month != named.month:
        stale = heads[title.month, title.year] > 1
        choice = named if stale else title
        fits = [t for t in (title, named) if _known_fit(segment, t)]
        if len(fits) == 1:
            choice = fits[0]
    if choice is None or choice.month is None:
        return
    segment.month = choice.month
    segment.year = choice.year_of(choice.month)
    _start_of_range(segment)


def _known_fit(segment: Segment, parts: MonthParts) -> bool:
    """True when the weekdays written agree with that month (when its year is known)."""
    year = parts.year_of(parts.month) if parts.month else None
    if parts.month is None or year is None:
        return False
    return (_agreement(segment, year, parts.month) or 0) >= 0.9


def _start_of_range(segment: Segment) -> None:
    """A week from 30 March to 4 April under the title "avril": its first days are of March."""
    days = [column for column in segment.columns if column.parts.month is None]
    if not days or segment.month is None or days[-1].month_step != 1:
        return
    head = [column for column in days if column.month_step == 0]
    if head[0].parts.day < 22 or len(days) > 16:
        return
    named = any(dates.first_day(text) == head[0].parts.day for text in segment.texts)
    if named or len(head) > len(days) - len(head):
        return
    before = segment.month - 1 or 12
    year = segment.year
    if year is not None and (_agreement(segment, year, segment.month) or 0) >= 0.9:
        return
    if year is not None and before == 12:
        segment.year = year - 1
    segment.month = before


def _agreement(segment: Segment, year: int, month: int) -> float | None:
    """Share of the columns whose weekday agrees; None when no weekday is written."""
    good = total = 0
    for column in segment.columns:
        if column.parts.weekdays is None or column.parts.day == 0:
            continue
        total += 1
        day = _day_of(column, year, month)
        good += day is not None and day.weekday() in column.parts.weekdays
    return good / total if total else None


def _day_of(column: Column, year: int, month: int) -> date | None:
    steps = month - 1 + column.month_step
    return column.parts.complete(steps % 12 + 1, year + steps // 12)


def _follow_months(segments: Sequence[Segment], today: date) -> None:
    """Blocks without any month follow the one before them, or are guessed from weekdays."""
    last: Segment | None = None
    for segment in segments:
        if segment.month is None and last is not None and last.sheet == segment.sheet:
            last_step = last.columns[-1].month_step
            forward = segment.columns[0].parts.day > last.columns[-1].parts.day
            month = (last.month or 1) + last_step + (0 if forward else 1)
            segment.month = (month - 1) % 12 + 1
            if last.year is not None:
                segment.year = last.year + (month - 1) // 12
        elif segment.month is None and segment.columns[0].parts.day:
            segment.guessed_month = True
            segment.year, segment.month = _likely_month(segment, today)
        last = segment


def _likely_month(segment: Segment, today: date) -> tuple[int, int]:
    """The latest month, not after today's, long enough and with the same weekdays."""
    options = likely_months(segment, today)
    return options[0]


def likely_months(segment: Segment, today: date) -> list[tuple[int, int]]:
    """Return up to twelve (year, month) that fit, the latest first; never empty."""
    longest = max(column.parts.day for column in segment.columns if column.month_step == 0)
    fitting: list[tuple[int, int]] = []
    long_enough: list[tuple[int, int]] = []
    year, month = today.year, today.month
    for _ in range(60):
        if dates.DayParts(longest).complete(month, year) is not None:
            long_enough.append((year, month))
            if (_agreement(segment, year, month) or 0) >= 0.9:
                fitting.append((year, month))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return (fitting or long_enough)[:12]


def _choose_years(
    segments: Sequence[Segment], names: Sequence[str], stem: str, today: date
) -> None:
    for segment in segments:
        if segment.year is None and segment.month is not None:
            segment.year = _written_year(segment, names[segment.sheet])
    dated = [s for s in segments if s.month is not None and not s.whole]
    _from_neighbours(dated)
    for source in (*names, stem):
        found = dates.month_parts(source)
        if found is None:
            continue
        for segment in dated:
            if segment.year is None and segment.month is not None:
                segment.year = found.year_of(segment.month)
    unknown = [s for s in dated if s.year is None]
    if unknown:
        _guess_years(unknown, today)


def _written_year(segment: Segment, name: str) -> int | None:
    month = segment.month or 1
    for parts in segment.titles:
        year = parts.year_of(month)
        if year is not None:
            return year
    named = dates.month_parts(name)
    if named is not None and named.year_of(month) is not None:
        return named.year_of(month)
    years = [c.parts.year for c in segment.columns if c.parts.year]
    return years[0] if years else None


def _from_neighbours(segments: Sequence[Segment]) -> None:
    """Months in order: after a known December comes January of the next year."""
    for order, sign in ((list(segments), 1), (list(reversed(segments)), -1)):
        known: Segment | None = None
        for segment in order:
            if segment.year is None and known is not None:
                year, month, here = known.year or 0, known.month or 1, segment.month or 1
                wraps = here < month if sign > 0 else here > month
                segment.year = year + sign * wraps
            if segment.year is not None:
                known = segment


def _guess_years(segments: Sequence[Segment], today: date) -> None:
    """No year anywhere: the latest past that agrees with the weekdays written."""
    years = [0]
    for before, after in itertools.pairwise(segments):
        years.append(years[-1] + ((after.month or 1) < (before.month or 1)))
    last = segments[-1]
    base = today.year - years[-1] - ((last.month or 1) > today.month)
    for start in range(base, base - 12, -1):
        shares = [
            share
            for segment, offset in zip(segments, years, strict=True)
            if (share := _agreement(segment, start + offset, segment.month or 1)) is not None
        ]
        if not shares or min(shares) >= 0.9:
            base = start
            break
    for segment, offset in zip(segments, years, strict=True):
        segment.year = base + offset
        segment.guessed_year = True


def _fill(segment: Segment) -> None:
    if segment.columns[0].parts.day == 0:
        _fill_week(segment)
        return
    year = segment.year
    for column in segment.columns:
        parts = column.parts
        if parts.month and parts.year:
            column.day = parts.complete(None, None)
        elif parts.month and year is not None and segment.month is not None:
            column.day = parts.complete(None, year + (parts.month < segment.month))
        elif year is not None and segment.month is not None:
            column.day = _day_of(column, year, segment.month)


def _fill_week(segment: Segment) -> None:
    """Weekdays without a number: the week is in the title ("du 9 au 14", "semaine 46")."""
    monday = None
    year = segment.year or next((t.year for t in segment.titles if t.year), None)
    for text in segment.texts:
        first = dates.first_day(text)
        parts = dates.month_parts(text)
        if first and parts and parts.month and (parts.year_of(parts.month) or year):
            day = dates.DayParts(first).complete(parts.month, parts.year_of(parts.month) or year)
            monday = day - timedelta(days=day.weekday()) if day else None
        elif (week := dates.week_number(text)) and year:
            monday = date.fromisocalendar(year, min(week, 52), 1)
        if monday:
            break
    for column in segment.columns:
        if monday and column.parts.weekdays:
            column.day = monday + timedelta(days=min(column.parts.weekdays))
