"""Sponsor (parrain) and managing organisation (gestionnaire): two different ones, or a reason."""

from uuid import UUID

SHORTEST_REASON = 10


def needs_reason(sponsor: UUID | None, manager: UUID | None, reason: str) -> bool:
    """Tell whether the same organisation holds both places without a stated reason.

    The rules of 2019 ask for two organisations; a brain-injury GEM, or an old agreement, may differ
    (dossier 7.7). A reason has ten letters at least, so that a dot is not one.
    """
    letters = sum(sign.isalpha() for sign in reason)
    return sponsor is not None and sponsor == manager and letters < SHORTEST_REASON
