"""Small reads about one GEM that other packages need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from espace.core import clock
from espace.groups.models import Gem


@dataclass(frozen=True)
class GemState:
    """``version`` moves with every write about the GEM; ``today`` is the day it is there."""

    gem_id: UUID
    version: int
    counts_with_names: bool
    today: date


def state(gem_id: UUID) -> GemState:
    """Return the GEM's version, way of counting and calendar day (one query)."""
    gem = Gem.objects.only("version", "counting", "time_zone").get(pk=gem_id)
    return GemState(gem_id, gem.version, gem.counts_with_names, clock.today(gem.time_zone))


def today_of(gem_id: UUID) -> date:
    """Return the calendar day it is in this GEM, which may live overseas (one query)."""
    return clock.today(Gem.objects.values_list("time_zone", flat=True).get(pk=gem_id))


def practice_among(gem_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these GEM that are practice ones (one query)."""
    rows = Gem.objects.filter(pk__in=gem_ids, practice=True).order_by("pk")
    return frozenset(rows.values_list("pk", flat=True))
