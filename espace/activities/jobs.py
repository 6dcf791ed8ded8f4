"""Background work: the programme eight weeks ahead, old lists forgotten, old first names gone."""

import logging

from espace.accounts.access import SYSTEM
from espace.activities.actions.folding import fold_due_months
from espace.activities.actions.forgetting import forget_old_lists
from espace.activities.actions.planning import plan_ahead
from espace.core import jobs
from espace.core.clock import today
from espace.groups.queries.for_sheets import all_gem_ids
from espace.groups.queries.gem_facts import today_of

logger = logging.getLogger(__name__)

PLAN_ALL_JOB = "activities.plan_all"
FORGET_LISTS_JOB = "activities.forget_lists"
FOLD_JOB = "activities.fold"
MOST_MONTHS = 200
"""Months folded in one go; the rest waits for the next one, so that other work is not kept back."""


class FoldingError(Exception):
    """Some GEM could not be folded; the others were. Says how many, never which people."""


def plan_all(identifier: str) -> None:
    """Write the coming weeks of every GEM; running it again the same day adds nothing."""
    for gem_id in all_gem_ids():
        plan_ahead(actor=SYSTEM, gem_id=gem_id)


def forget_lists(identifier: str) -> None:
    """Delete old ideas and sign-ups; running it again the same day finds nothing more."""
    forget_old_lists(today=today())


def fold_all(identifier: str) -> None:
    """Fold the months of every GEM whose first names go today; ask again while some are left.

    A GEM that fails does not keep the others back: the work is said to have failed at the end.
    """
    left, failed = MOST_MONTHS, 0
    for gem_id in all_gem_ids():
        try:
            left -= len(
                fold_due_months(actor=SYSTEM, gem_id=gem_id, today=today_of(gem_id), most=left)
            )
        except Exception as error:
            logger.error("folding of %s failed: %s", gem_id, type(error).__name__)
            failed += 1
        if left <= 0:
            jobs.later(FOLD_JOB, identifier)
            break
    if failed:
        raise FoldingError(failed)
