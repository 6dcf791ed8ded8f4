"""Finds which columns of a block hold the names, and what the others beside them are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from espace.imports.reading import marks, names
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell, Rows
from espace.imports.reading.layout import Segment, cell_at
from espace.imports.reading.people import Writing
from espace.imports.reading.totals import counted_visitors, is_member, is_staff, visitor_category

_FIRST = ("prenom", "petit nom", "surnom", "pseudo")
_LAST = ("nom", "nom de famille", "noms", "nom de naissance", "nom usuel", "nom d'usage")
_BOTH = ("qui", "personne", "adherent", "participant", "membre", "nom prenom", "identite")


@dataclass(frozen=True, slots=True)
class NameColumns:
    """Columns of the names; no `last` when one cell holds all; `lean` > 0: first name first."""

    main: int
    last: int | None = None
    status: int | None = None
    lean: int = 0

    def writing(self, row: Sequence[Cell]) -> Writing | None:
        """Return the name written on a line, None when there is none."""
        main, last = _text(row, self.main), _text(row, self.last)
        if not main and not last:
            return None
        return (main, None) if self.last is None else (main, last)


def heading_role(text: str) -> str:
    """Return "first", "last", "both" or "" for the title of a column."""
    flat = fold(text).strip(" .:?*()").replace("é", "e")
    if "prenom" in flat and any(word == "nom" for word in flat.replace("/", " ").split()):
        return "both"
    if flat.startswith(_FIRST):
        return "first"
    if flat in _LAST:
        return "last"
    return "both" if flat.startswith(_BOTH) else ""


def reading_order(text: str) -> int:
    """Return 1 for "Prénom Nom", -1 for "Nom Prénom", 0 when silent."""
    flat = fold(text)
    words = flat.replace("/", " ").replace("-", " ").split()
    if "prenom" not in flat or "nom" not in words:
        return 0
    return 1 if flat.index("prenom") < flat.replace("prenom", "######").find("nom") else -1


def find_name_columns(rows: Rows, segment: Segment) -> NameColumns | None:
    """Return the columns of names of a block; None when it has no names."""
    start, stop = segment.columns[0].index, segment.columns[-1].index
    widest = max((len(row) for row in rows[segment.header : segment.end]), default=0)
    for low, high in ((segment.left, start), (0, start), (stop + 1, widest)):
        days = {column.index for column in segment.columns}
        found = _among(rows, segment, [c for c in range(low, high) if c not in days])
        if found is not None:
            return found
    return None


def _among(rows: Rows, segment: Segment, candidates: list[int]) -> NameColumns | None:
    body = rows[segment.first : segment.end]
    counts = {c: sum(is_person(_text(row, c)) for row in body) for c in candidates}
    counts = {c: n for c, n in counts.items() if n}
    if not counts:
        return None
    titles = {c: _title(rows, segment, c) for c in counts}
    roles = {c: heading_role(title) for c, title in titles.items()}
    status = next((c for c in candidates if _is_status(body, c)), None)
    counts.pop(status, None) if status is not None else None
    if not counts:
        return None
    first = next((c for c in counts if roles[c] == "first"), None)
    last = next((c for c in counts if roles[c] == "last"), None)
    if first is not None and last is not None:
        return NameColumns(first, last, status)
    both = next((c for c in counts if roles[c] == "both"), None)
    if both is not None and counts[both] >= 0.4 * max(counts.values()):
        return NameColumns(both, None, status, reading_order(titles[both]))
    best = max(counts, key=lambda c: (counts[c], -c))
    beside = [
        c
        for c in counts
        if abs(c - best) == 1
        and counts[c] >= 0.6 * counts[best]
        and titles[c] in ("", titles[best])
    ]
    for c in [c for c in (first, last) if c is not None] + beside:
        other = best if c != best else next((b for b in beside if b != c), None)
        if other is None or abs(other - c) != 1:
            continue
        pair = _order_pair(body, other, c)
        if pair is not None:
            return NameColumns(pair[0], pair[1], status)
    return NameColumns(best, None, status)


def _order_pair(body: Rows, one: int, other: int) -> tuple[int, int] | None:
    """First name column then surname column, told by usual first names; None when unclear."""
    shares = []
    for c in (one, other):
        texts = [fold(_text(row, c)) for row in body if is_person(_text(row, c))]
        usual = sum(
            all(p in names.first_names() for p in t.replace("-", " ").split()) for t in texts
        )
        shares.append(usual / len(texts) if texts else 0.0)
    if max(shares) < 0.4 or abs(shares[0] - shares[1]) < 0.2:
        return None
    return (one, other) if shares[0] > shares[1] else (other, one)


def is_person(text: str) -> bool:
    """True when a text of a name column is someone's name, not a mark, a total or a category."""
    if not text or not names.looks_like_name(text):
        return False
    return marks.sign_of(text) is marks.Sign.UNKNOWN and counted_visitors(text) is None


def _is_status(body: Rows, c: int) -> bool:
    texts = [text for row in body if (text := _text(row, c))]
    known = sum(is_member(t) or is_staff(t) or visitor_category(t) is not None for t in texts)
    return len(texts) >= 2 and known >= 0.7 * len(texts)


def _title(rows: Rows, segment: Segment, c: int) -> str:
    for r in (segment.header, segment.header + 1, segment.header - 1):
        if 0 <= r < max(segment.first, segment.header + 1):
            text = _text(rows[r], c)
            if text and heading_role(text):
                return text
    return _text(rows[segment.header], c)


def _text(row: Sequence[Cell], c: int | None) -> str:
    if c is None:
        return ""
    cell = cell_at(row, c)
    return cell if isinstance(cell, str) else ""
