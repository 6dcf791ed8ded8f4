"""Background work of the programme: written eight weeks ahead, and old lists are forgotten."""

from espace.accounts.access import SYSTEM
from espace.activities.actions.forgetting import forget_old_lists
from espace.activities.actions.planning import plan_ahead
from espace.core.clock import today
from espace.groups.queries.for_sheets import all_gem_ids

PLAN_ALL_JOB = "activities.plan_all"
FORGET_LISTS_JOB = "activities.forget_lists"


def plan_all(identifier: str) -> None:
    """Write the coming weeks of every GEM; running it again the same day adds nothing."""
    for gem_id in all_gem_ids():
        plan_ahead(actor=SYSTEM, gem_id=gem_id)


def forget_lists(identifier: str) -> None:
    """Delete old ideas and sign-ups; running it again the same day finds nothing more."""
    forget_old_lists(today=today())
