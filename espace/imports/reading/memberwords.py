"""Words of a list of members: what a column is about, and what a cell of it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from functools import lru_cache

from espace.imports.reading import dates
from espace.imports.reading.dates import fold
from espace.imports.reading.grid import Cell
from espace.imports.reading.model import Paid
from espace.imports.reading.namecolumns import heading_role


class Role(Enum):
    """What a column of the list is; every other column is dropped."""

    FIRST = "first"
    LAST = "last"
    BOTH = "both"
    JOINED = "joined"
    FEE = "fee"
    FEE_DAY = "fee_day"
    YEAR = "year"
    STATUS = "status"
    LEFT = "left"
    FUNCTION = "function"
    DROPPED = "dropped"


_PRIVATE = re.compile(
    r"\bnee?\b|ne\(e\)|naissance|\bage\b|\bddn\b|\btel\b|telephone|portable|mobile|\bfixe\b|mail"
    r"|courriel|e-mail|adresse|commune|ville|\bcp\b|code postal|urgence|prevenir|remarque"
    r"|observation|commentaire|\bnotes?\b|sante|traitement|medic|diagnostic|curat|tut(?:eur|elle|rice)|mdph"
    r"|\baah\b|psychiatre|medecin|secu|\bnir\b|allergie|photo|image|parent|famille|civilite|\bciv\b"
    r"|sexe|genre|profession|referent|personne a|rqth|\bess\b|hospital|banque|rib|iban|mode|cheque"
)
_YEAR_TITLE = re.compile(
    r"^(?:(?:cotis\w*|adh\w*|annee|paye\w*)\.?\s*)?(20\d\d)(?:\s*[-/]\s*(?:20)?\d\d)?"
    r"(?:\s*(?:cotis\w*|adh\w*|paye\w*))?$"
)
_FUNCTION = re.compile(r"\bca\b|bureau|fonction|\brole\b|mandat|responsabilite|administrat|c\.a")
_LEFT = re.compile(r"sortie|depart|radiation|radie|demission|fin d'adhesion|quitte|parti")
_FEE_DAY = re.compile(r"date\b.*(?:paiement|cotis|reglement|versement)|(?:paye|regle)e? le\b"
                      r"|(?:paiement|cotis\w*|reglement|versement)s?\b.*\bdate\b")  # fmt: skip
_FEE = re.compile(r"cotis|\bpaye|\bregle|reglement|paiement|montant|a jour|versement")
_JOINED = re.compile(r"adhesion|\badh\b|entree|inscri|depuis|arrivee|\bmembre le")
_STATUS = re.compile(r"^(?:statut|etat|actif|active|situation|type|categorie)\b")
_KNOWN_TEXT = """
prenom prenoms noms usage usuel usuelle petit surnom pseudo membre membres identite participant
m mme mlle mr nouveau nouvelle valide validite fin debut renouvellement ancien ancienne oui non
a adherent adherents adhesion adh age aah admin administration administrateur adresse aide
allergie allergies annee appel arrivee autre autres banque bureau c ca cas cheque civ
civilite code commentaire commentaires commune complementaire contact coordonnees cotis
cotisation cotisations courriel cp curateur curatelle d date ddn de depart depuis des
diagnostic dossier droit du e email en entree espece especes et etat famille fixe fonction g
genre grande handicap image inscription jour l la le les ligne lien lieu mail maladie
medecin medicament medicaments mdph mobile mode montant n naissance ne nee nir nom note
notes num numero o observation observations ou p pack paiement parent parents part paye
payee personne personnes photo photos portable postal prevenir profession psychiatre qui
radie rang referent reglement regle remarque remarques rib role rqth rue sante secu securite
service sexe situation social sociale sortie statut suivi taille tel telephone tels titre
traitement traitements tuteur tutelle tutrice type urgence versement ville
"""
_KNOWN = frozenset(_KNOWN_TEXT.split())


@lru_cache(maxsize=5_000)
def role_of(title: str) -> Role:
    """Return what a column is, from its title alone; sensitive words win over all others."""
    flat = fold(title).strip(" .:?*")
    name = heading_role(title) if may_be_shown(title) else ""
    if name and "naissance" not in flat and not _JOINED.search(flat.replace("adherent", "")):
        return Role(name)
    if _FEE_DAY.search(flat) and "mode" not in flat:
        return Role.FEE_DAY
    if _PRIVATE.search(flat):
        return Role.DROPPED
    if _YEAR_TITLE.match(flat):
        return Role.YEAR
    if _LEFT.search(flat):
        return Role.LEFT
    if _FUNCTION.search(flat):
        return Role.FUNCTION
    if _FEE.search(flat):
        return Role.FEE
    if _JOINED.search(flat):
        return Role.JOINED
    return Role.STATUS if _STATUS.match(flat) else Role.DROPPED


def is_private(title: str) -> bool:
    """True for a column that is never kept: birth, contact, health, remarks…"""
    return bool(_PRIVATE.search(fold(title)))


def year_of_title(title: str) -> int | None:
    """Return 2026 for "2026", "Cotisation 2026" or "2026-2027"; None otherwise."""
    found = _YEAR_TITLE.match(fold(title).strip(" .:?*"))
    return int(found[1]) if found else None


def may_be_shown(title: str) -> bool:
    """True when a title holds only usual words: no name, number nor address can hide there."""
    words = re.findall(r"[a-z]+|\d+", fold(title))
    plain = all(word in _KNOWN or (word.isdigit() and re.match(r"20\d\d$", word)) for word in words)
    return 0 < len(title) <= 40 and bool(words) and plain and "@" not in title


@dataclass(frozen=True, slots=True)
class FeeSaid:
    """What a cell says of a fee."""

    paid: Paid
    cents: int | None = None
    day: date | None = None


_AMOUNT = re.compile(r"(?<!\d)(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:€|e\b|eur\b|euros?\b)")
_NUMBER = re.compile(r"^(\d{1,4})(?:[.,](\d{1,2}))?$")
_FREE = re.compile(r"gratuit|exoner|offert|dispens")
_YES = re.compile(r"^(?:x+|o|ok|oui|yes|v|vrai|true|paye\w*|regle\w*|p|fait|a jour|✓|✔|☑|✅|1"
                  r"|especes?|cheque|chq|cb|virement|liquide|solde\w*)\b|^[✓✔☑✅•●■]")  # fmt: skip
_NO = re.compile(r"^(?:n|non|no|faux|false|0|-+|–|—|/|impaye\w*|pas|a payer|a regler|en attente"
                 r"|attente|relance\w*|❌|✗|✘|du|doit|en cours)(?:$|\W)")  # fmt: skip
MOST_CENTS = 50_000


def fee_said(cell: Cell, *, title_cents: int | None = None) -> FeeSaid:
    """Return what a cell of a fee says: X, oui, a date, « 10 € », gratuit, non, nothing."""
    if isinstance(cell, bool):
        return FeeSaid(Paid.YES if cell else Paid.NO, title_cents if cell else None)
    if isinstance(cell, date):
        return FeeSaid(Paid.YES, title_cents, cell if 2000 <= cell.year <= 2100 else None)
    if isinstance(cell, (int, float)):
        return _number_said(float(cell), title_cents)
    if isinstance(cell, (time, timedelta)) or not cell:
        return FeeSaid(Paid.SILENT)
    return _text_said(cell, title_cents)


def _number_said(number: float, title_cents: int | None) -> FeeSaid:
    if number <= 0:
        return FeeSaid(Paid.NO)
    if number == 1:
        return FeeSaid(Paid.YES, title_cents)
    cents = round(number * 100)
    return FeeSaid(Paid.YES, cents if cents <= MOST_CENTS else None)


def _text_said(written: str, title_cents: int | None) -> FeeSaid:
    flat = fold(written).strip(" .!*")
    day = None
    parts = dates.day_parts(written, serial=False)
    if parts is not None and parts.month and parts.year:
        day = parts.complete(None, None)
        return FeeSaid(Paid.YES, title_cents, day)
    if _FREE.search(flat):
        return FeeSaid(Paid.YES, 0)
    amount = _AMOUNT.search(flat) or _NUMBER.match(flat)
    if _NO.match(flat) and not (amount and _NUMBER.match(flat) and flat != "0"):
        return FeeSaid(Paid.NO)
    if amount and flat != "1":
        cents = int(amount[1]) * 100 + int((amount[2] or "0").ljust(2, "0"))
        if cents == 0:
            return FeeSaid(Paid.YES, 0)
        return FeeSaid(Paid.YES, cents if cents <= MOST_CENTS else None)
    if _YES.match(flat):
        return FeeSaid(Paid.YES, title_cents)
    return FeeSaid(Paid.SILENT)


def cents_of_title(title: str) -> int | None:
    """Return 1000 for "Cotisation (10 €)"; None when no amount is written."""
    found = _AMOUNT.search(fold(title))
    if not found:
        return None
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    return cents if cents <= MOST_CENTS else None


_GONE = re.compile(
    r"\b(?:ex|anciens?|anciennes?|ancien(?:\(ne\))?|radi\w*|partis?|parties?|demission\w*|sortis?|sorties?"
    r"|inactif\w*|inactive\w*|non renouvel\w*|decede\w*|archives?|archive\w*|quitte\w*|exclus?)\b"
)
_HERE = re.compile(
    r"\b(?:adherent\w*|membres?|actif\w*|bureau|conseil|nouveau\w*|nouvelle\w*|c\.?a)\b"
)


def is_gone(text: str) -> bool:
    """True when a status or the title of a block speaks of former members."""
    return bool(_GONE.search(fold(text)))


def is_here(text: str) -> bool:
    """True when the title of a block speaks of present members."""
    return bool(_HERE.search(fold(text))) and not is_gone(text)
