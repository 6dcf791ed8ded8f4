"""A month of a GEM: is it finished, and what is missing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.models import FinishedMonth
from espace.activities.queries.access import local_now
from espace.activities.queries.day_sheet import missing_of
from espace.activities.queries.folding import folded_on
from espace.activities.rules.moments import next_month, previous_month
from espace.activities.rules.months import Missing, may_finish
from espace.groups.queries.for_sheets import sheet_gem


@dataclass(frozen=True, slots=True)
class MonthState:
    """``finished_on`` None while the month runs; ``following`` None when it has not begun.

    ``folded_on`` is when its first names went: it may then be neither finished nor opened again.
    """

    month: date
    finished_on: date | None
    folded_on: date | None
    may_finish: bool
    missing: Missing
    previous: date
    following: date | None


def month_state(actor: Actor, gem_id: UUID, month: date) -> MonthState:
    """Return the state of the month of ``month``. Five SQL queries at most. Raises NotAllowed."""
    require(actor, "activities.finish_month", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    first = month.replace(day=1)
    rows = FinishedMonth.objects.filter(gem_id=gem_id, month=first)
    following = next_month(first)
    return MonthState(
        month=first,
        finished_on=rows.values_list("finished_on", flat=True).first(),
        folded_on=folded_on(gem_id, first, today),
        may_finish=may_finish(first, today),
        missing=missing_of(gem_id, first, today),
        previous=previous_month(first),
        following=following if following <= today else None,
    )
