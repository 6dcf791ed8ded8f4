"""Labels of the roll: a first name (or nickname) and one letter, never a surname (decision 2).

The letter is the first of the surname as it is written: Le Goff → L, d'Almeida → D, El Idrissi → E.
Hyphens, accents and ligatures are kept. Two people with one label stay two people.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_FIRST_NAME = 40
ARTICLES = frozenset({"le", "la", "les", "petit", "petite", "grand", "grande"})
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-"})
HIDDEN_SIGNS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
# A joiner holds together the parts of one picture, as in a family of emoji.
JOINER = "\u200d"


class LabelError(ValueError):
    """The text holds no usable label; ``reason`` is "empty" or "long"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Label:
    """A first name or nickname, and one letter (empty when none was given)."""

    first_name: str
    initial: str

    def text(self, number: int = 1) -> str:
        """Return « Nadia B. », and « Nadia B. (2) » for the second of two homonyms."""
        name = f"{self.first_name} {self.initial}." if self.initial else self.first_name
        return name if number == 1 else f"{name} ({number})"


def tidy(text: str) -> str:
    """Return ``text`` in one line, without invisible signs, apostrophes and hyphens made plain."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if sign.isspace() else sign for sign in composed)
    visible = (
        sign for sign in spaced if sign == JOINER or unicodedata.category(sign) not in HIDDEN_SIGNS
    )
    return " ".join("".join(visible).translate(APOSTROPHES).split())


def clean_first_name(text: str) -> str:
    """Return a first name ready to keep: NADIA and nadia become Nadia, DJ Momo stays DJ Momo.

    A name has a letter or a picture: figures alone are a date, an age or a telephone number.
    Raises LabelError when nothing remains, or when it is longer than 40 signs.
    """
    name = tidy(text).strip(' .,;:()"')
    if not any(sign.isalpha() or unicodedata.category(sign) == "So" for sign in name):
        raise LabelError("empty")
    if len(name) > LONGEST_FIRST_NAME:
        raise LabelError("long")
    if name.islower() or (name.isupper() and len(name) > 2):
        return re.sub(r"[^\W\d_]+", lambda word: _capital(word.group()), name)
    return name


def clean_initial(text: str) -> str:
    """Return the one letter kept of what was typed as surname or initial; empty without letter."""
    for sign in tidy(text):
        if sign.isalpha():
            return _upper(sign)
    return ""


def read_label(text: str) -> Label:
    """Return the label of a name typed in one field: « Nadia Le Goff » gives Nadia and L.

    The first word is the first name, unless the text ends with one letter (« Jean Pierre M. »), or
    begins with a surname in capitals (« LE GOFF Nadia ») or with an article (« Le Goff Nadia »).
    An article and one word make a nickname (« Le Breton »).
    Raises LabelError like ``clean_first_name``.
    """
    words = tidy(text).replace(",", " ").split()
    by_article = len(words) > 1 and words[0].casefold() in ARTICLES and not words[0].isupper()
    if len(words) < 2 or (by_article and len(words) == 2):
        return Label(clean_first_name(" ".join(words)), "")
    if by_article:
        return Label(clean_first_name(words[-1]), clean_initial(words[0]))
    last = words[-1].rstrip(".")
    if len(last) == 1 and last.isalpha():
        return Label(clean_first_name(" ".join(words[:-1])), clean_initial(last))
    capitals = 0
    while capitals < len(words) and _in_capitals(words[capitals]):
        capitals += 1
    if 0 < capitals < len(words):
        return Label(clean_first_name(words[capitals]), clean_initial(words[0]))
    return Label(clean_first_name(words[0]), clean_initial(" ".join(words[1:])))


def same_label(one: Label, other: Label) -> bool:
    """Tell whether two labels read the same aloud: case does not count, accents do."""
    return (one.first_name.casefold(), one.initial.casefold()) == (
        other.first_name.casefold(),
        other.initial.casefold(),
    )


def next_number(taken: Iterable[int]) -> int:
    """Return the number of the next homonym: 1 for the first, never one already given."""
    return max(taken, default=0) + 1


def _in_capitals(word: str) -> bool:
    letters = [sign for sign in word if sign.isalpha()]
    return len(letters) > 1 and all(sign.isupper() for sign in letters)


def _capital(word: str) -> str:
    return _upper(word[0]) + word[1:].lower()


def _upper(sign: str) -> str:
    """Return the capital of one letter; the few letters whose capital is two signs stay as is."""
    capital = sign.upper()
    return capital if len(capital) == 1 else sign
