"""Figures already computed for the same state of a GEM, kept in the memory of the process.

Every write about a GEM moves its version on (``groups.actions.touch``), and the version is part of
the key: what is remembered is right, or is not found. Nothing is shared between processes, so
nothing has to be told to forget.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import caches

from espace.groups.queries.gem_facts import GemState
from espace.indicators import measures
from espace.indicators.rules import Measure, Period

CACHE = "figures"


@dataclass(frozen=True)
class Asked:
    """Some indicators over some periods: every code is computed over every period."""

    codes: tuple[str, ...]
    periods: tuple[Period, ...]


def remembered(gem: GemState, asked: Sequence[Asked]) -> dict[tuple[str, Period], Measure]:
    """Return the measures of everything asked, keyed by (code, period).

    No SQL when the GEM has not changed since the same question; else two queries per ``Asked``.
    """
    words = "|".join(_written(one) for one in asked)
    key = sha256(f"{gem.gem_id}|{gem.version}|{gem.today}|{words}".encode()).hexdigest()
    found: dict[tuple[str, Period], Measure] | None = caches[CACHE].get(key)
    if found is None:
        found = {}
        for one in asked:
            found.update(measures.measure(gem.gem_id, one.periods, one.codes, gem.today))
        caches[CACHE].set(key, found)
    return found


def _written(one: Asked) -> str:
    parts: Iterable[object] = (*one.codes, *one.periods)
    return " ".join(map(str, parts))
