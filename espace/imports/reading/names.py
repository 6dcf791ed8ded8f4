"""One written name: which words are the first name, which the surname, and the label to show.

Surnames stay in this module and in `people.py`: nothing of them goes out but one letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from espace.imports.reading.dates import fold
from espace.imports.reading.totals import is_heading, is_total

PARTICLES = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "da",
        "di",
        "del",
        "della",
        "dos",
        "das",
        "do",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "el",
        "al",
        "ben",
        "bel",
        "bou",
        "ould",
        "ait",
        "bin",
        "ibn",
        "saint",
        "sainte",
        "st",
        "ste",
        "mac",
        "mc",
        "abou",
        "abu",
        "o",
    ]
)
_ALSO_SURNAMES = frozenset(
    (
        "martin", "bernard", "thomas", "robert", "richard", "simon", "laurent", "michel", "david",
        "bertrand", "vincent", "andre", "francois", "clement", "nicolas", "mathieu", "denis",
        "tanguy", "germain", "gilbert", "arnaud", "lucas", "renaud", "roger", "roland", "adam",
        "charles", "gerard", "guillaume", "remy", "benoit", "joseph", "perrine", "olive",
        "yvon", "gilles", "victor", "hubert",
    )
)  # fmt: skip
_CIVILITY = re.compile(
    r"^(?:mme|mlle|madame|mademoiselle|monsieur|mr|mrs|dr|m(?=\.?\s+\S{2}))\b\.?\s*(?=\S)",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:n°\s*)?\d{1,3}\s*[-.):/]?\s+(?=\D)|^\d{1,3}[-.)]\s*(?=[^\W\d])")
_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|«[^»]*»|\"[^\"]*\"|\*+")
_LEADING_QUOTE = re.compile(r"^\s*[«\"]\s*([^«»\"]+?)\s*[»\"]")
_PHONE = re.compile(r"[-,:/ ]*(?:\+?\d[\d .]{6,}\d)\s*$")
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*'?\.?", re.UNICODE)
_SLASHED = re.compile(r"\s+[-–/:]\s+.*$")


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Return usual first names in France, folded; only a hint, never a rule."""
    return frozenset((Path(__file__).parent / "first_names.txt").read_text("ascii").split())


@dataclass(frozen=True, slots=True)
class Written:
    """A name as read. `sure` when the order of its two parts is not a guess.

    `short` when the surname is only an initial or a piece; an empty `last` is a lone first name.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]
    sure: bool = True
    short: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The same for all spellings that differ by case, accent, hyphen or space."""
        return squeeze(self.first), squeeze(self.last)


def squeeze(words: tuple[str, ...]) -> str:
    """Return the letters only, folded."""
    return "".join(sign for sign in fold(" ".join(words)) if sign.isalnum())


@lru_cache(maxsize=100_000)
def bare_name(written: str) -> str:
    """Return the text without title, number, aside, telephone nor pictures."""
    text = _ASIDE.sub(" ", _LEADING_QUOTE.sub(r"\1 ", written))
    text = _PHONE.sub("", text)
    text = _NUMBERING.sub("", text.strip())
    text = _CIVILITY.sub("", text.strip())
    text = _SLASHED.sub("", text)
    kept = "".join(
        sign if unicodedata.category(sign)[0] in "LMNZ" or sign in "'-.,‐‑" else " "
        for sign in text
    )
    return " ".join(kept.replace("‐", "-").replace("‑", "-").split()).strip(" ,-'")


@lru_cache(maxsize=100_000)
def words_of(written: str) -> tuple[str, ...]:
    """Return the words of a name; a lone letter before an apostrophe stays with what follows."""
    text = re.sub(r"\b([dDlLnNoO])'\s+", r"\1'", bare_name(written))
    text = re.sub(r"\s*-\s*", "-", text)
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=100_000)
def looks_like_name(written: str) -> bool:
    """True when the text may be someone's name: one to five words, no figure, not a heading."""
    if not written or len(written) > 60 or is_total(written) or is_heading(written):
        return False
    text = bare_name(written)
    if not text:
        return is_picture(written)
    words = words_of(written)
    if any(sign.isdigit() for sign in re.sub(r"\s\d{1,2}$", "", text)):
        return False
    letters = sum(sign.isalpha() for sign in text)
    return 1 <= len(words) <= 5 and letters >= 2 and "." not in text.rstrip(".").replace(". ", " ")


def is_picture(written: str) -> bool:
    """True for a name made of pictures only, as some choose ("🌻")."""
    signs = [sign for sign in written if not sign.isspace()]
    return bool(signs) and all(unicodedata.category(sign) in ("So", "Sk", "Mn") for sign in signs)


