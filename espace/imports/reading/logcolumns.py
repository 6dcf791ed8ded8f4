"""Finds what each column of a log holds, from its heading when there is one and its content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from espace.imports.reading import dates, marks, names
from espace.imports.reading.dates import DayParts, MonthParts, fold
from espace.imports.reading.grid import Cell, Rows, Sheet
from espace.imports.reading.layout import cell_at
from espace.imports.reading.namecolumns import heading_role, is_person, reading_order
from espace.imports.reading.totals import counted_visitors, is_member, is_staff, visitor_category

_DATE = re.compile(r"^(?:date|jour|quand|date de|jours)\b")
_TIME = re.compile(r"^(?:heure|horaire|arrive|h\b|a quelle heure|depart|entree|sortie a)")
_STATUS = re.compile(r"^(?:statut|qualite|type|categorie|profil|adherent ?[?/]|role|vous etes)")
_ACTIVITY = re.compile(
    r"^(?:activite|atelier|motif|pour quoi|pourquoi|raison|quoi|objet|venu pour)"
)
_COUNT = re.compile(r"^(?:nombre|nb|nbre|combien|effectif)\b")
_PRESENT = re.compile(r"^(?:present|presente|presence|venu|venue|present ?\?|presence ?\(.*)$")
_TIME_TEXT = re.compile(r"^\d{1,2}\s*(?:h|:|heures?)\s*\d{0,2}\b.*$")
SAMPLE = 400


@dataclass(slots=True)
class LogColumns:
    """Indexes of the columns, None when absent; `first` is the first line of content."""

    first: int
    date: int | None
    main: int | None
    last: int | None = None
    status: int | None = None
    time: int | None = None
    count: int | None = None
    present: int | None = None
    lean: int = 0
    carry: bool = False
    lists: bool = False
    width: int = 1
    fixed_day: DayParts | None = None
    context: MonthParts | None = None
    titles: dict[int, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    strength: int = 0


@dataclass(slots=True)
class _Profile:
    """Shares of what a column holds, among its filled cells."""

    filled: int = 0
    dates: float = 0.0
    times: float = 0.0
    status: float = 0.0
    persons: float = 0.0
    usual: float = 0.0
    several: float = 0.0
    listed: float = 0.0
    marks: float = 0.0
    distinct: int = 0


def as_text(cell: Cell) -> str:
    """Return a cell as the text shown, empty for what is neither text nor number."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return "" if isinstance(cell, (bool, time, timedelta)) else str(cell)


