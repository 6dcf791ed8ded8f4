"""Hours as people write them in a programme: « 14h-16h », « 10h30 », « de 9 à 12h », « matin »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell

EARLIEST, LATEST = 6 * 60, 24 * 60
USUAL = 120
_H = r"(?:h(?:eures?)?|:)"
_END = r"(?![\w€])"
_RANGE = re.compile(
    rf"(?:\b(?:de|des|entre)\s+)?(?<![\d/.,])(?P<h1>\d{{1,2}})\s*(?:{_H}\s*(?P<m1>\d\d)?)?"
    rf"\s*(?:-+|–|—|>|→|/|\ba\b|\bet\b|jusqu'a)\s*"
    rf"(?:(?P<h2>\d{{1,2}})\s*{_H}\s*(?P<m2>\d\d)?{_END}|(?P<midi>midi)\b)"
)
_SINGLE = re.compile(
    rf"(?:\b(?:a partir de|a|des|vers|de|rdv)\s+)?(?<![\d/.,])"
    rf"(?P<h1>\d{{1,2}})\s*{_H}\s*(?P<m1>\d\d)?{_END}"
)
_PARTS = (
    (re.compile(r"^(?:le\s+)?mat(?:in|inee?)?s?\b"), 10 * 60, 12 * 60),
    (re.compile(r"^(?:l')?(?:apres[- ]?midi|aprem|ap(?:m|\.?m)?|pm)\b"), 14 * 60, 16 * 60),
    (re.compile(r"^(?:le\s+)?midi\b|^repas\b"), 12 * 60, 14 * 60),
    (re.compile(r"^(?:le\s+)?soir(?:ee)?\b"), 18 * 60, 20 * 60),
    (re.compile(r"^(?:toute la\s+)?journee\b"), 10 * 60, 16 * 60),
)


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end`, minutes from midnight; `end` None when only the start is written.

    `low` and `high` are its place in the text; `vague` for a part of the day.
    """

    start: int
    end: int | None
    low: int = 0
    high: int = 0
    vague: bool = False


def spans(text: str) -> list[Span]:
    """Return the hours of a text in order, from 6 h to midnight; a duration (« 2h ») is not one."""
    flat = _flat(text)
    found: list[Span] = []
    taken: list[tuple[int, int]] = []
    for one in _RANGE.finditer(flat):
        start = _minutes(one["h1"], one["m1"])
        end = 12 * 60 if one["midi"] else _minutes(one["h2"], one["m2"])
        if start is not None and end is not None and start < end:
            found.append(Span(start, end, one.start(), one.end()))
            taken.append((one.start(), one.end()))
    for one in _SINGLE.finditer(flat):
        if any(low < one.end() and one.start() < high for low, high in taken):
            continue
        start = _minutes(one["h1"], one["m1"])
        if start is not None:
            found.append(Span(start, None, one.start(), one.end()))
    return sorted(found, key=lambda span: span.low)


def _flat(text: str) -> str:
    """Fold each sign to exactly one, so that places in both texts are the same."""
    return "".join((fold(sign) or " ")[0] for sign in text)


def _minutes(hours: str, minutes: str | None) -> int | None:
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or not EARLIEST <= total <= LATEST:
        return None
    return total


def label_span(cell: Cell) -> Span | None:
    """Return the hours the title of a line gives (« Matin », « 10h-12h », « 9:00 »)."""
    if isinstance(cell, time):
        return Span(cell.hour * 60 + cell.minute, None)
    if isinstance(cell, timedelta):
        return Span(int(cell.total_seconds()) // 60 % LATEST, None)
    if not isinstance(cell, str) or not cell or len(cell) > 60:
        return None
    found = spans(cell)
    if found:
        return found[0]
    flat = fold(cell).strip(" .:-")
    for pattern, start, end in _PARTS:
        if pattern.match(flat):
            return Span(start, end, vague=True)
    return None
