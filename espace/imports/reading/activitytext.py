"""Reads one cell of a programme: what, when, how many seats; never who."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from espace.imports.reading import hours, unnamed
from espace.imports.reading.dates import fold
from espace.imports.reading.hours import LATEST, USUAL, Span
from espace.imports.reading.model import Activity

LONGEST_TITLE = 80
_ASIDE = re.compile(r"\(([^)]*)\)?|\[([^\]]*)\]?|\{([^}]*)\}?")
_SEATS = re.compile(r"\b(\d{1,3})\s*(?:places?|pers(?:onnes?|\.)?|inscrits?|participants?|maxi?)\b")
_PRICE = re.compile(r"(?<!\d)(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:€|eur(?:os?)?\b)")
_CUT = re.compile(r"\s+[-–—]+\s+|\s*[•·|;]\s*")
_ORDERS = re.compile(
    r"\b(?:rdv|rendez-vous|inscription\w*|inscrivez|s'inscrire|sur inscription"
    r"|prévoir|prevoir|apporter|départ|depart"
    r"|retour|gratuit|participation|limité|limite)\b.*$", re.IGNORECASE,
)  # fmt: skip
_MEMBER = re.compile(r"\badherente?s?\b|\bmembres?\b|auto-?geree?\b")
_STAFF = re.compile(r"\bsalariee?s?\b|\banimat(?:eur|rice)s?\b")
_VOLUNTEER = re.compile(r"\bbenevoles?\b")
_PARTNER = re.compile(r"\bintervenante?s?\b|\bpartenaires?\b|\bprof(?:esseure?)?\b")
_LED = re.compile(r"anim|par\b|encadr|\(|mene|propos|tenu|autoger|auto-ger")
_EMPTY = frozenset(("", "-", "rien", "x", "libre ?", "?", "neant", "ras", "..."))


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says; `opening` when it only gives hours; `dropped` when words were left out."""

    activity: Activity | None = None
    opening: Span | None = None
    hidden: bool = False


def read_cell(lines: Sequence[str], around: Span | None, known: Collection[str] = ()) -> list[Said]:
    """Return what a cell says, lines one under the other; `around` is the hours of its line."""
    return [
        said for piece in _pieces(lines) if (said := _read_piece(piece, around, known)) is not None
    ]


def _pieces(lines: Sequence[str]) -> list[str]:
    """One text for each activity of the cell: each one has at most one time."""
    groups: list[list[str]] = [[]]
    timed = titled = False
    first_is_time = bool(lines) and _starts_with_time(lines[0])
    later = [any(hours.spans(line) for line in lines[n:]) for n in range(len(lines) + 1)]
    for number, line in enumerate(lines):
        found = hours.spans(line)
        bare = len(found) > 0 and not _rest(line, found)
        full = timed and titled
        new = (found and timed) or (
            not found and full and not first_is_time and later[number + 1]
        ) or re.match(r"^[•·*\-–]\s+", line) is not None  # fmt: skip
        if new and groups[-1]:
            groups.append([])
            timed = titled = False
        groups[-1].append(line)
        timed = timed or bool(found)
        titled = titled or not bare
    return [piece for group in groups for piece in _split(" — ".join(group))]


def _rest(line: str, found: Sequence[Span]) -> str:
    for span in reversed(found):
        line = line[: span.low] + " " + line[span.high :]
    return line.strip(" :.,-–—/")


def _starts_with_time(text: str) -> bool:
    found = hours.spans(text)
    return bool(found) and not text[: found[0].low].strip(" :.-–•*")


def _split(text: str) -> list[str]:
    """Cut « 10h gym 14h cuisine », « gym 10h / cuisine 14h », « gym + cuisine » at each one."""
    found = hours.spans(text)
    if len(found) < 2:
        parts = re.split(r"\s+(?:\+|•)\s+|\s*;\s*", text)
        return [part for part in parts if part.strip()] if len(found) == 0 else [text]
    if _starts_with_time(text):
        starts = [span.low for span in found] + [len(text)]
        pieces = [text[low:high] for low, high in pairwise(starts)]
    else:
        ends = [0] + [span.high for span in found[:-1]] + [len(text)]
        pieces = [text[low:high] for low, high in pairwise(ends)]
    return [piece.strip(" /,;+—-–") for piece in pieces if _rest(piece, hours.spans(piece))]


