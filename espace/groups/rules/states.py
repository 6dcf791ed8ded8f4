"""The life of a GEM: which state may follow which, and who may say so."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from espace.groups.choices import GemStatus

BUREAU_CHANGES: Mapping[str, frozenset[GemStatus]] = {
    GemStatus.ACTIF: frozenset({GemStatus.PAUSE}),
    GemStatus.PAUSE: frozenset({GemStatus.ACTIF}),
}
"""What the bureau says itself; FiGEM says everything else, closing and reopening included."""

FARTHEST = timedelta(days=366)


class StateRefusal(StrEnum):
    """Why a state cannot be written."""

    NOT_YOURS = "not_yours"
    TO_COME = "to_come"
    TOO_OLD = "too_old"


class StateRefusedError(Exception):
    """The rules of the GEM's life say no; ``reason`` is a StateRefusal."""

    def __init__(self, reason: StateRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def next_states(state: str, *, is_federation: bool) -> tuple[GemStatus, ...]:
    """Return the states one may choose after ``state``, in the order of the page."""
    if is_federation:
        return tuple(each for each in GemStatus if each != state)
    return tuple(each for each in GemStatus if each in BUREAU_CHANGES.get(state, ()))


def check_change(state: str, new: str, *, since: date, today: date, is_federation: bool) -> None:
    """Raise StateRefusedError unless the GEM may go from ``state`` to ``new`` on that day."""
    if new not in next_states(state, is_federation=is_federation):
        raise StateRefusedError(StateRefusal.NOT_YOURS)
    if since > today:
        raise StateRefusedError(StateRefusal.TO_COME)
    if since < today - FARTHEST and not is_federation:
        raise StateRefusedError(StateRefusal.TOO_OLD)
