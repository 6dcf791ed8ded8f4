"""Reads a programme of weeks: what happens each day, without the names of people."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from espace.imports.reading import activitytext, hours, marks, timetable, weeks
from espace.imports.reading.collect import Collected
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell
from espace.imports.reading.hours import Span
from espace.imports.reading.layout import cell_at
from espace.imports.reading.marks import Sign
from espace.imports.reading.model import Activity, Drawn, Opened, Unreadable
from espace.imports.reading.timetable import Column, Timetable, Week

DETAILS = "Les noms de personnes et les détails écrits à côté des titres"
GUESSED = "Quand l'heure ou la fin n'est pas écrite, nous proposons une heure. À vérifier."
OUTSIDE = "Nous gardons 13 mois en arrière et 12 mois en avant. Le reste n'est pas ajouté."
USUAL_HOURS = (
    "Les heures d'ouverture de toutes les semaines se notent dans la fiche du GEM. "
    "Elles ne sont pas ajoutées ici."
)
NOT_A_DAY = "Cette semaine a un jour qui n'existe pas. Ce jour n'est pas ajouté."
_PEOPLE_LINE = re.compile(
    r"^(?:anim\w*|qui\b|referent\w*|salarie\w*|equipe|presents?\b|intervenant\w*|benevoles?\b|nom\w*"
    r"|responsable\w*|remarque\w*|notes?\b|contact\w*|infos?\b|observation\w*|participants?\b|inscrits?\b)"
)
_OPENING_LINE = re.compile(r"^(?:horaires?|ouverture|ouvert|heures? d'ouverture)\b")


def read_weeks(
    tables: Sequence[Timetable], stem: str, today: date, known: Collection[str], found: Collected
) -> None:
    """Collect the activities, openings and closed days of all the weeks."""
    for table in tables:
        for week in table.weeks:
            timetable.set_days(week, stem, today)
            _Reader(table, week, today, known, found).read()
    if any(one.activity.guessed for one in found.drawn):
        found.note(GUESSED)


class _Reader:
    """One week."""

    def __init__(
        self,
        table: Timetable,
        week: Week,
        today: date,
        known: Collection[str],
        found: Collected,
    ) -> None:
        self.table, self.week, self.known, self.found = table, week, known, found
        self.sheet = table.sheet
        self.low, self.high = weeks.window(today)
        dated = any(one.day for one in week.columns)
        said = "Semaine de programme" if dated else "Semaine sans date"
        self.group = found.open_group(self.sheet.name, said)
        self.left = min(one.index for one in week.columns)
        self.covered: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        for top, left, bottom, right in self.sheet.merged:
            if bottom - top < 400 and right - left < 60:
                for r in range(max(top, week.first), min(bottom, week.end - 1) + 1):
                    for c in range(left, right + 1):
                        self.covered[r, c] = (top, left, bottom, right)
        self.closed: dict[int, int] = {}

    def read(self) -> None:
        """Read day after day, each cell once."""
        spans = self._line_spans()
        for column in self.week.columns:
            if column.parts is not None and column.day is None and column.parts.day:
                where = 0 if self.table.turned else self.week.header + 1
                self.found.unreadable.append(Unreadable(self.sheet.name, where, NOT_A_DAY))
                continue
            if column.opening is not None:
                self._open(column, column.opening)
            self._column(column, spans)
        self.found.rows_read += self.week.end - self.week.first

    def _line_spans(self) -> dict[int, Span | None]:
        """The hours of each line, from the cells at its left; a merged title covers its lines."""
        spans: dict[int, Span | None] = {}
        current: Span | None = None
        for r in range(self.week.first, self.week.end):
            own = [hours.label_span(self._label(r, c)) for c in range(self.left)]
            exact = [span for span in own if span is not None and not span.vague]
            vague = [span for span in own if span is not None and span.vague]
            if exact or vague:
                current = (exact or vague)[0]
            elif any(self._label(r, c) != "" for c in range(self.left)):
                current = None
            spans[r] = current
        self._end_single(spans)
        return spans

    def _end_single(self, spans: dict[int, Span | None]) -> None:
        """Lines « 9h », « 10h », « 11h »: each one ends where the next begins."""
        lines = [(r, s) for r, s in spans.items() if s is not None and s.end is None]
        for r, span in lines:
            later = [
                other.start for n, other in spans.items()
                if n > r and other is not None and other.start > span.start
            ]  # fmt: skip
            end = min(later, default=span.start + 60)
            spans[r] = Span(span.start, min(end, span.start + 240), vague=span.vague)

    def _label(self, r: int, c: int) -> Cell:
        area = self.covered.get((r, c))
        if area is not None:
            return cell_at(self.sheet.rows[area[0]], area[1])
        return cell_at(self.sheet.rows[r], c)

    def _kind_of_line(self, r: int) -> str:
        texts = [self._label(r, c) for c in range(self.left)]
        flat = " ".join(fold(text) for text in texts if isinstance(text, str)).strip()
        if _PEOPLE_LINE.match(flat):
            return "people"
        return "opening" if _OPENING_LINE.match(flat) else ""

    def _column(self, column: Column, spans: dict[int, Span | None]) -> None:
        r = self.week.first
        before: tuple[str, ...] = ()
        while r < self.week.end:
            end, lines = self._cell(r, column.index)
            kind = self._kind_of_line(r) if lines else ""
            if kind == "people":
                self.found.drop(DETAILS)
            elif lines and marks.sign_of(" ".join(lines)) is Sign.CLOSED:
                if column.day is not None and self.low <= column.day <= self.high:
                    self.found.closed.append((column.day, self.group))
            elif lines:
                span = self._span(spans, r, end, column)
                if lines == before and span is not None and self._goes_on(column, span):
                    pass
                else:
                    self._say(column, lines, span)
            before = lines
            r = end + 1

    def _goes_on(self, column: Column, span: Span) -> bool:
        """Join a cell written again on the next line of hours to the one above."""
        last = self.found.drawn[-1] if self.found.drawn else None
        if last is None or last.group != self.group or last.day != column.day:
            return False
        activity = last.activity
        if activity.start + activity.minutes != span.start or span.end is None or span.vague:
            return False
        longer = replace(activity, minutes=span.end - activity.start)
        self.found.drawn[-1] = replace(last, activity=longer)
        return True

    def _cell(self, r: int, c: int) -> tuple[int, tuple[str, ...]]:
        """The last line a cell covers, and the lines of its text."""
        area = self.covered.get((r, c))
        top, left, end = (r, c, r) if area is None else (area[0], area[1], area[2])
        cell = cell_at(self.sheet.rows[top], left) if top >= self.week.first else ""
        if left < self.left:
            return r, ()
        lines = self.sheet.lines.get((top, left))
        if lines is None:
            lines = (cell,) if isinstance(cell, str) and cell else ()
        return max(r, min(end, self.week.end - 1)), lines

    def _span(self, spans: dict[int, Span | None], r: int, end: int, column: Column) -> Span | None:
        first, last = spans.get(r), spans.get(end)
        own = hours.label_span(column.label)
        if first is None:
            return own
        if last is not None and last is not first and last.end and last.end > first.start:
            return Span(first.start, last.end, vague=first.vague or last.vague)
        return first

    def _say(self, column: Column, lines: Sequence[str], span: Span | None) -> None:
        for said in activitytext.read_cell(lines, span, self.known):
            if said.hidden:
                self.found.drop(DETAILS)
            if said.opening is not None:
                self._open(column, said.opening)
            elif said.activity is not None:
                self._draw(column, said.activity)

    def _draw(self, column: Column, activity: Activity) -> None:
        if column.day is not None and not self.low <= column.day <= self.high:
            self.found.note(OUTSIDE)
            return
        self.found.drawn.append(Drawn(activity, column.weekday, column.day, self.group))

    def _open(self, column: Column, span: Span) -> None:
        if span.end is None:
            return
        if column.day is None:
            self.found.note(USUAL_HOURS)
        elif self.low <= column.day <= self.high:
            self.found.opened.append(Opened(column.day, span.start, span.end - span.start))
