"""Reads a table of money: what was planned, what it came to, costs and income side by side or not.

Totals written in the file are compared with the sum of their lines, shown, never refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from espace.governance.rules.money import AmountError, parse_cents
from espace.imports.reading.dates import fold
from espace.imports.reading.tables import Table

MOST_LINES = 200
LONGEST_LABEL = 80
LONGEST_HEAD = 30
_COSTS = re.compile(r"^(charges?|depenses?)\b")
_INCOME = re.compile(r"^(produits?|recettes?|ressources?)\b")
_LABEL = re.compile(r"^(libelles?|postes?|comptes?|lignes?|intitules?)\b")
_PLANNED = re.compile(r"^(prevu|prevision|budget( prevu| vote| previsionnel)?$)")
_ACTUAL = re.compile(r"^(realise|reel|execute|constate)")
_TOTAL = re.compile(r"^(sous[- ]?)?total\b")
_ACCOUNT = re.compile(r"^([1-8]\d{0,5})\b[\s.:–-]*")
_YEAR = re.compile(r"\b(20\d\d)\b")
# Words first, then the class of account: the same account holds several families.
_WORDS = {
    "depense": (
        ("salaires", ("personnel", "salaire", "cotisations sociales")),
        ("loyer_charges", ("loyer", "assurance", "energie", "electricite", "services exterieurs")),
        ("frais_gestion", ("frais de gestion", "frais de siege", "gestionnaire")),
        ("formation", ("formation",)),
        ("communication", ("communication", "affiche", "telephone", "internet")),
        ("transport", ("transport", "deplacement", "essence", "vehicule")),
        ("activites", ("activite", "sortie", "achats", "atelier", "alimentation")),
    ),
    "recette": (
        ("subvention_ars", ("ars", "cnsa")),
        ("departement_region", ("departement", "departemental", "regional", "region")),
        ("commune_intercommunalite", ("commune", "mairie", "ville", "agglomeration", "metropole")),
        ("cotisations", ("cotisation", "adhesion")),
        ("fondations_dons", ("don", "dons", "fondation", "mecenat")),
        ("activites_ventes", ("vente", "ventes", "participation", "participations")),
    ),
}
_OTHER = {"depense": "autre_depense", "recette": "autre_recette"}
_CLASSES = {"64": "salaires", "61": "loyer_charges", "60": "activites", "756": "cotisations"}


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line; amounts in cents, None where the file says nothing."""

    side: str
    category: str
    account: str
    label: str
    planned: int | None
    actual: int | None
    in_kind: bool


@dataclass(frozen=True, slots=True)
class TotalSaid:
    """A total of the file beside the sum of its lines, in cents."""

    side: str
    what: str
    said: int
    summed: int


