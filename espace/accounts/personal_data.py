"""What is kept on one person, package by package: shown to them, taken away when they ask.

Every package with a table that holds people registers a keeper at start. « Mes données » asks all
of them; so does erasing. A test walks the schema: a table that holds people without a keeper fails.
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
    """

    key: str
    title: Words
    why: Words
    rows: tuple[tuple[tuple[str, Words, str], ...], ...]


@dataclass(frozen=True)
class Keeper:
    """How a package shows and erases what it holds on one account.

    ``tables`` are model labels (« groups.Mandate »). ``erase`` runs in the caller's transaction,
    deletes or makes anonymous every row, and returns how many rows changed.
    """

    name: str
    tables: tuple[str, ...]
    show: Callable[[UUID], list[Section]]
    erase: Callable[[UUID], int]


_keepers: dict[str, Keeper] = {}


def register(keeper: Keeper) -> None:
    """Add a package's keeper, called from ``AppConfig.ready()``; again replaces it."""
    _keepers[keeper.name] = keeper


def keepers() -> list[Keeper]:
    """Return every keeper; packages register from the lowest floor up."""
    return list(_keepers.values())
