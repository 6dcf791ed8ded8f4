"""Decisions about people who sign in: pure functions."""

import unicodedata

from espace.accounts.choices import Role

FRENCH_NAMES = {
    "adherent": Role.MEMBER,
    "adherente": Role.MEMBER,
    "elu": Role.ELECTED,
    "elue": Role.ELECTED,
    "animateur": Role.ANIMATOR,
    "animatrice": Role.ANIMATOR,
    "salarie": Role.ANIMATOR,
    "salariee": Role.ANIMATOR,
    "benevole": Role.VOLUNTEER,
    "parrain": Role.SPONSOR,
    "marraine": Role.SPONSOR,
    "gestionnaire": Role.MANAGER,
    "figem": Role.FEDERATION,
    "delegue": Role.DELEGATE,
    "deleguee": Role.DELEGATE,
    "commune": Role.MUNICIPALITY,
    "mairie": Role.MUNICIPALITY,
    "tablette": Role.DEVICE,
    "appareil": Role.DEVICE,
}


def plain(text: str) -> str:
    """Return ``text`` in lower case, without accents nor spaces around."""
    split = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def role_named(text: str) -> Role | None:
    """Return the role called ``text`` in English or in French; None when nothing is so called."""
    name = plain(text)
    if name in Role.values:
        return Role(name)
    return FRENCH_NAMES.get(name)


def is_one_letter(text: str) -> bool:
    """Tell whether ``text`` may be kept as the initial: one letter, so never a surname."""
    return len(text) == 1 and text.isalpha()
