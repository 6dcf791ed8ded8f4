"""How far a GEM is with us: told from facts about the organisation, never from its people."""

from espace.federation.choices import Stage
from espace.groups.choices import GemStatus


def stage_of(status: str, *, has_joined: bool, letter_waits: bool, month_finished: bool) -> Stage:
    """Return the stage of a GEM; being closed or paused says more than anything before."""
    if status == GemStatus.FERME:
        return Stage.CLOSED
    if status == GemStatus.PAUSE:
        return Stage.PAUSED
    if has_joined:
        return Stage.FIRST_MONTH if month_finished else Stage.OPEN
    return Stage.INVITED if letter_waits else Stage.TO_INVITE
