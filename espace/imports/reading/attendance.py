"""Reads rolls: names crossed with days, in either direction, in any number of blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from espace.imports.reading import calendar, layout, marks, namecolumns
from espace.imports.reading.collect import Collected
from espace.imports.reading.dates import day_parts, fold, month_label
from espace.imports.reading.grid import Cell, Rows, Sheet, column_name, transpose
from espace.imports.reading.layout import Segment, cell_at
from espace.imports.reading.marks import Sign
from espace.imports.reading.model import Category, Unreadable
from espace.imports.reading.namecolumns import NameColumns
from espace.imports.reading.names import first_names, words_of
from espace.imports.reading.totals import counted_visitors, is_heading, is_member, is_total

Place = Callable[[int, int], tuple[int, str]]
_TICKS = frozenset("✓✔☑✅")
_CROSSES = ("✗", "✘", "✕", "✖", "☒", "❎", "×")


@dataclass(slots=True)
class View:
    """A sheet in the direction where days run along a line."""

    number: int
    sheet: Sheet
    turned: bool
    segments: list[Segment]
    columns: list[NameColumns | None]
    score: int
    legend: dict[str, Sign] = field(default_factory=dict)
    half_days: bool = False
    listed: bool = False

    def place(self, row: int, column: int) -> tuple[int, str]:
        """Return the line from 1 and the column letter of a cell of this view."""
        if self.turned:
            row, column = column, row
        return row + 1, column_name(column)


def best_view(sheet: Sheet, number: int) -> View | None:
    """Return the direction that gives the most marks; None when the sheet is not a roll."""
    views = []
    for turned in (False, True):
        oriented = transpose(sheet) if turned else sheet
        segments = layout.find_segments(oriented, number)
        if not segments:
            continue
        view = View(number, oriented, turned, segments, [], 0)
        _learn_marks(view)
        view.columns = [namecolumns.find_name_columns(oriented.rows, s) for s in segments]
        view.score = sum(map(_score(view), segments, view.columns))
        views.append(view)
    good = [view for view in views if view.score > 0]
    return max(good, key=lambda view: view.score) if good else None


def _score(view: View) -> Callable[[Segment, NameColumns | None], int]:
    def score(segment: Segment, found: NameColumns | None) -> int:
        """Named cells that hold a mark, less those that hold anything else."""
        if found is None:
            return _stick_score(view, segment)
        good = bad = persons = 0
        for row in view.sheet.rows[segment.first : segment.end]:
            writing = found.writing(row)
            if writing is None or not _is_person(writing):
                continue
            persons += 1
            for column in segment.columns:
                sign = marks.sign_of(cell_at(row, column.index), view.legend)
                if sign is Sign.UNKNOWN:
                    bad += 1
                elif sign is not Sign.EMPTY:
                    good += 1
        return 2 * good - bad + (1 if persons >= 2 and not good and not bad else 0)

    return score


def _stick_score(view: View, segment: Segment) -> int:
    """Without names: lines of counts that say they count people."""
    labels = range(segment.left, segment.columns[0].index)
    for row in view.sheet.rows[segment.first : segment.end]:
        texts = [cell for c in labels if isinstance(cell := cell_at(row, c), str) and cell]
        counts = sum(bool(marks.sticks(cell_at(row, c.index))) for c in segment.columns)
        if counts >= 2 and any(is_total(text) or is_member(text) for text in texts):
            return counts
    return 0


def lists_view(sheet: Sheet, number: int) -> View | None:
    """Return the direction where first names are written under each day; None when not so."""
    best: View | None = None
    for turned in (False, True):
        oriented = transpose(sheet) if turned else sheet
        segments = layout.find_segments(oriented, number)
        filled = [cell for segment in segments for cell, _ in _listed_cells(oriented.rows, segment)]
        people = [cell for cell in filled if namecolumns.is_person(cell)]
        usual = sum(_usual(cell) for cell in people)
        if len(people) < 3 or len(people) < 0.7 * len(filled) or usual < 0.6 * len(people):
            continue
        if best is None or len(people) > best.score:
            best = View(number, oriented, turned, segments, [None] * len(segments), len(people))
            best.listed = True
    return best


def _listed_cells(rows: Rows, segment: Segment) -> list[tuple[str, tuple[int, layout.Column]]]:
    """Texts under the days of a block, with their line and column."""
    return [
        (cell, (r, column))
        for r in range(segment.first, segment.end)
        for column in segment.columns
        if isinstance(cell := cell_at(rows[r], column.index), str) and cell
    ]


def _usual(name: str) -> bool:
    words = [part for word in words_of(name) for part in fold(word).split("-")]
    return any(word in first_names() for word in words)


def _learn_marks(view: View) -> None:
    """What the sheet says of its own marks."""
    texts = {cell for row in view.sheet.rows for cell in row if isinstance(cell, str) and cell}
    for text in sorted(texts):
        if len(text) > 3 and ("=" in text or ":" in text or "→" in text):
            view.legend.update(marks.legend_of(text))
    if any(_TICKS & set(text) for text in texts if len(text) <= 2):
        view.legend.update({cross: Sign.ABSENT for cross in _CROSSES if cross not in view.legend})
    view.half_days = any(marks.is_sure_half_day(text) for text in texts)


def _is_person(writing: tuple[str, str | None]) -> bool:
    return namecolumns.is_person(" ".join(part for part in writing if part))


def read_views(views: Sequence[View], stem: str, today: date, found: Collected) -> None:
    """Read all rolls of a file into `found`."""
    names = _sheet_names(views)
    segments = [segment for view in views for segment in view.segments]
    calendar.place_days(segments, names, PurePath(stem).name, today)
    for view in views:
        for segment, columns in zip(view.segments, view.columns, strict=True):
            _read_segment(view, segment, columns, today, found)


def _sheet_names(views: Sequence[View]) -> list[str]:
    names = [""] * (max(view.number for view in views) + 1)
    for view in views:
        names[view.number] = view.sheet.name
    return names


def _read_segment(
    view: View, segment: Segment, columns: NameColumns | None, today: date, found: Collected
) -> None:
    days = [column.day for column in segment.columns if column.day]
    if not days:
        line, _ = view.place(segment.header, segment.columns[0].index)
        reason = "Nous n'avons pas trouvé le mois de ces jours."
        found.unreadable.append(Unreadable(view.sheet.name, line, reason))
        return
    shape = "jours en lignes, prénoms en colonnes" if view.turned else "prénoms en lignes"
    months = sorted({(day.year, day.month) for day in days})
    label = month_label(*months[0])
    if len(months) > 1:
        label = f"{label} à {month_label(*months[-1])}"
    group = found.open_group(view.sheet.name, f"Feuille de présence, {label} ({shape})")
    if segment.guessed_month:
        found.guessed_months[group] = calendar.likely_months(segment, today)
    elif segment.guessed_year and segment.year is not None:
        found.guessed_years[group] = segment.year
    if _month_may_come_first(segment):
        found.swappable.append(group)
    if columns is not None and columns.lean:
        found.roster.leaning += columns.lean
    if view.listed:
        _read_lists(view, segment, group, found)
    else:
        _Body(view, segment, columns, group, found).read()


def _month_may_come_first(segment: Segment) -> bool:
    """True when every heading is d/m in figures and m/d would give days closer together."""
    columns = [c for c in segment.columns if c.parts.swappable and c.day]
    if len(columns) < len(segment.columns) or len({c.day for c in columns}) < 3:
        return False
    as_read = [(c.parts.month or 0) * 31 + c.parts.day for c in columns]
    swapped = [c.parts.day * 31 + (c.parts.month or 0) for c in columns]
    return (max(swapped) - min(swapped)) * 2 < max(as_read) - min(as_read)


def _read_lists(view: View, segment: Segment, group: int, found: Collected) -> None:
    found.rows_read += segment.end - segment.first
    for cell, (r, column) in _listed_cells(view.sheet.rows, segment):
        line, letters = view.place(r, column.index)
        counted = counted_visitors(cell)
        if column.day is None or is_total(cell):
            continue
        if counted is not None:
            found.visits.append((column.day, *counted, group))
        elif namecolumns.is_person(cell):
            slot = found.roster.add_line((cell, None), view.sheet.name, line)
            found.members.add(slot)
            found.mark(slot, column.day, group)
        elif marks.sign_of(cell) is Sign.CLOSED:
            found.closed.append((column.day, group))
        else:
            reason = f"Colonne {letters} : ce n'est pas un nom lisible."
            found.unreadable.append(Unreadable(view.sheet.name, line, reason))


class _Body:
    """The lines under one header."""

    def __init__(
        self,
        view: View,
        segment: Segment,
        columns: NameColumns | None,
        group: int,
        found: Collected,
    ) -> None:
        self.view = view
        self.rows: Rows = view.sheet.rows
        self.segment = segment
        self.columns = columns
        self.group = group
        self.found = found
        self.section: Category | None = None
        self.gap = False
        self.waiting: list[int] = []
        self.persons = 0
        self.totals: list[int] = []

    def read(self) -> None:
        for r in range(self.segment.first, self.segment.end):
            row = self.rows[r]
            self.found.rows_read += 1
            signs = self._signs(row)
            writing = self.columns.writing(row) if self.columns else None
            label = " ".join(part for part in writing if part) if writing else ""
            if not label:
                label = self._loose_label(row)
                writing = None
            self._line(r, row, label, writing, signs)
        if not self.persons and self.totals:
            self._sticks()
        self._outside()

    def _signs(self, row: Sequence[Cell]) -> list[tuple[int, date | None, Sign]]:
        signs: list[tuple[int, date | None, Sign]] = []
        for column in self.segment.columns:
            sign = marks.sign_of(cell_at(row, column.index), self.view.legend)
            if sign is Sign.HALF_DAY:
                sign = Sign.PRESENT if self.view.half_days else Sign.UNKNOWN
            if sign is not Sign.EMPTY:
                signs.append((column.index, column.day, sign))
        return signs

    def _loose_label(self, row: Sequence[Cell]) -> str:
        """A total or a section may stand beside the column of names."""
        start = self.segment.columns[0].index
        for c in range(self.segment.left, start):
            cell = cell_at(row, c)
            if not isinstance(cell, str) or not cell:
                continue
            if is_total(cell) or counted_visitors(cell) or (not self.columns and is_member(cell)):
                return cell
        return ""

    def _line(
        self,
        r: int,
        row: Sequence[Cell],
        label: str,
        writing: tuple[str, str | None] | None,
        signs: list[tuple[int, date | None, Sign]],
    ) -> None:
        visitors = counted_visitors(label) if label else None
        if visitors is not None:
            if signs:
                self._visitor_row(row, visitors[0])
            else:
                self.section = visitors[0]
        elif label and (is_total(label) or (self.columns is None and is_member(label))):
            self.totals.append(r)
            self.gap = True
        elif writing is not None and _is_person(writing):
            self._person_row(r, row, writing, signs)
        elif label and is_heading(label) and not _present(signs):
            self.section = None
        elif label and not signs:
            self.gap = True
        elif not label:
            self._nameless(r, row, signs)
        elif _present(signs):
            self._refuse(r, None, "Il y a des présences, mais le nom n'est pas lisible.")

    def _person_row(
        self,
        r: int,
        row: Sequence[Cell],
        writing: tuple[str, str | None],
        signs: list[tuple[int, date | None, Sign]],
    ) -> None:
        if self.gap and not signs:
            self.waiting.append(r)
            return
        for earlier in self.waiting:
            name = self.columns.writing(self.rows[earlier]) if self.columns else None
            if name is not None:
                self._slot(earlier, name)
        self.waiting.clear()
        self.gap = False
        slot = self._slot(r, writing)
        for index, day, sign in signs:
            if sign is Sign.UNKNOWN:
                self._refuse(r, index, _unknown(cell_at(row, index)))
            elif sign is Sign.PRESENT and day is None:
                self._refuse(r, index, "Ce jour n'existe pas dans ce mois.")
            elif sign is Sign.PRESENT and day is not None:
                self.found.mark(slot, day, self.group)
            elif sign is Sign.CLOSED and day is not None:
                self.found.closed.append((day, self.group))

    def _slot(self, r: int, writing: tuple[str, str | None]) -> int:
        self.persons += 1
        line, _ = self.view.place(r, 0)
        slot = self.found.roster.add_row(writing, self.group, self.view.sheet.name, line)
        category = self.section
        status = self.columns.status if self.columns else None
        if status is not None:
            said = cell_at(self.rows[r], status)
            if isinstance(said, str) and said:
                counted = counted_visitors(said)
                category = counted[0] if counted else None
        if category is None:
            self.found.members.add(slot)
        else:
            self.found.guests[slot] = category
        return slot

    def _visitor_row(self, row: Sequence[Cell], category: Category) -> None:
        for column in self.segment.columns:
            cell = cell_at(row, column.index)
            count = marks.sticks(cell)
            if count is None and marks.sign_of(cell) is Sign.PRESENT:
                count = 1
            if count and column.day is not None:
                self.found.visits.append((column.day, category, count, self.group))

    def _nameless(
        self, r: int, row: Sequence[Cell], signs: list[tuple[int, date | None, Sign]]
    ) -> None:
        if not signs:
            self.gap = True
            return
        closed = [day for _, day, sign in signs if sign is Sign.CLOSED and day is not None]
        self.found.closed.extend((day, self.group) for day in closed)
        present = [index for index, _, sign in signs if sign is Sign.PRESENT]
        numbers = [index for index in present if isinstance(cell_at(row, index), (int, float))]
        counts = [marks.sticks(cell_at(row, index)) for index in present]
        if present and len(numbers) == len(present):
            self.totals.append(r)
            self.gap = True
        elif present and not self.persons and all(count is not None for count in counts):
            self.totals.append(r)
        elif present:
            self._refuse(r, None, "Il y a des présences, mais pas de nom.")

    def _sticks(self) -> None:
        """No name at all: the fullest line of counts gives how many people came."""

        def filled(r: int) -> int:
            return sum(
                bool(marks.sticks(cell_at(self.rows[r], column.index)))
                for column in self.segment.columns
            )

        best = max(self.totals, key=lambda r: (filled(r), -r))
        for column in self.segment.columns:
            count = marks.sticks(cell_at(self.rows[best], column.index))
            if count and column.day is not None:
                self.found.head_counts.append((column.day, count, self.group))

    def _outside(self) -> None:
        """Columns between or beyond the days: totals are silent, the rest is said."""
        days = {column.index for column in self.segment.columns}
        start, stop = min(days), max(days)
        self._beside_names(start)
        widest = max(
            (len(row) for row in self.rows[self.segment.header : self.segment.end]), default=0
        )
        for c in range(start, min(widest, stop + 12)):
            if c in days:
                continue
            title = cell_at(self.rows[self.segment.header], c)
            body = [cell_at(row, c) for row in self.rows[self.segment.first : self.segment.end]]
            words = [cell for cell in body if isinstance(cell, str) and cell]
            if c < stop and any(marks.sign_of(cell) is Sign.PRESENT for cell in words):
                if not (isinstance(title, str) and is_total(title)):
                    self._refuse(self.segment.header, c, "Cette colonne n'a pas de jour.")
            elif words and c > stop:
                if day_parts(title) is not None:
                    break
                self._drop(title, c)

    def _beside_names(self, start: int) -> None:
        """Columns before the days that hold no name: not kept, and said."""
        if self.columns is None or self.view.turned:
            return
        kept = {self.columns.main, self.columns.last, self.columns.status}
        for c in range(self.segment.left, start):
            title = cell_at(self.rows[self.segment.header], c)
            body = self.rows[self.segment.first : self.segment.end]
            if c in kept or not any(
                isinstance(cell_at(row, c), str) and cell_at(row, c) for row in body
            ):
                continue
            if isinstance(title, str) and title and not _usual(title):
                self.found.drop(f"La colonne « {title} »")
            elif sum(cell_at(row, c) != "" for row in body) >= 3:
                self.found.drop(f"La colonne {column_name(c)}, à côté des noms")

    def _drop(self, title: Cell, c: int) -> None:
        if isinstance(title, str) and is_total(title):
            return
        if self.view.turned:
            return
        if isinstance(title, str) and title and is_heading(title):
            self.found.drop(f"La colonne « {title} »")
        else:
            self.found.drop(f"La colonne {column_name(c)}, à côté des présences")

    def _refuse(self, r: int, c: int | None, reason: str) -> None:
        line, letters = self.view.place(r, c if c is not None else 0)
        where = f"Colonne {letters} : " if c is not None else ""
        self.found.unreadable.append(Unreadable(self.view.sheet.name, line, where + reason))


def _present(signs: list[tuple[int, date | None, Sign]]) -> bool:
    return any(sign is Sign.PRESENT for _, _, sign in signs)


def _unknown(cell: Cell) -> str:
    if isinstance(cell, str) and len(cell) <= 2:
        return f"« {cell} » n'est ni une présence ni une absence."
    return "Cette case n'est ni une présence ni une absence."
