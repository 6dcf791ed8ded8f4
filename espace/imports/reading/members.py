"""Reads lists of members: who, since when, which years; everything else is dropped and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from espace.imports.reading import dates, memberwords, names
from espace.imports.reading.collect import Collected
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell, Sheet, column_name
from espace.imports.reading.layout import cell_at
from espace.imports.reading.memberlist import MemberTable
from espace.imports.reading.memberships import is_kept
from espace.imports.reading.memberwords import FeeSaid, Role
from espace.imports.reading.model import Fee, Joined, Paid, Unreadable
from espace.imports.reading.namecolumns import is_person, reading_order
from espace.imports.reading.people import Writing
from espace.imports.reading.totals import is_total

OLDEST = 1990
COLOURS = (
    "Nous ne voyons pas les couleurs. Si vos anciens adhérents sont en gris, "
    "enlevez-les du fichier avant."
)
ROLES = "Les fonctions (bureau, CA) : les rôles se donnent à la main, dans « Qui fait quoi »"
NO_NAME = "Cette ligne n'a pas de nom. Elle n'est pas ajoutée."
NO_FIRST_NAME = "Nous ne trouvons pas le prénom. Cette ligne n'est pas ajoutée."
BAD_DATE = "La date d'adhésion n'est pas lisible. La personne est gardée, sans cette date."
LATE_DATE = "La date d'adhésion est dans le futur. La personne est gardée, sans cette date."


def read_lists(
    tables: Sequence[tuple[Sheet, MemberTable]], stem: str, today: date, found: Collected
) -> None:
    """Collect the people of the lists, what they say of fees and of the day someone joined."""
    gone = old = 0
    for block, (sheet, table) in enumerate(tables):
        _tell_dropped(sheet, table, found)
        reader = _Reader(sheet, table, block, _year_of(sheet, table, stem), today, found)
        reader.read()
        gone += reader.gone
        old += reader.too_old
    if gone:
        said = (
            "ancien adhérent n'est pas ajouté"
            if gone == 1
            else "anciens adhérents ne sont pas ajoutés"
        )
        found.note(f"{gone} {said}.")
    if old or any(not is_kept(fee.year, today) for fee in found.fees if fee.year):
        first = next(y for y in range(today.year - 3, today.year + 1) if is_kept(y, today))
        found.note(f"Nous ne gardons pas les adhésions d'avant {first}.")
    found.note(COLOURS)
    _judge_dates(found)


class _Reader:
    """One table, line by line."""

    def __init__(
        self,
        sheet: Sheet,
        table: MemberTable,
        block: int,
        year: int,
        today: date,
        found: Collected,
    ) -> None:
        self.sheet, self.table, self.block = sheet, table, block
        self.year, self.today, self.found = year, today, found
        self.group = found.open_group(sheet.name, "Liste d'adhérents")
        self.gone = self.too_old = 0
        self.ordered = False
        fee = table.column(Role.FEE)
        self.cents = memberwords.cents_of_title(table.titles[fee]) if fee is not None else None
        both = table.column(Role.BOTH)
        last = table.column(Role.LAST)
        self.main = table.column(Role.FIRST)
        self.last = last
        if self.main is None or last is None:
            self.main = both if both is not None else (self.main if last is None else last)
            self.last = None
            title = table.titles[self.main] if self.main is not None else ""
            if table.roles.get(self.main or 0) is Role.LAST:
                found.roster.leaning -= 1.5
            found.roster.leaning += 1.5 * reading_order(title)
            self.ordered = reading_order(title) != 0
        self.alone = table.roles.get(self.main or 0) is Role.FIRST

    def read(self) -> None:
        """Read all lines; a line « anciens adhérents » sets all those after it aside."""
        outside = memberwords.is_gone(self.sheet.name)
        for r in range(self.table.first, self.table.end):
            row = self.sheet.rows[r]
            filled = [cell for cell in row if cell != ""]
            if not filled:
                continue
            title = filled[0] if len(filled) == 1 and isinstance(filled[0], str) else ""
            if title and (memberwords.is_gone(title) or memberwords.is_here(title)):
                outside = memberwords.is_gone(title)
                continue
            self.found.rows_read += 1
            self._line(r, row, len(filled), outside)

    def _line(self, r: int, row: Sequence[Cell], filled: int, outside: bool) -> None:
        writing = self._writing(row)
        text = " ".join(part for part in writing if part) if writing else ""
        if not text:
            whole = " ".join(cell for cell in row if isinstance(cell, str))
            if filled >= 2 and not is_total(whole) and not _is_header_again(row):
                self._leave(r, NO_NAME)
            return
        if is_total(text) or _is_header_again(row):
            return
        if writing is None or not self._is_whole_name(writing):
            self._leave(r, NO_FIRST_NAME)
            return
        if outside or self._has_left(row):
            self.gone += 1
            return
        person = self.found.roster.add_row(writing, self.block, self.sheet.name, r + 1)
        self._dates(r, row, person)
        self._fees(row, person)

    def _writing(self, row: Sequence[Cell]) -> Writing | None:
        if self.main is None:
            return None
        main, last = cell_at(row, self.main), cell_at(row, -1 if self.last is None else self.last)
        first = main if isinstance(main, str) else ""
        if self.last is None:
            return (first, None) if first else None
        return first, last if isinstance(last, str) else ""

    def _is_whole_name(self, writing: Writing) -> bool:
        """True when the first name is known for sure: a lone surname is never shown."""
        first, last = writing
        if last is not None:
            return is_person(first) and len(names.words_of(first)) <= 4
        if not is_person(first):
            return False
        words = names.words_of(first)
        if self.alone or names.is_picture(first):
            return True
        usual = any(fold(word).split("-")[0] in names.first_names() for word in words)
        if len(words) == 1:
            return usual and not words[0].isupper()
        one = names.parse(first)
        if one is None or not one.first:
            return False
        return usual or self.ordered or (one.sure and not one.short)

    def _has_left(self, row: Sequence[Cell]) -> bool:
        for c in self.table.columns(Role.LEFT):
            cell = cell_at(row, c)
            said = memberwords.fee_said(cell)
            if cell != "" and said.paid is not Paid.NO:
                return True
        status = (cell_at(row, c) for c in self.table.columns(Role.STATUS))
        fees = (cell_at(row, c) for c in self.table.columns(Role.FEE))
        return any(isinstance(cell, str) and memberwords.is_gone(cell) for cell in (*status, *fees))

    def _dates(self, r: int, row: Sequence[Cell], person: int) -> None:
        for c in self.table.columns(Role.JOINED):
            cell = cell_at(row, c)
            if cell == "":
                continue
            day = _day(cell, self.year)
            if day is None or not OLDEST <= day.year <= 2100:
                if not isinstance(cell, str) or any(sign.isdigit() for sign in cell):
                    self._leave(r, BAD_DATE)
            elif day > self.today:
                self._leave(r, LATE_DATE)
            else:
                self.found.joined.append(Joined(person, day, True))
                self.too_old += not is_kept(day.year, self.today)

    def _fees(self, row: Sequence[Cell], person: int) -> None:
        years = self.table.columns(Role.YEAR)
        for c in years:
            year = memberwords.year_of_title(self.table.titles[c]) or 0
            said = memberwords.fee_said(cell_at(row, c))
            if said.paid is Paid.YES or len(years) == 1:
                self._fee(person, year, said)
        fee, day = self.table.column(Role.FEE), self.table.column(Role.FEE_DAY)
        if fee is None and day is None:
            if not years:
                self._fee(person, self.year, FeeSaid(Paid.YES))
            return
        said = (
            memberwords.fee_said(cell_at(row, fee), title_cents=self.cents)
            if (fee is not None)
            else FeeSaid(Paid.SILENT)
        )
        paid_on = _day(cell_at(row, day), self.year) if day is not None else None
        if paid_on is not None and paid_on <= self.today:
            paid = Paid.YES if said.paid is Paid.SILENT else said.paid
            said = replace(said, paid=paid, day=said.day or paid_on)
        self._fee(person, self.year, said)

    def _fee(self, person: int, year: int, said: FeeSaid) -> None:
        day = said.day if said.day is not None and said.day <= self.today else None
        self.found.fees.append(Fee(person, year, said.paid, said.cents, day, self.group))

    def _leave(self, r: int, reason: str) -> None:
        self.found.unreadable.append(Unreadable(self.sheet.name, r + 1, reason))


def _is_header_again(row: Sequence[Cell]) -> bool:
    titles = [cell for cell in row if isinstance(cell, str) and cell]
    known = sum(memberwords.may_be_shown(title) for title in titles)
    return len(titles) >= 2 and known == len(titles)


def _day(cell: Cell, year: int) -> date | None:
    parts = dates.day_parts(cell)
    if parts is None:
        return None
    if isinstance(cell, str) and not parts.month:
        return None
    return parts.complete(None, year or None)


def _year_of(sheet: Sheet, table: MemberTable, stem: str) -> int:
    """The year of the list: its sheet's name, the lines above it, the file's name; 0 unknown."""
    above = [
        cell
        for row in sheet.rows[max(0, table.first - 8) : table.first]
        for cell in row
        if isinstance(cell, str)
    ]
    for text in (sheet.name, *above, stem):
        parts = dates.month_parts(text)
        if parts is not None and (parts.season or parts.year):
            return parts.season[0] if parts.season else parts.year or 0
    return 0


def _tell_dropped(sheet: Sheet, table: MemberTable, found: Collected) -> None:
    """Say each column that is not kept, by its title when no name can hide there."""
    width = max((len(row) for row in sheet.rows[table.first - 1 : table.end]), default=0)
    for c in range(min(width, 60)):
        role = table.roles.get(c)
        if role is Role.FUNCTION:
            found.drop(ROLES)
            continue
        if role not in (None, Role.DROPPED):
            continue
        title = table.titles.get(c, "")
        if any(cell_at(row, c) != "" for row in sheet.rows[table.first : table.end]):
            shown = f"« {title} »" if memberwords.may_be_shown(title) else column_name(c)
            found.drop(f"La colonne {shown}")


def _judge_dates(found: Collected) -> None:
    """A column whose dates are all of the list's own year says each year's date, not the first."""
    years = Counter(one.day.year for one in found.joined)
    fee_years = {fee.year for fee in found.fees}
    if len(years) == 1 and sum(years.values()) >= 3 and set(years) <= fee_years:
        found.joined = [replace(one, first=False) for one in found.joined]
