"""What the database keeps of a card's secrets: slow hashes under a key that it does not hold.

The salt is the site's own key, the same for all cards: one slow hash, then one look-up by index,
whether a card exists or not. Someone who steals the database alone has nothing to guess with;
with the key as well, each guess among 2^66 costs one slow hash.
"""

import hashlib
import hmac
import re
import secrets
from enum import StrEnum

SECRET_BYTES = 20
BLOCK = 8
MOST_MEMORY = 128 * 1024 * 1024
_A_SECRET = re.compile(r"[A-Za-z0-9_-]{27}")


class Kind(StrEnum):
    """Which secret of the card is hashed: one never stands for the other."""

    WORDS = "words"
    SCAN = "scan"


def new_secret() -> str:
    """Return the secret of a QR code (27 characters, 160 bits)."""
    return secrets.token_urlsafe(SECRET_BYTES)


def scanned_secret(text: str) -> str:
    """Return the secret in what a camera read, an address or the secret alone; "" without any."""
    end = text.strip().rpartition("#")[2]
    return end if _A_SECRET.fullmatch(end) else ""


def fingerprint(kind: Kind, secret: str, *, key: str, cost: int) -> str:
    """Return the slow hash of a secret: 64 hexadecimal signs, always the same for one site."""
    salt = hmac.new(key.encode(), f"espace.cards.{kind.value}".encode(), hashlib.sha256).digest()
    return hashlib.scrypt(
        secret.encode(), salt=salt, n=cost, r=BLOCK, p=1, maxmem=MOST_MEMORY, dklen=32
    ).hex()


def mark_hash(mark: str) -> str:
    """Return what is kept of the mark of a session or of a browser; "" for none."""
    return hashlib.sha256(mark.encode()).hexdigest() if mark else ""


def demonstration_secrets(
    secret_key: str, name: str, words: list[str]
) -> tuple[tuple[str, ...], str]:
    """Return (six words, secret) of a demonstration card, the same at each call.

    For demonstration mode only: the database does not hold what a command must print again.
    """
    digest = hmac.new(secret_key.encode(), f"card:{name}".encode(), hashlib.sha512).digest()
    drawn = [int.from_bytes(digest[at : at + 2]) % len(words) for at in range(0, 12, 2)]
    return tuple(words[rank] for rank in drawn), digest[12:32].hex()[:27]
