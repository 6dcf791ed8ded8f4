"""How sure we are of who is in this session: the proofs given since it was opened, and when.

Each way in notes one proof in the session; the rule ``is_strong_now`` says when two factors are
there (decision 10 of docs/decisions). A new session starts without any.
"""

from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from espace.accounts.choices import Proof
from espace.accounts.rules import (
    FRESH_FOR,
    LETTER_PREPARES_FOR,
    is_strong,
    kept_proofs,
    strong_places,
)
from espace.core.clock import now

KEY = "proofs"
GEMS = "proofs_of"
RENEW = "renew"
AS_MEMBER = "as_member"
"""Set when someone chose to go on without the roles that ask for two factors."""


def note(session: MutableMapping[str, Any], proof: Proof, *, gem_id: UUID | None = None) -> None:
    """Add one proof to this session, given now; the session takes a new name at its answer.

    A new name (``renew_when_noted``): whoever knew the old one does not profit from the proof.
    ``gem_id``: the GEM that the proof comes from, when it counts there only.
    """
    session[KEY] = {**_times(session), proof.value: int(now().timestamp())}
    if gem_id is not None:
        session[GEMS] = {**session.get(GEMS, {}), proof.value: str(gem_id)}
    session[RENEW] = True
    session.pop(AS_MEMBER, None)


def proofs(session: Mapping[str, Any]) -> frozenset[Proof]:
    """Return the proofs of this session that still hold; those we no longer know are left out."""
    return kept_proofs(_given(session), now())


def is_strong_session(session: Mapping[str, Any]) -> bool:
    """Tell whether two factors were given in this session, and still hold."""
    return is_strong(proofs(session))


def strong_where(session: Mapping[str, Any]) -> frozenset[UUID | None] | None:
    """Return where the proofs of this session make two factors (``rules.strong_places``)."""
    kept: dict[str, str] = session.get(GEMS, {})
    gems = {Proof(name): UUID(gem_id) for name, gem_id in kept.items() if name in Proof.values}
    return strong_places(proofs(session), gems)


def proved_within(session: Mapping[str, Any], delay: timedelta) -> bool:
    """Tell whether some proof was given less than ``delay`` ago."""
    return any(abs(now() - given_at) < delay for given_at in _given(session).values())


def is_fresh(session: Mapping[str, Any]) -> bool:
    """Tell whether some proof was given in the last ten minutes; a demonstration always is.

    So is the opening letter while it holds: it opens once, and its person may have nothing else
    to show yet.
    """
    lasting = proofs(session) & {Proof.DEMONSTRATION, Proof.LETTER}
    return bool(lasting) or proved_within(session, FRESH_FOR)


def opened_by_letter(session: Mapping[str, Any]) -> bool:
    """Tell whether a letter opened a GEM here in the last three days."""
    given_at = _given(session).get(Proof.LETTER)
    return given_at is not None and abs(now() - given_at) < LETTER_PREPARES_FOR


def renew_when_noted(session: Any) -> None:
    """Give the session a new name when a proof was noted since its last answer."""
    # Looking at a session that nobody opened would cost a query on public pages.
    if session.accessed and session.pop(RENEW, None):
        session.cycle_key()


def settled(session: MutableMapping[str, Any]) -> None:
    """Keep the session's name: it was made a moment ago and nobody knows it yet."""
    session.pop(RENEW, None)


def _times(session: Mapping[str, Any]) -> dict[str, int]:
    times: dict[str, int] = session.get(KEY, {})
    return times


def _given(session: Mapping[str, Any]) -> dict[Proof, datetime]:
    return {
        Proof(name): datetime.fromtimestamp(given_at, UTC)
        for name, given_at in _times(session).items()
        if name in Proof.values
    }
