"""What a cell crossed by a name and a day means: there, not there, closed, or unknown."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from enum import Enum
from functools import lru_cache

from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell


class Sign(Enum):
    """The meaning of one cell."""

    EMPTY = "empty"
    PRESENT = "present"
    ABSENT = "absent"
    CLOSED = "closed"
    HALF_DAY = "half_day"
    UNKNOWN = "unknown"


_PRESENT = {
    "x", "xx", "xxx", "p", "pr", "pres", "present", "presente", "presents", "oui", "o", "ok", "yes",
    "y", "v", "vu", "vrai", "true", "l", "i", "ii", "iii", "|", "||", "|||", "+", "++", "*", "**",
    "•", "·", "●", "○", "◉", "■", "□", "▪", "◼", "◾", "★", "☆", "✓", "✔", "☑", "✅", "√", "🗸", "✕",
    "✖", "×", "✗", "✘", "☒", "⊠", "❎", "#", "ici", "la", "venu", "venue", "arrive", "arrivee",
    "retard", "👍", "🙂", "😀", "😊", "☺", "🟢", "♥", "❤", "bonjour", "demi", "1/2", "½",
}  # fmt: skip
_HALF_DAYS = {
    "am", "ap", "apm", "pm", "a-m", "a.m", "aprem", "apres-midi", "apres midi", "ap-m", "matin",
    "mat", "m", "j", "journee", "jour", "midi", "s", "soir", "soiree", "m+am", "m/am", "m am",
    "m+ap", "m/ap", "m-am", "mat+am", "matin+aprem", "je", "jee", "m+a", "m/a", "ma",
}  # fmt: skip
_SURE_HALF_DAYS = _HALF_DAYS - {"m", "j", "s", "ma", "je"}
_ABSENT = {
    "a", "e", "ab", "abs", "n", "nn", "non", "no", "nv", "ne", "np", "faux", "false", "-", "--",
    "---",
    "–", "—", "_", "0", "/", "//", "\\", "ø", "∅", "o/", "❌", "🔴", "exc", "ex", "ae", "aj", "ai",
    "mal", "malade", "maladie", "arret", "hopital", "hospi", "hospitalise", "hospitalisee",
    "hospitalisation", "clinique", "cure", "vac", "vacances", "conge", "conges", "cp", "rdv",
    "rendez-vous", "rtt", "parti", "partie", "stage", "absence", "absent", "absente", ".", "..",
}  # fmt: skip
_CLOSED = re.compile(r"^(?:gem\s+|jour\s+)?(?:ferme|fermee|fermeture|ferie|feriee|f[ée]ri[ée]|pont"
                     r"|conges? annuels?|conges? d|closed|jour ferie)\b")  # fmt: skip
_PRESENT_THEN = re.compile(r"^(?:x|p|oui|✓|✔|present|presente|1)(?:\s|\(|\+|-\s|,|:|\.|!|\*)")
_ABSENT_THEN = re.compile(r"^(?:abs|absente?|excuse\w*|malade|hospit\w*|vacances|conges?|non)\b")
_CLOCK = re.compile(
    r"^(?:a\s+|de\s+|des\s+)?(?P<h>\d{1,2})\s*(?:h|:|heures?)\s*(?P<m>\d{1,2})?\s*(?:mn|min|m)?"
    r"(?:\s*(?:-|/|a|–|>|→|et|jusqu'a)\s*\d{1,2}\s*(?:h|:|heures?)?\s*\d{0,2})?$"
)
_MINUTES = re.compile(r"^(\d{1,3})\s*(?:mn|min|minutes?)$")
_NUMBER = re.compile(r"^\d{1,3}(?:[.,]\d{1,2})?$")
_VARIATION = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_LEGEND = re.compile(
    r"(?:^|[\s,;(])([^\s,;=:(]{1,4})\s*[=:→]\s*([a-zà-ÿ']{3,}(?: ven\w+)?)", re.IGNORECASE
)


def sign_of(cell: Cell, legend: dict[str, Sign] | None = None) -> Sign:
    """Return what the cell means; `legend` is what the sheet itself says of its marks."""
    if isinstance(cell, bool):
        return Sign.PRESENT if cell else Sign.ABSENT
    if isinstance(cell, (int, float)):
        if legend and str(cell) in legend:
            return legend[str(cell)]
        return number_sign(cell)
    if isinstance(cell, str):
        return _text_sign(cell, tuple(sorted(legend.items(), key=str)) if legend else ())
    if isinstance(cell, time):
        return Sign.PRESENT
    if isinstance(cell, timedelta):
        return Sign.PRESENT if cell > timedelta(0) else Sign.ABSENT
    return Sign.PRESENT if isinstance(cell, date) and cell.year < 1901 else Sign.UNKNOWN


def number_sign(number: float) -> Sign:
    """1, half days or hours (at most 24) mean there; 0 means not there."""
    if number == 0:
        return Sign.ABSENT
    return Sign.PRESENT if 0 < number <= 24 else Sign.UNKNOWN


@lru_cache(maxsize=50_000)
def _text_sign(written: str, legend: tuple[tuple[str, Sign], ...] = ()) -> Sign:
    text = _VARIATION.sub("", fold(written)).strip()
    if not text:
        return Sign.EMPTY
    bare = text.rstrip(".!* ") or text
    for mark, meaning in legend:
        if mark in (text, bare):
            return meaning
    if "?" in bare:
        return Sign.UNKNOWN
    if _CLOSED.match(bare):
        return Sign.CLOSED
    if text in _PRESENT or bare in _PRESENT:
        return Sign.PRESENT
    if text in _ABSENT or bare in _ABSENT or _ABSENT_THEN.match(bare):
        return Sign.ABSENT
    if bare in _HALF_DAYS:
        return Sign.HALF_DAY
    return _longer_sign(text)


def _longer_sign(text: str) -> Sign:
    if _NUMBER.match(text):
        return number_sign(float(text.replace(",", ".")))
    if clock := _CLOCK.match(text):
        hours, minutes = int(clock["h"]), int(clock["m"] or 0)
        if hours > 24 or minutes > 59:
            return Sign.UNKNOWN
        return Sign.PRESENT if hours or minutes else Sign.ABSENT
    if minutes_only := _MINUTES.match(text):
        return Sign.PRESENT if int(minutes_only[1]) else Sign.ABSENT
    if _PRESENT_THEN.match(text) and "abs" not in text and "?" not in text:
        return Sign.PRESENT
    return Sign.UNKNOWN


def is_sure_half_day(cell: Cell) -> bool:
    """True for "AM", "aprem", "matin": words that can only be a part of the day."""
    return isinstance(cell, str) and fold(cell).strip(" .") in _SURE_HALF_DAYS


def part_of_day(cell: Cell) -> bool:
    """True when a heading names a part of the day ("Matin", "AM")."""
    return isinstance(cell, str) and fold(cell).strip(" .") in _HALF_DAYS


def legend_of(text: str) -> dict[str, Sign]:
    """Return the marks a note explains ("P = présent, A = absent"); empty when none."""
    legend: dict[str, Sign] = {}
    for mark, meaning in _LEGEND.findall(text):
        said = fold(meaning)
        if said.startswith(("absen", "non ven", "pas ven", "excus", "malad", "hospit", "conge")):
            legend[fold(mark)] = Sign.ABSENT
        elif said.startswith(("presen", "venu", "est venu", "journee", "matin", "apres", "aprem")):
            legend[fold(mark)] = Sign.PRESENT
        elif said.startswith(("ferme", "ferie")):
            legend[fold(mark)] = Sign.CLOSED
    return legend


_STICKS = re.compile(r"^[\s|lI1/\\]+$")


def sticks(cell: Cell) -> int | None:
    """Return how many people a count cell means: a number, or sticks drawn as signs."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if cell >= 0 and float(cell).is_integer() and cell < 1000 else None
    if isinstance(cell, str):
        if cell.isdigit() and len(cell) <= 3 and not (set(cell) == {"1"} and len(cell) > 1):
            return int(cell)
        if cell and _STICKS.match(cell):
            return sum(not sign.isspace() for sign in cell)
    return None
