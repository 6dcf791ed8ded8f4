"""What is kept on one person, package by package: shown to them, taken away when they ask.

Every package with a table that holds people registers a keeper at start. « Mes données » asks all
of them; so does erasing. A test walks the schema: a table that holds people without a keeper fails
(tests/test_schema.py).

A person is an account, or a line of a GEM's roll, or both: an account's own lines are found through
``lines_of``. A package whose rows hang on lines of the roll gives ``show_line`` and ``erase_line``,
and leaves those rows out of ``show`` and ``erase``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Section:
    """One kind of thing kept on a person: a title in plain French, why, and its rows.

    ``key`` names it in the JSON; each row is a list of (name in the JSON, words, value as text).
    ``seen_by`` and ``kept`` say in plain French who sees it, and how long it stays.
    """

    key: str
    title: Words
    why: Words
    rows: tuple[tuple[tuple[str, Words, str], ...], ...]
    seen_by: Words = ""
    kept: Words = ""


@dataclass(frozen=True)
class Keeper:
    """How a package shows and erases what it holds on one account, and on one line of a roll.

    ``tables`` are model labels (« groups.Mandate »). ``erase`` and ``erase_line`` run in the
    caller's transaction, delete or make anonymous every row, and return how many rows changed.
    Erasing goes from the highest floor down, so that a table is emptied before what it points at.
    """

    name: str
    tables: tuple[str, ...]
    show: Callable[[UUID], list[Section]]
    erase: Callable[[UUID], int]
    show_line: Callable[[UUID], list[Section]] | None = None
    erase_line: Callable[[UUID], int] | None = None


_keepers: dict[str, Keeper] = {}
_lines: list[Callable[[UUID], list[UUID]]] = []


def register(keeper: Keeper) -> None:
    """Add a package's keeper, called from ``AppConfig.ready()``; again replaces it."""
    _keepers[keeper.name] = keeper


def keepers() -> list[Keeper]:
    """Return every keeper; packages register from the lowest floor up."""
    return list(_keepers.values())


def register_lines(source: Callable[[UUID], list[UUID]]) -> None:
    """Say where the lines of the rolls that belong to an account are found."""
    if source not in _lines:
        _lines.append(source)


def lines_of(account_id: UUID) -> list[UUID]:
    """Return the lines of the rolls that are this account's own."""
    return [line for source in _lines for line in source(account_id)]


def shown(account_id: UUID) -> list[Section]:
    """Return everything kept on an account and on its own lines, empty sections left out."""
    found = [part for keeper in keepers() for part in keeper.show(account_id)]
    for line in lines_of(account_id):
        found += shown_of_line(line)
    return [part for part in found if part.rows]


def shown_of_line(person_id: UUID) -> list[Section]:
    """Return everything kept on a line of a roll, empty sections left out."""
    parts = [each.show_line(person_id) for each in keepers() if each.show_line]
    return [part for found in parts for part in found if part.rows]


def erase(account_id: UUID, *, with_lines: bool = True) -> int:
    """Erase an account everywhere, with its own lines; return how many rows changed.

    Without its lines: someone who never opens their account may come to the GEM every week.
    """
    changed = sum(erase_line(line) for line in lines_of(account_id)) if with_lines else 0
    return changed + sum(keeper.erase(account_id) for keeper in reversed(keepers()))


def erase_line(person_id: UUID) -> int:
    """Erase a line of a roll everywhere; return how many rows changed."""
    return sum(each.erase_line(person_id) for each in reversed(keepers()) if each.erase_line)
