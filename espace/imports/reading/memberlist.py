"""Finds a list of members in a sheet: its header, of one line or two, and its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from espace.imports.reading import dates, memberwords
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell, Sheet
from espace.imports.reading.layout import cell_at
from espace.imports.reading.memberwords import Role

SEARCHED = 25
_NAMES = (Role.FIRST, Role.LAST, Role.BOTH)


@dataclass(slots=True)
class MemberTable:
    """One table of members: lines from `first`, titles and roles by column."""

    first: int
    end: int
    titles: dict[int, str] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)

    def column(self, role: Role) -> int | None:
        """Return the first column of that role."""
        return next((c for c, r in sorted(self.roles.items()) if r is role), None)

    def columns(self, role: Role) -> list[int]:
        """Return all columns of that role, from the left."""
        return [c for c, r in sorted(self.roles.items()) if r is role]


def titled_as_members(sheet: Sheet, header: int) -> bool:
    """True when the name of the sheet or the lines above the table speak of members."""
    above = [sheet.name]
    for row in sheet.rows[:header]:
        above += [cell for cell in row if isinstance(cell, str)]
    said = fold(" ".join(above))
    return any(word in said for word in ("adherent", "adhesion", "membres", "cotisation"))


def find_tables(sheet: Sheet, *, forced: bool = False) -> list[MemberTable]:
    """Return the tables of members of a sheet, one under the other; none when it has none.

    `forced`: the person says it is a list of members, so a header with names is enough.
    """
    headers: list[tuple[int, MemberTable]] = []
    for r in range(len(sheet.rows)):
        if r >= SEARCHED and not headers:
            break
        if headers and r < headers[-1][1].first:
            continue
        table = _header(sheet, r)
        if table is None:
            continue
        if headers and not _same_shape(table, headers[-1][1]) and not _is_list(sheet, r, table):
            continue
        if not headers and not forced and not _is_list(sheet, r, table):
            continue
        headers.append((r, table))
    for (_, table), (after, _) in pairwise(headers):
        table.end = after
    return [table for _, table in headers]


def _same_shape(one: MemberTable, other: MemberTable) -> bool:
    named = {c: r for c, r in one.roles.items() if r in _NAMES}
    return named == {c: r for c, r in other.roles.items() if r in _NAMES}


def _header(sheet: Sheet, r: int) -> MemberTable | None:
    """The table whose titles are on line r (and on the one below or above); None when none."""
    titles = _titles(sheet, r)
    roles = {c: memberwords.role_of(title) for c, title in titles.items()}
    if not any(role in _NAMES for role in roles.values()) or len(titles) < 2:
        return None
    if sum(memberwords.may_be_shown(title) for title in titles.values()) < 0.6 * len(titles):
        return None
    if sum(dates.day_parts(cell) is not None for cell in sheet.rows[r]) >= 3:
        return None
    first = r + 1
    below = _titles(sheet, first) if first < len(sheet.rows) else {}
    names = [c for c, role in roles.items() if role in _NAMES]
    if len(below) >= 2 and _are_subtitles(sheet, first, below, names):
        first += 1
        for c, title in below.items():
            titles[c] = _joined(titles.get(c, ""), title)
    elif r > 0:
        above = _titles(sheet, r - 1)
        if len(above) >= 2:
            for c, title in titles.items():
                silent = roles[c] is Role.DROPPED and not memberwords.is_private(title)
                if c in above and silent:
                    titles[c] = _joined(above[c], title)
    roles = {c: _role(title, roles.get(c)) for c, title in titles.items()}
    return MemberTable(first, len(sheet.rows), titles, _without_doubles(roles, titles))


def _role(title: str, alone: Role | None) -> Role:
    return alone if alone in _NAMES else memberwords.role_of(title)


def _joined(above: str, below: str) -> str:
    return below if not above or above == below else f"{above} {below}"


def _without_doubles(roles: dict[int, Role], titles: dict[int, str]) -> dict[int, Role]:
    """One column for each part of a name: the usual surname before the one of birth."""
    kept = dict(roles)
    for role in _NAMES:
        doubles = [c for c, r in sorted(roles.items()) if r is role]
        for c in doubles[1:]:
            kept[c] = Role.DROPPED
        if len(doubles) > 1 and "naissance" in fold(titles[doubles[0]]):
            kept[doubles[0]], kept[doubles[1]] = Role.DROPPED, role
    if Role.FIRST in kept.values() and Role.LAST in kept.values():
        kept = {c: Role.DROPPED if r is Role.BOTH else r for c, r in kept.items()}
    return kept


def _titles(sheet: Sheet, r: int) -> dict[int, str]:
    """Titles of line r by column; a merged title stands over all its columns."""
    found = {}
    for c, cell in enumerate(sheet.rows[r]):
        title = _title(cell)
        if title:
            found[c] = title
    for top, left, bottom, right in sheet.merged:
        if top <= r <= bottom and right > left and top < len(sheet.rows):
            title = _title(cell_at(sheet.rows[top], left))
            if title and top == r:
                found.update(dict.fromkeys(range(left, min(right, left + 40) + 1), title))
    return found


def _title(cell: Cell) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool) and 2000 <= cell <= 2100:
        return str(cell)
    return cell if isinstance(cell, str) and len(cell) <= 60 else ""


def _are_subtitles(sheet: Sheet, r: int, below: dict[int, str], names: list[int]) -> bool:
    """True when line r completes the titles above it: usual words only, and no name."""
    if any(cell_at(sheet.rows[r], c) != "" for c in names):
        return False
    return all(memberwords.may_be_shown(title) for title in below.values())


def _is_list(sheet: Sheet, r: int, table: MemberTable) -> bool:
    """True when the titles are those of members, not of a roll nor of a log."""
    private = [t for t in table.titles.values() if memberwords.is_private(t)]
    remarks = [t for t in private if "remarque" in fold(t) or "observation" in fold(t)]
    hard = len(private) - len(remarks)
    useful = sum(
        role in (Role.JOINED, Role.FEE, Role.FEE_DAY, Role.YEAR, Role.FUNCTION, Role.LEFT)
        for role in table.roles.values()
    )
    if hard + useful >= 2 or (hard and len(private) >= 2):
        return True
    if useful + hard and titled_as_members(sheet, r):
        return not _has_days(sheet.rows[r : r + 4])
    return False


def _has_days(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(sum(dates.day_parts(cell) is not None for cell in row) >= 3 for row in rows)
