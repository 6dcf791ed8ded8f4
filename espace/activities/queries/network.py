"""What the federation may know of the sheets of a GEM: whether it ever finished a month."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Min

from espace.activities.models import FinishedMonth


def first_finished_months(among: Collection[UUID] | None = None) -> dict[UUID, date]:
    """Return the first month that each GEM said complete, those without any left out. One query."""
    rows = FinishedMonth.objects.filter(finished_on__isnull=False)
    if among is not None:
        rows = rows.filter(gem_id__in=among)
    return dict(rows.order_by().values_list("gem_id").annotate(first=Min("month")))


def finished_in(month: date) -> frozenset[UUID]:
    """Return the GEM that said this month complete. One query."""
    rows = FinishedMonth.objects.filter(month=month, finished_on__isnull=False).order_by()
    return frozenset(rows.values_list("gem_id", flat=True))
