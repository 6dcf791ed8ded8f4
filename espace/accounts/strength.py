"""How sure we are of who is in this session: the proofs given since it was opened.

Each way in notes one proof in the session; the rule ``is_strong`` says when two factors are there
(decision 10 of docs/decisions). A new session starts without any.
"""

from collections.abc import MutableMapping
from typing import Any

from espace.accounts.choices import Proof
from espace.accounts.rules import is_strong

KEY = "proofs"


def note(session: MutableMapping[str, Any], proof: Proof) -> None:
    """Add one proof to this session; the same again changes nothing."""
    session[KEY] = sorted({*session.get(KEY, []), proof.value})


def proofs(session: MutableMapping[str, Any]) -> frozenset[Proof]:
    """Return the proofs given in this session; those we no longer know are left out."""
    return frozenset(Proof(name) for name in session.get(KEY, []) if name in Proof.values)


def is_strong_session(session: MutableMapping[str, Any]) -> bool:
    """Tell whether two factors were given in this session."""
    return is_strong(proofs(session))
