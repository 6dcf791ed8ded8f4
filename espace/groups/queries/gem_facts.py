"""Small reads about one GEM that other packages need."""

from datetime import date
from uuid import UUID

from espace.core.clock import today
from espace.groups.models import Gem


def counts_with_names(gem_id: UUID) -> bool:
    """Tell whether this GEM counts who comes with first names (one query)."""
    return Gem.objects.only("counting").get(pk=gem_id).counts_with_names


def version(gem_id: UUID) -> int:
    """Return the number that moves with every write about this GEM (one query)."""
    return Gem.objects.values_list("version", flat=True).get(pk=gem_id)


def today_of(gem_id: UUID) -> date:
    """Return the calendar day it is in this GEM, which may live overseas (one query)."""
    return today(Gem.objects.values_list("time_zone", flat=True).get(pk=gem_id))
