"""Background work of the programme: it is always written eight weeks ahead."""

from espace.accounts.access import SYSTEM
from espace.activities.actions.planning import plan_ahead
from espace.groups.queries.for_sheets import all_gem_ids

PLAN_ALL_JOB = "activities.plan_all"


def plan_all(identifier: str) -> None:
    """Write the coming weeks of every GEM; running it again the same day adds nothing."""
    for gem_id in all_gem_ids():
        plan_ahead(actor=SYSTEM, gem_id=gem_id)
