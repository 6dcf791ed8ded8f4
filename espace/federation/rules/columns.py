"""Which column of the federation's list holds what, told from its heading, in any order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from espace.groups.territory import normalised

HEADING_ROWS = 25


class Column(StrEnum):
    """What a list may say of a GEM."""

    NAME = "name"
    COMMUNE = "commune"
    POSTAL_CODE = "postal_code"
    COMMUNE_CODE = "commune_code"
    DEPARTEMENT = "departement"
    FOCUS = "public_focus"
    SPONSOR = "sponsor"
    MANAGER = "manager"
    ADDRESS = "address"
    PHONE = "phone"
    OPENED = "opened_on"
    FEDERATED = "federated"
    STATUS = "status"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split(", "))


HEADINGS: dict[Column, frozenset[str]] = {
    Column.NAME: _words(
        "nom, nom gem, nom du gem, nom des gem, gem, groupe, nom du groupe, intitule, "
        "denomination, libelle, groupe d entraide mutuelle, nom de l association, "
        "association, raison sociale, "
        "gem nom"
    ),
    Column.COMMUNE: _words(
        "commune, ville, localite, ville du gem, commune du gem, commune d implantation, "
        "ville d implantation, lieu d implantation, commune ville, ville commune"
    ),
    Column.POSTAL_CODE: _words("code postal, cp, c p, codepostal, code postal du gem"),
    Column.COMMUNE_CODE: _words(
        "code insee, insee, code commune, code insee commune, insee commune"
    ),
    Column.DEPARTEMENT: _words(
        "departement, dept, dep, dpt, code departement, n departement, numero departement, "
        "no departement, n dep"
    ),
    Column.FOCUS: _words(
        "public, public accueilli, public cible, type de public, type de gem, type, population"
    ),
    Column.SPONSOR: _words(
        "parrain, marraine, parrainage, association marraine, structure parrain"
    ),
    Column.MANAGER: _words(
        "gestionnaire, organisme gestionnaire, association gestionnaire, structure gestionnaire, "
        "gestion, porteur"
    ),
    Column.ADDRESS: _words("adresse, adresse du gem, adresse du local, adresse postale, rue, voie"),
    Column.PHONE: _words(
        "telephone, tel, telephone du gem, tel du gem, tel gem, telephone fixe, tel fixe, "
        "numero de telephone, n de telephone"
    ),
    Column.OPENED: _words(
        "date d ouverture, ouverture, ouvert le, ouvert depuis, ouvert depuis le, "
        "annee d ouverture, date de creation, annee de creation, creation, date ouverture"
    ),
    Column.FEDERATED: _words(
        "adherent figem, adherents figem, membre figem, membre de la figem, figem, federe, "
        "adherent a la figem, adhesion figem, adherent a la figem oui non, adherent"
    ),
    Column.STATUS: _words("statut, etat, situation, etat du gem, statut du gem"),
}
NEEDED = (Column.NAME,)
PLACES = (Column.COMMUNE, Column.COMMUNE_CODE, Column.ADDRESS)

# Headings of columns that speak of a person: read first, so that « nom du président » is no name.
PEOPLE = (
    "president", "presidente", "tresorier", "tresoriere", "secretaire", "animateur", "animatrice",
    "salarie", "salaries", "contact", "responsable", "referent", "referente", "coordinateur",
    "coordinatrice", "personne", "interlocuteur", "prenom", "directeur", "directrice", "portable",
    "mobile", "naissance",
)  # fmt: skip
MAIL = ("mail", "email", "e mail", "courriel", "mel", "adresse mail", "adresse electronique")
FOUND_OTHERWISE = ("region", "ars", "region ars")


@dataclass(frozen=True)
class Dropped:
    """A column that is not kept, with its heading and why, in French."""

    heading: str
    reason: str


@dataclass(frozen=True)
class Layout:
    """The row of the headings (from 0), where each column is, and what is not kept."""

    heading_row: int
    places: dict[Column, int]
    dropped: tuple[Dropped, ...]


def layout(rows: Sequence[Sequence[str]]) -> Layout | None:
    """Return the layout of a table; None when no row looks like the headings of a list of GEM."""
    best: Layout | None = None
    for number, row in enumerate(rows[:HEADING_ROWS]):
        found = _read_headings(number, row)
        usable = Column.NAME in found.places and any(each in found.places for each in PLACES)
        if usable and (best is None or len(found.places) > len(best.places)):
            best = found
    return best


def column_of(heading: str) -> Column | None:
    """Return what a heading announces; None when it is not kept."""
    words = normalised(heading)
    if not words or why_dropped(heading):
        return None
    bare = " ".join(word for word in words.split() if word not in ("oui", "non"))
    return next((each for each, known in HEADINGS.items() if words in known or bare in known), None)


def why_dropped(heading: str) -> str:
    """Return why a column with this heading is never kept; empty when it may be."""
    words = normalised(heading)
    if any(f" {mail} " in f" {words} " for mail in MAIL):
        return "une adresse e-mail est souvent celle d'une personne"
    if any(word in PEOPLE for word in words.split()):
        return "cette colonne parle d'une personne"
    if words in FOUND_OTHERWISE:
        return "la région se trouve par la commune"
    return ""


def _read_headings(number: int, row: Sequence[str]) -> Layout:
    places: dict[Column, int] = {}
    dropped = []
    for index, heading in enumerate(row):
        column = column_of(heading)
        if column is not None and column not in places:
            places[column] = index
        elif heading.strip():
            twice = "une autre colonne dit la même chose" if column else ""
            reason = why_dropped(heading) or twice or "nous n'en avons pas besoin"
            dropped.append(Dropped(heading.strip()[:60], reason))
    return Layout(number, places, tuple(dropped))
