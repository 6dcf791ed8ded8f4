"""Opens a file, recognises its shape and returns what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from espace.imports.reading import (
    asking,
    attendance,
    files,
    grid,
    ics,
    memberlist,
    members,
    others,
    programme,
    timetable,
    visits,
)
from espace.imports.reading.attendance import View
from espace.imports.reading.collect import Collected
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Book, Sheet
from espace.imports.reading.model import Group, Kind, Reading
from espace.imports.reading.people import Settled
from espace.imports.reading.questions import resolve
from espace.imports.reading.visits import Log


@dataclass(slots=True)
class _Seen:
    """What one visible sheet looks like."""

    sheet: Sheet
    view: View | None = None
    log: Log | None = None
    other: Kind | None = None

    def kind(self) -> Kind:
        if self.view is not None:
            return Kind.ATTENDANCE
        if self.log is not None:
            return Kind.VISITS
        return self.other or Kind.UNKNOWN


def read(
    path: Path,
    *,
    kind: Kind | None = None,
    today: date,
    gem_name: str = "",
    other_gem_names: Sequence[str] = (),
    first_names: Sequence[str] = (),
    time_zone: str = "Europe/Paris",
    max_bytes: int = files.MAX_BYTES,
) -> Reading:
    """Return what the file says; raises UnreadableFile when it can't be opened.

    `kind` forces a reading when the person knows better; `gem_name` and `other_gem_names` tell
    whether a title speaks of another GEM; `today` tells guesses and future days. `first_names`
    are those of the roll, taken out of the titles of a programme; `time_zone` is the GEM's.
    """
    own_names = frozenset(fold(name) for name in first_names if len(name) > 1)
    form = files.check(path, max_bytes)
    if form is files.Format.CALENDAR:
        return _read_calendar(path, kind, today, own_names, time_zone)
    book = grid.load(path, form)
    found = Collected()
    seen = [_look(sheet, n, kind) for n, sheet in enumerate(book.sheets) if not sheet.hidden]
    chosen = kind or _main_kind(seen)
    _tell_left_out(book, seen, chosen, found)
    views = [s.view for s in seen if s.view is not None and chosen is Kind.ATTENDANCE]
    if views:
        attendance.read_views(views, path.stem, today, found)
    for s in seen:
        if s.log is not None and chosen is Kind.VISITS:
            visits.read_log(s.log, path.stem, today, found)
            _tell_unused(s.log, found)
    if chosen is Kind.MEMBERS:
        _read_members(seen, kind is chosen, path.stem, today, found)
    elif chosen is Kind.PROGRAMME:
        tables = [
            t for s in seen if s.kind() is chosen and (t := timetable.find_timetable(s.sheet))
        ]
        programme.read_weeks(tables, path.stem, today, own_names, found)
    elif chosen not in (Kind.ATTENDANCE, Kind.VISITS):
        _tell_other(seen, chosen, found)
    texts = _titles(book)
    title = asking.group_title(texts, gem_name, other_gem_names)
    settled = found.roster.settle()
    _hide_surnames(book, found, settled)
    source = asking.build_source(found, settled, title, gem_name, today, chosen)
    reading = Reading(
        kind=chosen,
        title_group=title,
        dropped=tuple(found.dropped),
        notes=tuple(found.notes),
        rows_read=found.rows_read,
        source=source,
    )
    return resolve(reading, {})


def _look(sheet: Sheet, number: int, kind: Kind | None) -> _Seen:
    """Try each shape on a sheet; a forced kind tries only its own."""
    seen = _Seen(sheet)
    if not sheet.rows:
        return seen
    if kind in (Kind.MEMBERS, Kind.PROGRAMME, Kind.BUDGET, Kind.CALENDAR):
        seen.other = kind
        return seen
    if kind is None:
        seen.other = others.other_kind(sheet)
        if seen.other is Kind.MEMBERS:
            return seen
    if kind in (None, Kind.VISITS):
        seen.log = visits.find_log(sheet, number)
    if kind in (None, Kind.ATTENDANCE) and not (seen.log and seen.log.columns.strength > 500):
        seen.view = attendance.best_view(sheet, number)
    if seen.other is Kind.BUDGET and seen.view is None:
        seen.log = None
    wanted = kind is Kind.ATTENDANCE or (kind is None and seen.other is None)
    if wanted and seen.view is None and len(sheet.rows) < 2000:
        lists = attendance.lists_view(sheet, number)
        if lists is not None and (seen.log is None or _more_names(lists, seen.log)):
            seen.view = lists
    if seen.view is not None and seen.log is not None:
        if seen.view.score >= seen.log.columns.strength:
            seen.log = None
        else:
            seen.view = None
    return seen


def _more_names(lists: View, log: Log) -> bool:
    """True when a log without headings is rather a list of first names for each day."""
    columns = log.columns
    return not columns.titles and columns.last is None and lists.score >= 2 * columns.strength


def _main_kind(seen: Sequence[_Seen]) -> Kind:
    """The kind most sheets have; rolls first, then logs, when they are as many."""
    kinds = Counter(s.kind() for s in seen if s.sheet.rows)
    order = [Kind.ATTENDANCE, Kind.VISITS, Kind.MEMBERS, Kind.BUDGET, Kind.PROGRAMME, Kind.UNKNOWN]
    if kinds[Kind.ATTENDANCE] or kinds[Kind.VISITS]:
        return max(order[:2], key=lambda k: (kinds[k], -order.index(k)))
    known = [k for k in order if kinds[k] and k is not Kind.UNKNOWN]
    return max(known, key=lambda k: kinds[k]) if known else Kind.UNKNOWN


def _tell_left_out(book: Book, seen: Sequence[_Seen], chosen: Kind, found: Collected) -> None:
    for sheet in book.sheets:
        if sheet.hidden:
            found.drop(f"La feuille masquée « {sheet.name} »")
    if book.has_comments:
        found.drop("Les commentaires attachés aux cases")
    if chosen in (Kind.BUDGET, Kind.UNKNOWN):
        return
    for s in seen:
        if s.sheet.rows and s.kind() is not chosen:
            said = others.SAID.get(s.kind(), "Autre tableau")
            found.drop(f"La feuille « {s.sheet.name} » ({said.lower()})")


def _tell_unused(log: Log, found: Collected) -> None:
    for title in log.columns.unused:
        found.drop(f"La colonne « {title} »")
    if log.columns.time is not None:
        title = log.columns.titles.get(log.columns.time, "")
        found.drop("Les heures d'arrivée" if title else "Les heures")


def _tell_other(seen: Sequence[_Seen], chosen: Kind, found: Collected) -> None:
    for s in seen:
        if not s.sheet.rows:
            continue
        kind = s.kind()
        found.open_group(s.sheet.name, others.SAID.get(kind, "Contenu non reconnu"))
        found.rows_read += len(s.sheet.rows)
    if chosen is Kind.UNKNOWN:
        found.note("Nous n'avons pas reconnu ce que contient ce fichier.")


def _read_members(
    seen: Sequence[_Seen], forced: bool, stem: str, today: date, found: Collected
) -> None:
    tables = [
        (s.sheet, table)
        for s in seen
        if s.kind() is Kind.MEMBERS
        for table in memberlist.find_tables(s.sheet, forced=forced)
    ]
    members.read_lists(tables, stem, today, found)


def _read_calendar(
    path: Path, kind: Kind | None, today: date, own_names: frozenset[str], time_zone: str
) -> Reading:
    """An agenda has one shape only: asked to be anything else, it is refused kindly."""
    if kind not in (None, Kind.CALENDAR, Kind.PROGRAMME):
        raise files.refuse("wrong_type", "Ce fichier est un agenda, pas un tableau.")
    found = Collected()
    ics.read_agenda(path.read_bytes(), today, own_names, time_zone, found)
    settled = found.roster.settle()
    source = asking.build_source(found, settled, None, "", today, Kind.CALENDAR)
    reading = Reading(
        kind=Kind.CALENDAR,
        dropped=tuple(found.dropped),
        notes=tuple(found.notes),
        rows_read=found.rows_read,
        source=source,
    )
    return resolve(reading, {})


def _hide_surnames(book: Book, found: Collected, settled: Settled) -> None:
    """A sheet named after someone is shown by its number: no surname leaves the reader."""
    shown = {}
    for number, sheet in enumerate(book.sheets, 1):
        words = re.split(r"[^a-z]+", fold(sheet.name).replace("'", "").replace("-", ""))
        whole = "".join(words)
        if any(surname in words or surname == whole for surname in settled.surnames):
            shown[sheet.name] = f"n° {number}"
    if not shown:
        return
    found.groups = [Group(shown.get(g.sheet, g.sheet), g.what) for g in found.groups]
    found.unreadable = [replace(u, sheet=shown.get(u.sheet, u.sheet)) for u in found.unreadable]
    settled.places[:] = [(shown.get(sheet, sheet), line) for sheet, line in settled.places]
    for name, instead in shown.items():
        found.dropped = {said.replace(f"« {name} »", instead): None for said in found.dropped}


def _titles(book: Book) -> list[str]:
    """Texts above the tables, and names of the sheets: where a GEM writes its name."""
    texts = []
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        texts.append(sheet.name)
        for row in sheet.rows[:6]:
            filled = [cell for cell in row if isinstance(cell, str) and cell]
            if len(filled) <= 3:
                texts.extend(cell for cell in filled if len(cell) <= 120)
    return texts
