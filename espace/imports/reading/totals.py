"""Words of a spreadsheet that are not people: totals, headings, categories of visitors."""

from __future__ import annotations

import re
from functools import lru_cache

from espace.imports.reading.dates import fold, month_number, weekday_numbers
from espace.imports.reading.model import Category

_TOTAL = re.compile(
    r"\b(?:sous[- ]?tot\w*|tot\.?|total|totaux|somme|nb|nbre?|nombre|effectifs?|moy|moyenne|cumul"
    r"|presents|participants|frequentation|passages|taux|maxi)\b|[Σ∑]|^presences?$"
)
_HEADINGS = frozenset(
    [
        "nom",
        "noms",
        "prenom",
        "prenoms",
        "personne",
        "personnes",
        "adherent",
        "adherents",
        "adherente",
        "adherentes",
        "adherent(e)s",
        "membre",
        "membres",
        "date",
        "dates",
        "jour",
        "jours",
        "mois",
        "annee",
        "semaine",
        "heure",
        "heures",
        "signature",
        "signatures",
        "observation",
        "observations",
        "remarque",
        "remarques",
        "commentaire",
        "commentaires",
        "note",
        "notes",
        "legende",
        "activite",
        "activites",
        "animateur",
        "animatrice",
        "animateurs",
        "animateurs(trices)",
        "referent",
        "visa",
        "meteo",
        "horaires",
        "horaire",
        "qui",
        "quand",
        "statut",
        "matin",
        "apres-midi",
        "soir",
        "midi",
        "participant",
        "liste",
        "emargement",
        "presence",
        "presences",
        "present",
        "absents",
        "absences",
        "absent",
        "fermeture",
        "ouverture",
        "ouvert",
        "salaries",
        "salarie",
        "equipe",
        "inscrits",
        "inscrit",
        "inscription",
        "surnom",
        "pseudo",
        "initiales",
        "n°",
        "no",
        "num",
        "numero",
        "id",
    ]
)
_HEADING_START = re.compile(
    r"^(?:nom|prenom|noms|liste|feuille|tableau|legende|planning|gem|date|semaine|mois|annee|nb|"
    r"signature|remarques?|observations?|commentaires?|activites?|ouvert|horaires?|merci|attention|"
    r"pensez|ne pas|rappel|n\.?b\.?|ps|atelier|sortie|reunion|jour de|jours? (?:ferme|ouvert))\b"
)
_VISITORS: tuple[tuple[re.Pattern[str], Category], ...] = (
    (re.compile(r"^(?:proches?|familles?|amie?s?|parents?|conjointe?s?|accompagnant\w*|"
                r"invite\w*|entourage|proche[ /].*|famille[ /].*|ami[ /].*)\b"), Category.GUEST),
    (re.compile(r"^(?:pros?|professionnel\w*|partenaires?|intervenant\w*|stagiaires?|"
                r"educ\w*|educateur\w*|educatrice\w*|infirmier\w*|as|ide|benevoles? exter\w*|"
                r"visites? pro\w*|elus? municip\w*)\b"), Category.GUEST),
    (re.compile(r"^(?:visit\w*|decouvertes?|en decouverte|essai|periode d'essai|candidat\w*|"
                r"contact\w*|prospect\w*|non[- ]adherent\w*|exterieurs?|de passage|passage|"
                r"curieux|autres?|nouveaux visit\w*|premiere visite|1ere visite)\b"),
     Category.DISCOVERY),
    (re.compile(r"^benevol\w*\b"), Category.VOLUNTEER),
)  # fmt: skip
_STAFF = re.compile(
    r"^(?:salarie\w*|animat\w*|coordinat\w*|coordo|permanent\w*|equipe|directeur|directrice)\b"
)
_MEMBER = re.compile(r"^(?:adh\w*\.?|membres?|usagers?|ca|bureau|president\w*|tresori\w*|"
                     r"secretaire|habitue\w*|regulier\w*|nouveau|nouvelle|actif|active|a jour|"
                     r"non[- ]a[- ]jour|cotisant\w*|participant\w*|gemeur|gemeuse)\b")  # fmt: skip
_AROUND = frozenset(
    [
        "et",
        "ou",
        "de",
        "du",
        "des",
        "d'un",
        "le",
        "la",
        "les",
        "l'",
        "passage",
        "non",
        "adherent",
        "adherents",
        "nouveaux",
        "nouvelles",
        "nouveau",
        "nouvelle",
        "jour",
        "gem",
        "exterieurs",
        "exterieur",
        "pairs",
        "autre",
        "autres",
        "hors",
        "anonyme",
        "anonymes",
    ]
)
_COUNTED = re.compile(r"^(?P<n>\d{1,2}|un|une|deux|trois|quatre|cinq)\s+(?P<what>\S.*)$")
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}


@lru_cache(maxsize=20_000)
def is_total(written: str) -> bool:
    """True for "TOTAL", "Nb présents", "Total jour"."""
    return len(written) < 60 and _TOTAL.search(fold(written)) is not None


@lru_cache(maxsize=20_000)
def is_heading(written: str) -> bool:
    """True for words that title a column, a row or a section, never a person."""
    flat = fold(written).strip(" .:*")
    if flat in _HEADINGS or _HEADING_START.match(flat):
        return True
    words = re.split(r"[\s/&,+]+", flat)
    if all(
        word in _HEADINGS or word in ("et", "ou", "de", "du", "des", "le", "la") for word in words
    ):
        return True
    if len(words) == 1:
        weekday = weekday_numbers(words[0]) is not None and len(words[0]) > 2
        return weekday or (len(words[0]) > 3 and month_number(words[0]) is not None)
    return False


@lru_cache(maxsize=20_000)
def visitor_category(written: str) -> Category | None:
    """Return the category a status or a row label names; None for members and unknown words."""
    flat = fold(written).strip(" .:*()")
    flat = re.sub(r"^(?:nb|nbre|nombre|total|tot)\.?\s*(?:de |des |d')?", "", flat)
    for pattern, category in _VISITORS:
        if pattern.match(flat):
            return category
    return None


@lru_cache(maxsize=20_000)
def counted_visitors(written: str) -> tuple[Category, int] | None:
    """Return the category and number of "3 visiteurs" or "visiteur"; None for anything else."""
    flat = fold(written).strip(" .:*()")
    count = 1
    if found := _COUNTED.match(flat):
        count = _NUMBERS.get(found["n"]) or int(found["n"])
        flat = found["what"]
    flat = re.sub(r"^(?:nb|nbre|nombre|total|tot)\.?\s*(?:de |des |d')?", "", flat)
    words = [word.strip("()") for word in re.split(r"[\s/,&+]+", flat)]
    category = visitor_category(flat)
    if category is None:
        return None
    around = all(word in _AROUND or visitor_category(word) for word in words[1:])
    return (category, count) if around else None


@lru_cache(maxsize=20_000)
def is_staff(written: str) -> bool:
    """True for a status of someone paid to be there: never counted."""
    return _STAFF.match(fold(written).strip(" .")) is not None


@lru_cache(maxsize=20_000)
def is_member(written: str) -> bool:
    """True for a status of someone of the roll."""
    return _MEMBER.match(fold(written).strip(" .")) is not None
