"""Background work: adding up the GEM that changed."""

from datetime import date

from espace.core import jobs
from espace.territories.actions import (
    REFRESH_JOB,
    mark_all,
    refresh,
    start_again_if_formulas_changed,
)
from espace.territories.rules import first_of_last_month

DAY_JOB = "territories.day"
MOST_TURNS = 50
"""Turns taken in one go; the rest waits for the next one, so that other work is not kept back."""

__all__ = ["DAY_JOB", "REFRESH_JOB", "refresh_all", "refresh_stale"]


class RefreshError(Exception):
    """Some GEM could not be counted; the others were. Says how many."""


def refresh_stale(identifier: str) -> None:
    """Count the GEM that changed until none is left; running it again finds nothing to do."""
    failed: set[str] = set()
    for _ in range(MOST_TURNS):
        turn = refresh(leave_out=failed)
        failed |= turn.failed
        if not turn.taken:
            break
    else:
        jobs.later(REFRESH_JOB, identifier)
    if failed:
        raise RefreshError(len(failed))


def refresh_all(identifier: str) -> None:
    """Count the running periods of every GEM again: « to this day » moved on by a day."""
    start_again_if_formulas_changed()
    mark_all(since=first_of_last_month(date.fromisoformat(identifier)))
