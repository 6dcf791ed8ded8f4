"""The six words of a card: drawn from a public list, and read from whatever was typed.

The list is the French one of 2,048 words (BIP-39). Their first four letters tell them apart, so
that an abbreviated or mistyped word is helped without telling anything of a card.
"""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from mnemonic import Mnemonic

WORDS_ON_A_CARD = 6
ENOUGH_LETTERS = 4
CLOSE = 0.7
LONGEST_TYPED = 400


@dataclass(frozen=True)
class Reading:
    """What was understood of the typed words.

    ``words`` are words of the list. ``helped`` pairs a typed word with the one proposed in its
    place: to be confirmed. ``unknown`` are near no word of the list.
    """

    words: tuple[str, ...]
    helped: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


@cache
def code_words() -> Mapping[str, str]:
    """Return the words of the list, each by its letters without accents."""
    whole = (unicodedata.normalize("NFC", word) for word in Mnemonic("french").wordlist)
    return {plain_letters(word): word for word in whole}


@cache
def _by_beginning() -> Mapping[str, str]:
    return {plain[:ENOUGH_LETTERS]: plain for plain in code_words()}


def draw_words() -> tuple[str, ...]:
    """Return six words drawn at random (66 bits)."""
    return tuple(secrets.choice(list(code_words().values())) for _ in range(WORDS_ON_A_CARD))


def plain_letters(text: str) -> str:
    """Return ``text`` in small letters without accents."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def same_words(words: tuple[str, ...]) -> str:
    """Return the one way these words are written before they are hashed."""
    return " ".join(plain_letters(word) for word in words)


def read_words(text: str) -> Reading:
    """Read words in any case, with or without accents, whatever stands between them."""
    words: list[str] = []
    helped: list[tuple[str, str]] = []
    unknown: list[str] = []
    for typed in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text[:LONGEST_TYPED])):
        plain = plain_letters(typed)
        found = plain if plain in code_words() else _shortened(plain)
        if found is None and (found := _near(plain)):
            helped.append((typed, code_words()[found]))
        if found is None:
            unknown.append(typed)
        else:
            words.append(code_words()[found])
    return Reading(tuple(words), tuple(helped), tuple(unknown))


def _shortened(plain: str) -> str | None:
    """Return the word that ``plain`` begins, when four letters or more are there."""
    whole = _by_beginning().get(plain[:ENOUGH_LETTERS])
    return whole if whole and len(plain) >= ENOUGH_LETTERS and whole.startswith(plain) else None


def _near(plain: str) -> str | None:
    """Return the word to propose: one letter differs, else the closest one."""
    for word in code_words():
        if len(word) == len(plain) and sum(map(str.__ne__, word, plain)) == 1:
            return word
    # It looks for the longest common part: « bowbon » would be far from « bonbon ».
    near = get_close_matches(plain, code_words(), 1, CLOSE)
    return near[0] if near else None
