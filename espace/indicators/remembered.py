"""Pages of figures already made for the same state of a GEM, kept in the memory of the process.

Every write about a GEM moves its version on (``groups.actions.touch``), and the version is part of
the key: what is remembered is right, or is not found. Nothing is shared between processes, so
nothing has to be told to forget.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from espace.groups.queries.gem_facts import GemState

CACHE = "figures"

Made = TypeVar("Made")


def remembered(gem: GemState, question: str, make: Callable[[], Made]) -> Made:
    """Return what ``make`` gives, made once per state of the GEM and per question.

    ``question`` says all that the answer depends on beside the GEM: the page, the period.
    """
    key = f"{gem.gem_id}:{gem.version}:{gem.today}:{question}"
    found: Made | None = caches[CACHE].get(key)
    if found is None:
        found = make()
        caches[CACHE].set(key, found)
    return found
