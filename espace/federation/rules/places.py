"""Which commune of today a line names: another spelling, a postal code, a commune that merged."""

import re
from dataclasses import dataclass
from enum import StrEnum

from espace.groups.territory import (
    ARTICLES,
    Commune,
    at_postal_code,
    by_name,
    communes,
    departements,
    former_by_name,
    normalised,
    present_code,
)

_ARRONDISSEMENT = re.compile(
    r"^(paris|lyon|marseille) (\d{1,2})( ?(er|e|eme|ieme))?( arrondissement)?$"
)
_CEDEX = re.compile(r" cedex( \d+)?$")
_IN_TEXT = re.compile(r"\b(\d{5}|2[AB]\d{3})\s+([^\d,;()]{2,60})")


class Found(StrEnum):
    """How sure we are of the commune."""

    ONE = "one"
    MERGED = "merged"
    SEVERAL = "several"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Place:
    """The commune of a line; ``old_name`` is the name that the list gave before it merged."""

    found: Found
    code: str = ""
    name: str = ""
    old_name: str = ""
    candidates: tuple[str, ...] = ()


def find_commune(
    *, commune: str, postal_code: str = "", commune_code: str = "", departement: str = ""
) -> Place:
    """Return the commune that these cells name, together."""
    if commune_code and (code := present_code(commune_code.strip().upper().zfill(5))):
        return _place([communes()[code]])
    name, codes = _split(commune, postal_code)
    postal = codes[0] if codes else ""
    land = departement_code(departement) or _land_of(postal)
    if name:
        named = _named(name)
        near = [each for each in named if postal in each.postal_codes] if postal else []
        near = near or [each for each in named if not land or each.departement == land]
        if near:
            return _place(near)
        return _merged(name, land, postal)
    around = at_postal_code(postal) if postal else []
    return _place(around) if len(around) == 1 else Place(Found.UNKNOWN)


def departement_code(text: str) -> str:
    """Return the code of a département: « 29 », « 1 », « Finistère », « Finistère (29) »."""
    words = normalised(text)
    for word in words.split():
        code = word.upper().zfill(2)
        if code in departements():
            return code
    named = (place.code for place in departements().values() if normalised(place.name) == words)
    return next(named, "")


def place_in_address(address: str) -> tuple[str, str]:
    """Return (commune, postal code) found at the end of an address; empty when there is none."""
    found = _IN_TEXT.findall(address)
    return (found[-1][1].strip(), found[-1][0]) if found else ("", "")


def _split(commune: str, postal_code: str) -> tuple[str, list[str]]:
    """Return the bare name and the postal codes: « 29000 Quimper Cedex », « Quimper (29) »."""
    digits = "".join(re.findall(r"\d", postal_code))
    codes = [digits.zfill(5)] if 4 <= len(digits) <= 5 else []
    words = normalised(commune)
    if inside := re.findall(r"\b\d{5}\b", words):
        codes += inside
        words = " ".join(re.sub(r"\b\d{5}\b", " ", words).split())
    words = _CEDEX.sub("", words)
    if numbered := _ARRONDISSEMENT.match(words):
        return numbered[1], codes
    return " ".join(re.sub(r"\b(\d{2,3}|2[ab])$", " ", words).split()), codes


def _named(name: str) -> list[Commune]:
    """Return the communes of that name, with or without its article."""
    first, _space, rest = name.partition(" ")
    names = {name, rest} if first in ARTICLES and rest else {name}
    names |= {f"{article} {name}" for article in ARTICLES}
    table = by_name()
    exact = table.get(name, [])
    return exact or [commune for each in sorted(names) for commune in table.get(each, [])]


def _merged(name: str, land: str, postal: str) -> Place:
    """Look among the communes that joined another one."""
    old = former_by_name().get(name, [])
    present = {each.present: each for each in old if each.present in communes()}
    kept = [
        communes()[code]
        for code, each in present.items()
        if not land or land in (communes()[code].departement, _land_of(each.code))
    ]
    if len(kept) > 1 and postal:
        kept = [each for each in kept if postal in each.postal_codes] or kept
    if not kept:
        return Place(Found.UNKNOWN)
    found = _place(kept)
    if found.found is not Found.ONE:
        return found
    return Place(Found.MERGED, found.code, found.name, present[found.code].name)


def _land_of(code: str) -> str:
    """Return the département of a postal or commune code; Corsica's postal codes say neither."""
    if len(code) < 5 or (code.startswith("20") and code.isdigit()):
        return ""
    land = code[:3] if code[:2] in ("97", "98") else code[:2]
    return land if land in departements() else ""


def _place(found: list[Commune]) -> Place:
    if len(found) == 1:
        return Place(Found.ONE, found[0].code, found[0].name)
    return Place(
        Found.SEVERAL,
        candidates=tuple(f"{each.name} ({each.departement})" for each in found[:5]),
    )
