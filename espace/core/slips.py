"""Codes on slips of paper: easy to copy by hand, impossible to guess, used once."""

import secrets

ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"
"""No sign taken for another, typed or by hand: no i, j, l, o, 0, 1."""
CODE_LENGTH = 10
"""30 signs to the power of 10: about 49 bits; a slip lives a few weeks."""


def new_code() -> str:
    """Return a code nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _each in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """Return a typed code as it is kept: small letters and figures, without dashes nor blanks."""
    return "".join(sign for sign in text.lower() if sign.isalnum())[:40]


def shown_code(code: str) -> str:
    """Return a code in two groups, easier to copy."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"