def find_log_columns(sheet: Sheet) -> LogColumns | None:
    """Return the columns of a log of visits; None when the sheet is not one."""
    rows = sheet.rows
    header = _header(rows)
    first = header + 1 if header is not None else 0
    titles = {}
    if header is not None:
        titles = {c: as_text(cell) for c, cell in enumerate(rows[header]) if as_text(cell)}
    body = [
        row
        for row in rows[first:]
        if any(cell != "" for cell in row) and not (len(row) == 1 and _heading_line(row))
    ]
    if len(body) > SAMPLE:
        body = body[:: len(body) // SAMPLE]
    if not body:
        return None
    width = max(len(row) for row in body)
    if width > 60:
        return None
    profiles = [_profile([cell_at(row, c) for row in body]) for c in range(width)]
    day = _date_column(titles, profiles)
    found = _names(titles, profiles, {day})
    if found is None:
        return None
    main, last, lean = found
    roles = _others(titles, profiles, {day, main, last})
    columns = LogColumns(first, day, main, last, lean=lean, width=width)
    columns.status, columns.time = roles["status"], roles["time"]
    columns.count, columns.present = roles["count"], roles["present"]
    columns.titles = {c: fold(title) for c, title in titles.items()}
    columns.context = _context(sheet, header)
    if not _dated(columns, sheet, rows, profiles):
        return None
    if last is None and main is not None:
        columns.lists = profiles[main].listed >= 0.3
    used = {day, main, last, *roles.values()}
    columns.unused = [title for c, title in titles.items() if c not in used]
    columns.strength = _strength(columns, rows)
    return columns


def _strength(columns: LogColumns, rows: Rows) -> int:
    """Lines that hold a name, or visitors, where a log should."""
    lines = rows[columns.first : columns.first + 1000]
    texts = [as_text(cell_at(row, columns.main or 0)) for row in lines]
    return sum(is_person(text) or counted_visitors(text) is not None for text in texts)


def _header(rows: Rows) -> int | None:
    best, best_score = None, 1
    for r, row in enumerate(rows[:15]):
        if any(cell != "" and (not isinstance(cell, str) or _is_date(cell)) for cell in row):
            continue
        roles = {_role(as_text(cell)) for cell in row if isinstance(cell, str) and cell} - {""}
        if len(roles) > best_score:
            best, best_score = r, len(roles)
    return best


def _role(title: str) -> str:
    flat = fold(title).strip(" .:?*")
    if len(flat) > 40:
        return ""
    patterns = (
        ("date", _DATE), ("time", _TIME), ("status", _STATUS), ("activity", _ACTIVITY),
        ("count", _COUNT), ("present", _PRESENT),
    )  # fmt: skip
    for role, pattern in patterns:
        if pattern.match(flat):
            return role
    return heading_role(title)


def _profile(cells: Sequence[Cell]) -> _Profile:
    filled = [cell for cell in cells if cell != ""]
    if not filled:
        return _Profile()
    count = len(filled)
    texts = [cell for cell in filled if isinstance(cell, str)]
    persons = [text for text in texts if is_person(text) and not _status_word(text)]
    usual = sum(
        any(p in names.first_names() for w in names.words_of(text) for p in fold(w).split("-"))
        for text in persons
    )
    return _Profile(
        filled=count,
        dates=sum(_is_date(cell) for cell in filled) / count,
        times=sum(_is_time(cell) for cell in filled) / count,
        status=sum(_status_word(text) for text in texts) / count,
        persons=len(persons) / count,
        usual=usual / count,
        several=sum(len(names.words_of(text)) > 1 for text in persons) / count,
        listed=sum(len(re.findall(r"[,;/+&]|\bet\b", text)) >= 2 for text in texts) / count,
        marks=sum(marks.sign_of(cell) is not marks.Sign.UNKNOWN for cell in filled) / count,
        distinct=len({fold(text) for text in texts}),
    )


def _is_date(cell: Cell) -> bool:
    parts = dates.day_parts(cell)
    return parts is not None and (parts.month is not None or parts.weekdays is not None)


def _is_time(cell: Cell) -> bool:
    if isinstance(cell, (time, timedelta)):
        return True
    if isinstance(cell, float):
        return 0 < cell < 1
    return isinstance(cell, str) and _TIME_TEXT.match(fold(cell)) is not None


def _status_word(text: str) -> bool:
    return is_member(text) or is_staff(text) or visitor_category(text) is not None


def _date_column(titles: dict[int, str], profiles: list[_Profile]) -> int | None:
    named = [
        c for c, title in titles.items()
        if c < len(profiles) and _role(title) == "date" and profiles[c].filled
    ]  # fmt: skip
    for c in sorted(named, key=lambda c: -profiles[c].dates):
        if profiles[c].dates >= 0.3 or profiles[c].marks >= 0.8:
            return c
    best = max(range(len(profiles)), key=lambda c: (profiles[c].dates, profiles[c].filled))
    return best if profiles[best].dates >= 0.5 else None


def _names(
    titles: dict[int, str], profiles: list[_Profile], taken: set[int | None]
) -> tuple[int | None, int | None, int] | None:
    """Column of the first name or of the whole name, column of the surname, written order."""
    roles = {c: _role(title) for c, title in titles.items() if c < len(profiles)}
    first = next((c for c, role in roles.items() if role == "first"), None)
    last = next((c for c, role in roles.items() if role == "last"), None)
    both = next((c for c, role in roles.items() if role == "both"), None)
    if first is not None and last is not None:
        return first, last, 0
    if both is not None and profiles[both].persons + profiles[both].status >= 0.3:
        return both, None, reading_order(titles[both])
    known = {
        c for c, role in roles.items() if role in ("date", "time", "status", "activity", "count")
    }
    free = [
        c
        for c, p in enumerate(profiles)
        if c not in taken
        and c not in known
        and (p.persons >= 0.5 or p.listed >= 0.3 or p.persons > p.status >= 0.7 - p.persons)
        and p.status < 0.5
    ]
    free += [c for c in (first, last) if c is not None and c not in free]
    if not free:
        return None
    best = max(
        free, key=lambda c: (profiles[c].usual >= 0.3, c in (first, last), profiles[c].usual)
    )
    if profiles[best].usual < 0.2 and best not in (first, last):
        return None
    if profiles[best].several >= 0.5 or profiles[best].listed >= 0.3:
        return best, None, 0
    rest = [
        c
        for c in free
        if c != best
        and abs(c - best) == 1
        and (c not in titles or roles.get(c) in ("first", "last"))
    ]
    if not rest:
        return best, None, 0
    other = max(rest, key=lambda c: profiles[c].distinct)
    if best == last:
        return other, best, 0
    return best, other, 0


def _others(
    titles: dict[int, str], profiles: list[_Profile], taken: set[int | None]
) -> dict[str, int | None]:
    roles: dict[str, int | None] = dict.fromkeys(("status", "time", "count", "present"))
    for c, title in titles.items():
        role = _role(title)
        if c < len(profiles) and c not in taken and role in roles and roles[role] is None:
            roles[role] = c
    free = [c for c in range(len(profiles)) if c not in taken and c not in roles.values()]
    if roles["status"] is None:
        roles["status"] = next((c for c in free if profiles[c].status >= 0.7), None)
    if roles["time"] is None:
        roles["time"] = next((c for c in free if profiles[c].times >= 0.6), None)
    return roles


def _context(sheet: Sheet, header: int | None) -> MonthParts | None:
    """Month and year named by a title above the headings, or by the sheet."""
    for row in sheet.rows[: header or 0]:
        for cell in row:
            if isinstance(cell, str) and (found := dates.month_parts(cell)):
                return found
    return dates.month_parts(sheet.name)


def _dated(columns: LogColumns, sheet: Sheet, rows: Rows, profiles: list[_Profile]) -> bool:
    """True when lines have dates: a column, a line above them, or the sheet's own name."""
    body = rows[columns.first :]
    if columns.date is not None:
        named = [row for row in body if as_text(cell_at(row, columns.main or 0))]
        bare = sum(cell_at(row, columns.date) == "" for row in named)
        columns.carry = bool(named) and bare >= 0.2 * len(named)
        return True
    headings = sum(_heading_line(row) for row in body)
    if headings and profiles:
        return True
    for text in [sheet.name, *(as_text(c) for row in rows[: columns.first] for c in row)]:
        parts = dates.day_parts(text) if text else None
        if parts is not None and parts.month is not None:
            columns.fixed_day = parts
            return True
    return False


def _heading_line(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell != ""]
    if len(filled) != 1:
        return False
    parts = dates.day_parts(filled[0])
    return parts is not None and parts.month is not None
