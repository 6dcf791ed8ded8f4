"""The fixed menu: packages add their entry at start, the frame shows those a person may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

MOST_ENTRIES = 5


@dataclass(frozen=True)
class MenuEntry:
    """One entry: a word, its icon, its page; ``visible(actor)`` says for whom.

    ``order`` is fixed for good: today 10, programme 20, decide 30, our_gem 40, library 50.
    """

    key: str
    label: str | Promise
    icon: str
    url_name: str
    order: int
    visible: Callable[[Any], bool]


@dataclass(frozen=True)
class MenuLink:
    """An entry as drawn on one page; ``current`` is "page", "true" (a page below it) or ""."""

    label: str | Promise
    icon: str
    url: str
    current: str


_entries: dict[str, MenuEntry] = {}


def register(entry: MenuEntry) -> None:
    """Add an entry; the same key again replaces it (``ready()`` can run twice)."""
    _entries[entry.key] = entry
    if len(_entries) > MOST_ENTRIES:
        raise ValueError(f"The menu holds {MOST_ENTRIES} entries at most: {sorted(_entries)}")


def entries() -> list[MenuEntry]:
    """Return every entry, in the menu's order."""
    return sorted(_entries.values(), key=lambda entry: entry.order)


def links(actor: Any, path: str) -> list[MenuLink]:
    """Return what ``actor`` sees of the menu on the page at ``path``."""
    drawn = []
    for entry in entries():
        if entry.visible(actor):
            url = reverse(entry.url_name)
            current = "page" if path == url else "true" if path.startswith(url) else ""
            drawn.append(MenuLink(entry.label, entry.icon, url, current))
    return drawn
