"""Secrets of the enrolled devices: what the device keeps, and what the database keeps."""

import hashlib
import hmac
import secrets

DEMONSTRATION_TABLET = "Tablette de démonstration"


def new_token() -> str:
    """Return a secret for one device (43 characters, 256 bits)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: 64 hexadecimal signs, from which none returns."""
    return hashlib.sha256(token.encode()).hexdigest()


def demonstration_token(secret_key: str, slug: str) -> str:
    """Return the token of the demonstration tablet of a GEM, the same at each call.

    For demonstration mode only: ``demo_session device`` must find again a secret that the database
    does not hold.
    """
    return hmac.new(secret_key.encode(), f"tablet:{slug}".encode(), hashlib.sha256).hexdigest()