def _read_piece(text: str, around: Span | None, known: Collection[str]) -> Said | None:
    text = unnamed.without_contacts(text)
    found = hours.spans(text)
    rest = _rest(text, found) if found else text.strip()
    flat = fold(rest).strip(" .:!")
    if found and (not rest or re.fullmatch(r"(?:gem\s+)?(?:ouvert(?:ure)?|horaires?)", flat)):
        return Said(opening=found[0])
    if flat in _EMPTY or not any(sign.isalpha() for sign in rest):
        return None
    whole = fold(text)
    asides = " ".join("".join(parts) for parts in _ASIDE.findall(rest))
    title, hidden = title_of(_ASIDE.sub(" ", rest), known)
    if not title:
        return Said(hidden=True)
    start, minutes, guessed = _when(found[0] if found else None, around)
    seats = _SEATS.search(whole)
    price = _PRICE.search(whole)
    activity = Activity(
        title=title,
        start=start,
        minutes=minutes,
        guessed=guessed,
        led_by=_led_by(whole),
        seats=int(seats[1]) if seats and int(seats[1]) else None,
        price_cents=_cents(price) if price else 0,
    )
    return Said(activity=activity, hidden=hidden or bool(asides.strip()))


def title_of(text: str, known: Collection[str] = ()) -> tuple[str, bool]:
    """Return the title of an activity without names, and whether words were left out."""
    text = _ASIDE.sub(" ", unnamed.without_contacts(text))
    text = _PRICE_WORDS.sub(" ", text)
    bare, hidden = unnamed.without_names(text, known)
    parts = [part.strip(" .,:;-–—/+&*•\"«»'") for part in _CUT.split(bare)]
    for part in parts:
        title = " ".join(_ORDERS.sub("", part).split()).strip(" .,:;-–—/+&*•\"«»'")
        if sum(sign.isalpha() for sign in title) >= 2 and fold(title) not in _SMALL_WORDS:
            return _written(title[:LONGEST_TITLE].strip()), hidden or len(parts) > 1
    return "", True


def _written(title: str) -> str:
    """Begin with a capital; a title all in capitals is written as a sentence."""
    if title.isupper() and len(title) > 4:
        title = title.lower()
    return title[:1].upper() + title[1:]


_PRICE_WORDS = re.compile(
    r"\b\d{1,3}\s*(?:places?|pers(?:onnes?|\.)?|participants?|maxi?)\b(?:\s*maxi?\b)?"
    r"|(?<!\d)\d{1,3}(?:[.,]\d{1,2})?\s*(?:€|euros?\b)", re.IGNORECASE,
)  # fmt: skip
_SMALL_WORDS_TEXT = """
et ou de du la le les au aux avec par a en sur pour puis
"""
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())


def _when(own: Span | None, around: Span | None) -> tuple[int, int, bool]:
    """Start, minutes, and whether one of them is a guess."""
    if own is not None and own.end is not None:
        return own.start, own.end - own.start, False
    if own is not None:
        fits = around is not None and around.end is not None and around.start <= own.start
        if fits and around is not None and around.end is not None and around.end > own.start + 15:
            return own.start, around.end - own.start, around.vague
        return own.start, min(USUAL, LATEST - own.start) or USUAL, True
    if around is not None:
        end = around.end
        if end is None:
            return around.start, min(USUAL, LATEST - around.start) or USUAL, True
        return around.start, end - around.start, around.vague
    return 14 * 60, USUAL, True


def _led_by(whole: str) -> str:
    """Who leads, as a role, only when the words say it."""
    if not _LED.search(whole):
        return ""
    member, staff = _MEMBER.search(whole), _STAFF.search(whole)
    if member and staff:
        return "adherent_et_salarie"
    if member:
        return "adherent"
    if staff:
        return "salarie"
    if _VOLUNTEER.search(whole):
        return "benevole"
    return "partenaire" if _PARTNER.search(whole) else ""


def _cents(found: re.Match[str]) -> int:
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
