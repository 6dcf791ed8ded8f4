"""Background work: old presences lose their names; deadlines that come near are told."""

from espace.accounts.access import SYSTEM
from espace.core.clock import today
from espace.governance.actions.presences import forget_old_presences
from espace.governance.actions.reminders import remind
from espace.groups.queries.for_sheets import all_gem_ids, open_gem_ids

FORGET_PRESENCES_JOB = "governance.forget_presences"
REMIND_JOB = "governance.remind"


def forget_presences(identifier: str) -> None:
    """Keep the counts of meetings older than thirteen months, without the names."""
    for gem_id in all_gem_ids():
        forget_old_presences(actor=SYSTEM, gem_id=gem_id, today=today())


def remind_every_gem(identifier: str) -> None:
    """Tell each open GEM the deadlines that reached 90, 30 or 7 days. Again changes nothing."""
    for gem_id in open_gem_ids():
        remind(gem_id)