@dataclass(frozen=True, slots=True)
class BudgetRead:
    """What a file says; ``unread`` are the cells that were no amount, with their label."""

    year: int | None
    rows: tuple[BudgetRow, ...]
    wrong_totals: tuple[TotalSaid, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    side: str
    label: int
    planned: int | None
    actual: int | None


def read_budget(tables: Iterable[Table]) -> BudgetRead:
    """Return the lines of the first sheet that has some; no line when none has."""
    for table in tables:
        found = _read(table)
        if found.rows:
            return found
    return BudgetRead(None, (), (), ())


def _read(table: Table) -> BudgetRead:
    titles = [cell for row in table.rows[:6] for cell in row]
    years = [int(said.group(1)) for text in (*titles, table.name) if (said := _YEAR.search(text))]
    year = years[0] if years else None
    start, columns = _head(table.rows)
    rows: list[BudgetRow] = []
    totals: list[TotalSaid] = []
    unread: list[str] = []
    for cells in table.rows[start:]:
        for one in columns:
            label = " ".join(_cell(cells, one.label).split())
            if not label:
                continue
            amounts = [_amount(cells, at, label, unread) for at in (one.planned, one.actual)]
            if _TOTAL.match(fold(label)):
                totals += _compared(one.side, rows, amounts)
            elif any(amount is not None for amount in amounts) and len(rows) < MOST_LINES:
                rows.append(_row(one.side, label, *amounts))
    return BudgetRead(year, tuple(rows), tuple(totals), tuple(dict.fromkeys(unread)))


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, list[_Columns]]:
    """Return where lines begin, and the columns of each side; none when there is no head."""
    for rank, row in enumerate(rows[:12]):
        # A long cell is a title, not the head of a column.
        words = [fold(cell.strip()) if len(cell) <= LONGEST_HEAD else "" for cell in row]
        planned = [at for at, word in enumerate(words) if _PLANNED.match(word)]
        actual = [at for at, word in enumerate(words) if _ACTUAL.match(word)]
        if not planned and not actual:
            continue
        labels = [
            at
            for at, word in enumerate(words)
            if _COSTS.match(word) or _INCOME.match(word) or _LABEL.match(word)
        ] or [0]
        ends = [*labels[1:], len(words)]
        found = []
        for at, end in zip(labels, ends, strict=True):
            side = "recette" if _INCOME.match(words[at]) else "depense"
            if not (_COSTS.match(words[at]) or _INCOME.match(words[at])):
                side = ""
            found.append(
                _Columns(
                    side,
                    at,
                    next((one for one in planned if at < one < end), None),
                    next((one for one in actual if at < one < end), None),
                )
            )
        return rank + 1, found
    return len(rows), []


def _row(side: str, label: str, planned: int | None, actual: int | None) -> BudgetRow:
    said = _ACCOUNT.match(label)
    account = said.group(1) if said else ""
    words = label[said.end() :] if said else label
    side = side or ("recette" if account.startswith(("7", "87")) else "depense")
    plain = fold(words)
    return BudgetRow(
        side=side,
        category=_category(side, account, plain),
        account=account,
        label=(words or label)[:LONGEST_LABEL],
        planned=planned,
        actual=actual,
        in_kind=account.startswith(("86", "87")) or "en nature" in plain or "benevolat" in plain,
    )


def _category(side: str, account: str, plain: str) -> str:
    words = set(re.findall(r"\w+", plain))
    for start, category in _CLASSES.items():
        if account.startswith(start) and (side == "recette") == (start[0] == "7"):
            return category
    for category, signs in _WORDS[side]:
        if any(sign in words or (" " in sign and sign in plain) for sign in _forms(signs)):
            return category
    return _OTHER[side]


def _forms(signs: Iterable[str]) -> list[str]:
    return [form for sign in signs for form in (sign, f"{sign}s", sign.removesuffix("s"))]


def _compared(side: str, rows: list[BudgetRow], said: list[int | None]) -> list[TotalSaid]:
    """Return the totals that differ from the sum of the lines before them, on the same side."""
    mine = [row for row in rows if not side or row.side == side]
    sums = (sum(row.planned or 0 for row in mine), sum(row.actual or 0 for row in mine))
    return [
        TotalSaid(side, what, total, summed)
        for what, total, summed in zip(("prevu", "realise"), said, sums, strict=True)
        if total is not None and total != summed
    ]


def _amount(cells: Sequence[str], at: int | None, label: str, unread: list[str]) -> int | None:
    text = _cell(cells, at).strip() if at is not None else ""
    if not text:
        return None
    try:
        return parse_cents(_two_decimals(text))
    except AmountError:
        unread.append(f"{label[:LONGEST_LABEL]} : {text[:20]}")
        return None


def _two_decimals(text: str) -> str:
    """A spreadsheet's own number may have more decimals than money: 5843.2700000001."""
    whole, dot, rest = text.partition(".")
    if dot and rest.isdecimal() and whole.lstrip("-").isdecimal():
        return f"{float(text):.2f}"
    return text


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""
