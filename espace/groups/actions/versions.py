"""Each GEM carries a number that moves with every write, so that a page knows it is still true."""

from datetime import date
from uuid import UUID

from django.db.models import F

from espace.core.events import publish
from espace.groups.events import GemChanged
from espace.groups.models import Gem


def take_turn(gem_id: UUID) -> None:
    """Wait until whoever writes about this GEM is done; needs a transaction."""
    Gem.objects.select_for_update().filter(pk=gem_id).values_list("pk", flat=True).first()


def touch(gem_id: UUID, *, since: date | None = None) -> None:
    """Move the GEM's version on. Call it inside the transaction of every write about this GEM.

    ``since`` is the day of the oldest fact written, so that older figures are not counted again;
    None when it is not known.
    """
    Gem.objects.filter(pk=gem_id).update(version=F("version") + 1)
    publish(GemChanged(gem_id, since))