def parse_pair(first: str, last: str) -> Written | None:
    """Return the name written in two columns; None when both are empty."""
    first_words, last_words = words_of(first), words_of(last)
    if not first_words and not last_words:
        return Written((first or last,), ()) if is_picture(first or last) else None
    if not first_words:
        return parse(last)
    if not last_words:
        return parse(first) if len(first_words) > 1 else Written(first_words, ())
    return Written(first_words, last_words, short=is_short(last_words))


def is_short(words: tuple[str, ...]) -> bool:
    """True for a piece of a surname: "F.", "F", "Fa.", "LG"."""
    if len(words) != 1:
        return False
    letters = [sign for sign in words[0] if sign.isalpha()]
    if len(letters) == 1 or (words[0].endswith(".") and len(letters) <= 3):
        return True
    return len(letters) == 2 and words[0].isupper() and not set(fold(words[0])) & set("aeiouy")


def parse(written: str) -> Written | None:
    """Return the name written in one cell, as sure as its capitals allow; None when no name."""
    words = words_of(written)
    if not words:
        return Written((written,), ()) if is_picture(written) else None
    comma = re.match(r"^([^,]+),([^,]+)$", bare_name(written))
    if comma:
        pair = words_of(comma[2]), words_of(comma[1])
        if all(pair):
            return Written(pair[0], pair[1], short=is_short(pair[1]))
    if len(words) == 1:
        return Written(words, ())
    if is_short(words[-1:]):
        return Written(words[:-1], words[-1:], short=True)
    if is_short(words[:1]) and fold(words[0]) not in PARTICLES | {"d", "l"}:
        if all(fold(word) in first_names() for word in words[1:]):
            return Written(words[1:], words[:1], short=True)
        return Written(words[:1], words[1:], sure=True)
    return _by_capitals(words) or Written(words[:1], words[1:], sure=False)


def _by_capitals(words: tuple[str, ...]) -> Written | None:
    """The part in capitals is the surname, when the other part is not in capitals."""
    loud = [_is_loud(word) for word in words]
    if all(loud) or not any(loud):
        return None
    start = loud.index(True)
    end = len(loud) - loud[::-1].index(True)
    while start > 0 and fold(words[start - 1]).strip("'") in PARTICLES:
        start -= 1
    if start == 0 and all(loud[i] or fold(words[i]) in PARTICLES for i in range(end)):
        return Written(words[end:], words[:end])
    if end == len(words) and all(loud[i] or i >= start for i in range(start, end)):
        return Written(words[:start], words[start:])
    return None


def _is_loud(word: str) -> bool:
    letters = [sign for sign in word if sign.isalpha()]
    if len(letters) < 2:
        return False
    if letters[0] in "dl" and word[1:2] == "'":
        letters = letters[1:]
    return all(sign.isupper() for sign in letters)


def splits(words: tuple[str, ...]) -> list[tuple[bool, Written]]:
    """Return every way to cut the words; True when the first name comes first."""
    ways = []
    for cut in range(1, len(words)):
        head, tail = words[:cut], words[cut:]
        ways.append((True, Written(head, tail)))
        ways.append((False, Written(tail, head)))
    return ways


def score_split(
    way: Written, known_first: frozenset[str] | set[str], known_last: frozenset[str] | set[str]
) -> float:
    """Return how likely a cut is, from the rest of the file and from usual first names."""
    score = 0.0
    for word in way.first:
        flat = fold(word)
        parts = flat.split("-")
        score += 3 * (flat in known_first) - 3 * (flat in known_last)
        usual = all(part in first_names() for part in parts)
        score += (1 if flat in _ALSO_SURNAMES else 2) if usual else -0.5
        score -= 4 * (flat in PARTICLES)
    last = [fold(word) for word in way.last]
    score += 3 * (" ".join(last) in known_last)
    score -= sum(1.5 for word in last if word in first_names())
    score -= sum(2.0 for word in last if word in known_first and word not in known_last)
    if last[0] in PARTICLES:
        score += 1.5
    elif len(last) > 1:
        score -= 1
    if last[-1] in PARTICLES:
        score -= 4
    return score


def first_shown(words: tuple[str, ...]) -> str:
    """Return the first name with usual capitals, its accents and hyphens kept."""
    return " ".join(_usual(word) for word in words)


def _usual(word: str) -> str:
    parts = re.split(r"(['\-])", word)
    return "".join(_part(part) for part in parts)


def _part(part: str) -> str:
    if part.isupper() or part.islower():
        return part[:1].upper() + part[1:].lower()
    return part


def label(written: Written) -> str:
    """Return "Élodie V.", or the nickname alone (decision 2)."""
    shown = first_shown(written.first)
    if not written.last:
        return shown
    initial = next((sign for sign in written.last[0] if sign.isalpha()), "")
    return f"{shown} {initial.upper()}." if initial else shown


@cache
def care(written: str) -> tuple[int, int, int]:
    """Return how carefully a first name is written: accents, hyphens, capitals."""
    rare = sum(ord(sign) > 127 for sign in written)
    return rare, written.count("-"), int(not written.isupper() and not written.islower())
