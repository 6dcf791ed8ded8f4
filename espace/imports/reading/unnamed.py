"""Takes people's names out of what a programme says: a title tells what is done, not with whom."""

from __future__ import annotations

import re
from collections.abc import Collection

from espace.imports.reading import names
from espace.imports.reading.dates import fold

_CONTACT = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|\b(?:\w+\.)+(?:fr|com|org|net|eu)(?:/\S*)?\b"
    r"|(?<![\d])(?:\+|00)?\d(?:[\s.\-]?\d){8,13}(?!\d)", re.IGNORECASE,
)  # fmt: skip
_ALWAYS = re.compile(
    r"\b(?:anim(?:é|e|ée|ee|és|es|ation)s?|encadr\w+|propos\w+|mené\w*|tenu\w*)"
    r"\s*(?:par|avec)\s*[^,;:/|()—–]*"
    r"|\banim(?:\.|at(?:eur|rice)s?)\s*:?\s*[^,;:/|()—–]*|\bavec l'aide de\b[^,;:/|()—–]*"
    r"|\b(?:chez|resp\.?|responsable|référent\w*|referent\w*|contact|intervenant\w*|voir avec"
    r"|tél|tel|téléphone|appeler|s'adresser à|inscription\w* auprès de|auprès de)"
    r"\b\s*:?\s*[^,;:/|()—–]*",
    re.IGNORECASE,
)  # fmt: skip
_WITH = re.compile(r"\b(?:avec|par|pour|w/)\b\s+([^,;:/|()—–]*)", re.IGNORECASE)
_CIVILITY = re.compile(
    r"\b(?:M\.|Mr\.?|Mme|Mlle|Dr\.?|Monsieur|Madame|Mademoiselle|Docteur|Pr\.)\s+"
    r"[^\W\d_][\w'\-]*(?:\s+[A-ZÀ-Þ][\w'\-]*)*"
)
_TOKEN = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*\.?|\S")
_JOINERS_TEXT = """
de d' d et & + a à avec pour par chez du
"""
_JOINERS = frozenset(_JOINERS_TEXT.split())
_PLACES_TEXT = """
saint sainte st ste place rue avenue boulevard bd parc square salle musee mediatheque
bibliotheque cinema theatre stade gymnase lac mont chateau eglise pont lycee college ecole
centre espace complexe foyer impasse quai ile cap abbaye
"""
_PLACES = frozenset(_PLACES_TEXT.split())
_COMMON_TEXT = """
noel rose olive victoire aurore prudence violette iris jade clementine florence france avril
mai reine marguerite capucine ambre perle angel marin soleil lune colombe
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_ACRONYMS_TEXT = """
gem ca ag age tv wii dvd ccas unafam mdph crehpsy ars sms tnt cgt
"""
_ACRONYMS = frozenset(_ACRONYMS_TEXT.split())


def is_first_name(word: str, known: Collection[str]) -> bool:
    """True when a word is a usual first name, or one of this GEM's own."""
    flat = fold(word).strip(" .'-")
    if flat in known:
        return True
    parts = flat.split("-")
    return flat not in _COMMON and all(part in names.first_names() for part in parts)


def without_contacts(text: str) -> str:
    """Return the text without telephone, mail or link."""
    return _CONTACT.sub(" ", text)


def without_names(text: str, known: Collection[str] = ()) -> tuple[str, bool]:
    """Return the text without people's names, and whether something was taken out.

    `known` are first names of the GEM's roll, folded.
    """
    kept = _ALWAYS.sub(" ", _CIVILITY.sub(" ", text))
    loud = kept.isupper()

    def clause(found: re.Match[str]) -> str:
        return " " if _names_someone(found[1], loud, known) else found[0]

    kept = _WITH.sub(clause, kept)
    kept = _drop_first_names(kept, loud, known)
    kept = " ".join(kept.split())
    return kept, kept != " ".join(text.split())


def _names_someone(said: str, loud: bool, known: Collection[str]) -> bool:
    for word in _TOKEN.findall(said):
        if is_first_name(word, known) and (loud or word[:1].isupper()):
            return True
        flat = fold(word).strip(".")
        if word[:1].isupper() and flat not in _ACRONYMS and not loud:
            return True
    return False


def _drop_first_names(text: str, loud: bool, known: Collection[str]) -> str:
    words = _TOKEN.findall(text)
    kept: list[str] = []
    dropping = False
    for place, word in enumerate(words):
        before = fold(words[place - 1]).strip("'.-") if place else ""
        capital = word[:1].isupper()
        named = capital and is_first_name(word, known)
        own = fold(word).strip(" .'-") in known
        if named and (own or before not in _PLACES):
            while kept and fold(kept[-1]).strip(".") in _JOINERS:
                kept.pop()
            dropping = True
            continue
        if dropping and capital and fold(word).strip(".") not in _ACRONYMS:
            single = len(word.strip(".")) <= 2
            if single or (not loud and place and words[place - 1][:1].isupper()):
                continue
        dropping = False
        kept.append(word)
    text = " ".join(kept)
    return re.sub(r"\s+([,.;!?)’'])", r"\1", re.sub(r"([(’'])\s+", r"\1", text))
