"""No column may hold a surname, a birth date, anything on health, or where a person lives.

The test reads the schema itself: every model installed, ours or not. What is kept on whom is told
in docs/privacy. A word may be allowed for one column, with the reason.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import models

NOT_KEPT = {
    "surname": (
        r"\b(sur|last|family|maiden|full|birth) ?names?\b",
        r"\bpatronym\w*",
        r"\bnoms? (de )?(famille|naissance|jeune fille|usage)\b",
    ),
    "birth": (r"\bbirth\w*", r"\bborn\b", r"\bdob\b", r"\bnaissance\b", r"\bnee? le\b", r"\bage\b"),
    "health": (
        r"\b(health|disease|illness|diagnos\w*|treatment|medication|symptoms?|disabilit\w+)\b",
        r"\b(sante|maladies?|traitements?|medicaments?|symptomes?|handicaps?|troubles?)\b",
        r"\b(medical|medecin|doctor|psychiatr\w+|hospital\w*|hopital|therap\w+)\b",
        r"\b(mdph|aah|rqth|curatelle|tutelle|curator|guardian\w*)\b",
    ),
    "home": (
        r"\b(address|street|postcode|zip|postal|residence|home)\b",
        r"\b(adresse|rue|domicile|code postal)\b",
    ),
    "identity": (
        r"\b(nir|ssn|social security|securite sociale|passport|nationality|nationalite)\b",
        r"\b(ethnic\w*|religio\w+|sexual\w*|orientation)\b",
    ),
    "telephone": (r"\b(phone|mobile|telephone|portable)\b",),
}
# Column: sort of data, and why this one may stand.
ALLOWED = {
    "binder.Partner.office_phone": ("telephone", "the telephone of an organisation's office"),
    "groups.Gem.public_address": ("home", "the premises of the GEM, never a person's"),
    "groups.Gem.public_phone": ("telephone", "the telephone of the GEM, never a person's"),
    "groups.Person.age_band": ("birth", "five wide bands, « non dit » by default, said by choice"),
    "accounts.Account.email": ("home", "« adresse e-mail », to send the sign-in code"),
    "account.EmailAddress.email": ("home", "« email address », the same, in the sign-in library"),
    "account.EmailConfirmation.email_address": ("home", "a link to the row above"),
}


@dataclass(frozen=True)
class Column:
    """A column as the scanner reads it: where it is, and its words."""

    place: str
    words: str


def columns() -> Iterator[Column]:
    """Yield every column of every installed model."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, models.Field):
                place = f"{model._meta.app_label}.{model.__name__}.{field.name}"
                said = f"{field.name} {field.verbose_name} {field.help_text}"
                yield Column(place, plain(said))


def plain(text: str) -> str:
    """Return words in small letters, without accents or underscores: last_name → last name."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    letters = unicodedata.normalize("NFKD", apart.casefold())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def forbidden_in(words: str) -> set[str]:
    """Return the sorts of data that ``words`` name."""
    return {
        sort
        for sort, patterns in NOT_KEPT.items()
        if any(re.search(pattern, words) for pattern in patterns)
    }


def test_the_schema_holds_nothing_that_must_not_be_kept() -> None:
    wrong = []
    for column in columns():
        found = forbidden_in(column.words) - {ALLOWED.get(column.place, ("",))[0]}
        wrong += [f"{column.place}: {sort} ({column.words})" for sort in sorted(found)]
    assert wrong == []


def test_each_allowed_column_exists_and_needs_its_permission() -> None:
    known = {column.place: column.words for column in columns()}
    assert [place for place in ALLOWED if place not in known] == []
    assert [
        place for place, (sort, _why) in ALLOWED.items() if sort not in forbidden_in(known[place])
    ] == []


def test_the_scanner_reads_the_tables_of_people() -> None:
    places = {column.place for column in columns()}
    assert {"groups.Person.first_name", "accounts.Account.initial"} <= places
    assert len(places) > 100


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("last_name", "surname"),
        ("lastName", "surname"),
        ("surname", "surname"),
        ("nom de famille", "surname"),
        ("Nom d'usage de naissance", "birth"),
        ("date_of_birth", "birth"),
        ("date de naissance", "birth"),
        ("né le", "birth"),
        ("age", "birth"),
        ("diagnosis_code", "health"),
        ("État de santé", "health"),
        ("traitement", "health"),
        ("psychiatre référent", "health"),
        ("dossier MDPH", "health"),
        ("under_guardianship", "health"),
        ("home_address", "home"),
        ("Adresse de la personne", "home"),
        ("code_postal", "home"),
        ("numéro de sécurité sociale", "identity"),
        ("nationalité", "identity"),
        ("mobile", "telephone"),
    ],
)
def test_the_scanner_sees_a_planted_column(words: str, sort: str) -> None:
    assert sort in forbidden_in(plain(words))


@pytest.mark.parametrize(
    "words",
    ["first_name", "prénom ou surnom", "première lettre du nom", "nom du GEM", "commune_name"],
)
def test_the_scanner_lets_ordinary_columns_be(words: str) -> None:
    assert forbidden_in(plain(words)) == set()
