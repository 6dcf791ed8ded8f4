"""The lists a GEM keeps, each of which leaves as a spreadsheet: packages register theirs at start.

A list asks its own permission and reads its own tables; this only knows its name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from espace.accounts.access import Actor
from espace.accounts.permissions import can
from espace.core.spreadsheets import Sheet


@dataclass(frozen=True)
class KeptList:
    """One list: ``slug`` in its address, who may take it, and how it is made.

    ``make`` raises NotAllowed, and costs the same number of SQL queries whatever the length.
    """

    slug: str
    title: Promise
    permission: str
    make: Callable[[Actor, UUID], Sheet]


_lists: dict[str, KeptList] = {}


def register(one: KeptList) -> None:
    """Add a list; the same one may be registered again."""
    if _lists.get(one.slug, one).make is not one.make:
        raise ValueError(f"list registered twice: {one.slug}")
    _lists[one.slug] = one


def every_list() -> list[KeptList]:
    """Return the lists in the order of their registration."""
    return list(_lists.values())


def lists_for(actor: Actor, gem_id: UUID) -> list[KeptList]:
    """Return the lists this person may take."""
    return [one for one in _lists.values() if can(actor, one.permission, gem_id)]


def find(slug: str) -> KeptList | None:
    """Return a list by its slug; None when there is none."""
    return _lists.get(slug)
