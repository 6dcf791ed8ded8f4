"""What a text that others will read seems to hold about someone: told kindly, never refused."""

import re
import unicodedata

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_PHONE = re.compile(
    r"(?<!\d)(?:0|(?:\+|00)\d{2}[\s.]?(?:\(0\)\s?)?)[1-9](?:[\s.\-/]?\d{2}){4}(?!\d)"
)
_HEALTH = re.compile(
    r"\b(?:hospitalis\w*|h[oô]pital psychiatrique|psychiatr\w+|schizophr\w+|bipolaires?"
    r"|d[ée]pressi(?:f|fs|ve|ves|on|ons)|diagnosti\w+|traitements?|m[ée]dicaments?|neuroleptiques?"
    r"|antid[ée]presseurs?|curatelle|tutelle|handicap[ée]e?s?|maladies?|malades?|sympt[oô]mes?"
    r"|cures?|crises?|ordonnances?|rqth|mdph|aah)\b",
    re.I,
)


def seems_private(text: str) -> frozenset[str]:
    """Return « phone » and « mail » when ``text`` looks as if it held one: only to say so."""
    found = set()
    if _MAIL.search(text):
        found.add("mail")
    if _PHONE.search(text):
        found.add("phone")
    return frozenset(found)


def seems_about_health(text: str) -> bool:
    """Tell whether ``text`` holds a word that is often said of someone's health: only to say so."""
    return _HEALTH.search(unicodedata.normalize("NFC", text)) is not None
