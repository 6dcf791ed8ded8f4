"""Recognises the files that other parts of the product will read: members, programme, budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from espace.imports.reading import dates, marks
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell, Sheet
from espace.imports.reading.model import Kind
from espace.imports.reading.namecolumns import heading_role

_SENSITIVE = {
    "birth": re.compile(r"\bnee?\b|ne\(e\)|naissance|\bage\b|ddn"),
    "contact": re.compile(r"\btel\b|telephone|portable|mobile|mail|courriel|adresse|commune|ville"
                          r"|code postal|contact d'urgence|urgence"),
    "health": re.compile(r"remarque|observation|commentaire|note|sante|traitement|medic|diagnostic"
                         r"|curat|tut(?:eur|elle)|mdph|aah|psychiatre|medecin|secu|allergie"),
}  # fmt: skip
_MEMBERSHIP = re.compile(r"adhesion|cotisation|\bca\b|bureau|entree|inscri|droit a l'image")
_MONEY = re.compile(r"\b(?:charges?|produits?|depenses?|recettes?|prevu\w*|realise\w*|budget\w*|"
                    r"montants?|debit|credit|solde|subventions?)\b")  # fmt: skip
_ACCOUNT = re.compile(r"^[678]\d{1,5}\b")
_HOURS = re.compile(r"\d{1,2}\s*h\s*\d{0,2}|matin|apres-midi")


def _texts(sheet: Sheet, limit: int = 400) -> Iterator[str]:
    for row in sheet.rows[:limit]:
        for cell in row:
            if isinstance(cell, str) and cell:
                yield cell


def member_columns(sheet: Sheet) -> tuple[list[str], list[str]] | None:
    """Return the columns of a list of members: those to use, those never kept; None otherwise."""
    for row in sheet.rows[:15]:
        titles = [cell for cell in row if isinstance(cell, str) and cell and len(cell) <= 40]
        if not any(heading_role(title) for title in titles):
            continue
        if sum(dates.day_parts(cell) is not None for cell in row) >= 3:
            continue
        private = [t for t in titles if any(p.search(fold(t)) for p in _SENSITIVE.values())]
        useful = [t for t in titles if t not in private]
        hard = [t for t in private if not _SENSITIVE["health"].search(fold(t))]
        member = [t for t in useful if _MEMBERSHIP.search(fold(t))]
        if len(hard) + len(member) >= 2 or (hard and len(private) >= 2):
            return useful, private
    return None


def is_budget(sheet: Sheet) -> bool:
    """True for a table of money: words of accounts and amounts."""
    texts = list(_texts(sheet))
    words = {word for text in texts if len(text) < 120 for word in _MONEY.findall(fold(text))}
    accounts = sum(bool(_ACCOUNT.match(text)) for text in texts)
    amounts = sum(
        isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) > 31
        for row in sheet.rows[:400]
        for cell in row
    )
    return (len(words) >= 2 or accounts >= 4) and amounts >= 3


def is_programme(sheet: Sheet) -> bool:
    """True for a week or a month of activities: days, and cells that say what and when."""
    days = activities = 0
    titled = any("programme" in fold(text) or "planning" in fold(text) for text in _texts(sheet, 5))
    cells: list[Cell] = [cell for row in sheet.rows[:200] for cell in row if cell != ""]
    for cell in cells:
        if dates.day_parts(cell) is not None or _weekday(cell):
            days += 1
        elif isinstance(cell, str) and len(cell) > 6 and marks.sign_of(cell) is marks.Sign.UNKNOWN:
            activities += bool(_HOURS.search(fold(cell))) or len(cell.split()) >= 3
    return days >= 2 and (titled or (activities >= 5 and activities >= 0.25 * len(cells)))


def _weekday(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > 3 and dates.weekday_numbers(cell) is not None


SAID = {
    Kind.MEMBERS: "Liste d'adhérents",
    Kind.PROGRAMME: "Programme d'activités",
    Kind.BUDGET: "Budget",
    Kind.UNKNOWN: "Contenu non reconnu",
}


def other_kind(sheet: Sheet) -> Kind | None:
    """Return what a sheet is when it is neither a roll nor a log; None when unknown."""
    if member_columns(sheet) is not None:
        return Kind.MEMBERS
    if is_budget(sheet):
        return Kind.BUDGET
    return Kind.PROGRAMME if is_programme(sheet) else None
