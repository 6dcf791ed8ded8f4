"""The secrets of an opening letter: words to type and a square code to scan, either opens once."""

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WORDS = 7
"""Seven words among 2,048: 77 bits, beyond any guess that the limits let through."""
SECRET_BYTES = 16
LIVES = timedelta(days=183)


class LetterState(StrEnum):
    """Where a letter is; only a waiting one opens."""

    WAITING = "waiting"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Secrets:
    """What is printed on one letter, and kept nowhere."""

    words: tuple[str, ...]
    secret: str


def draw(words: Sequence[str]) -> Secrets:
    """Return fresh secrets, the words drawn from the list ``words``."""
    drawn = tuple(secrets.choice(words) for _each in range(WORDS))
    return Secrets(drawn, secrets.token_urlsafe(SECRET_BYTES))


def plain_words(text: str) -> str:
    """Return what was typed as one line of bare words: capitals, accents and signs do not count.

    A few spellings of one word (« œ », « oe ») are the same.
    """
    split = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(sign for sign in split if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z]+", bare))


def kept_hash(key: str, kind: str, text: str) -> str:
    """Return what the database keeps of a secret: useless without the site's own ``key``."""
    return hmac.new(key.encode(), f"letter:{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def state_of(
    *,
    now: datetime,
    expires_at: datetime,
    used_at: datetime | None,
    withdrawn_at: datetime | None,
) -> LetterState:
    """Tell where a letter is at that instant."""
    if used_at is not None:
        return LetterState.USED
    if withdrawn_at is not None:
        return LetterState.WITHDRAWN
    return LetterState.EXPIRED if now >= expires_at else LetterState.WAITING
