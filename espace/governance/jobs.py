"""Background work: the names of who was at an old meeting are forgotten."""

from espace.accounts.access import SYSTEM
from espace.core.clock import today
from espace.governance.actions.presences import forget_old_presences
from espace.groups.queries.for_sheets import all_gem_ids

FORGET_PRESENCES_JOB = "governance.forget_presences"


def forget_presences(identifier: str) -> None:
    """Keep the counts of meetings older than thirteen months, without the names."""
    for gem_id in all_gem_ids():
        forget_old_presences(actor=SYSTEM, gem_id=gem_id, today=today())
