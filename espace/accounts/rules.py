"""Decisions about people who sign in: pure functions."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from espace.accounts.choices import Proof, Role

STRONG_ALONE = frozenset({Proof.PASSKEY, Proof.LETTER, Proof.PROVIDER_STRONG, Proof.DEMONSTRATION})
"""A passkey asks for the person and the device; the letter opens once; the provider answers."""
FIRST = frozenset({Proof.CODE, Proof.CARD, Proof.PROVIDER})
SECOND = frozenset({Proof.TOTP, Proof.TABLET, Proof.SECOND_ELECTED})
IN_ONE_GEM = frozenset({Proof.SECOND_ELECTED, Proof.LETTER})
"""Proofs that come from one GEM: they give back the roles held there, no other."""
LASTING = FIRST | {Proof.DEMONSTRATION}
"""What lasts as long as its session; any other proof is asked again after STRONG_FOR."""
STRONG_FOR = timedelta(hours=12)
FRESH_FOR = timedelta(minutes=10)
"""A proof this recent is asked before changing how one enters, or giving a role."""
LETTER_PREPARES_FOR = timedelta(days=3)
"""How long someone whom a letter let in, with nothing else to show, may prepare a factor."""
TWO_FACTORS = frozenset(
    {
        Role.ELECTED,
        Role.ANIMATOR,
        Role.SPONSOR,
        Role.MANAGER,
        Role.FEDERATION,
        Role.DELEGATE,
        Role.ARS,
        Role.CNSA,
        Role.MUNICIPALITY,
    }
)
"""Roles that see other people's data, validate, export or administer (decision 10)."""

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


def is_strong(given: Collection[Proof]) -> bool:
    """Tell whether these proofs make two factors.

    A first proof (code by e-mail, card, institution's account) needs a second one of another kind
    (application, the GEM's own tablet with a card, another elected person). The tablet is a second
    factor beside a card only: a code by e-mail read on the GEM's tablet may be anyone's mailbox
    left open there.
    """
    found = frozenset(given)
    if found & STRONG_ALONE:
        return True
    seconds = found & SECOND
    if Proof.CARD not in found:
        seconds -= {Proof.TABLET}
    return bool(found & FIRST and seconds)


def strong_places(
    given: Collection[Proof], gems: Mapping[Proof, UUID]
) -> frozenset[UUID | None] | None:
    """Return where these proofs make two factors: None everywhere, else only in these GEM.

    ``gems`` says of which GEM a proof comes. Among the places, None stands for the territories: an
    institution answers for its own agents, never for the roles they may hold in a GEM.
    """
    found = frozenset(given)
    agent = {Proof.PROVIDER} if Proof.PROVIDER_STRONG in found else set()
    whole = (found | agent) - IN_ONE_GEM - {Proof.PROVIDER_STRONG}
    if is_strong(whole):
        return None
    from_gem = frozenset(
        gems[proof] for proof in found & IN_ONE_GEM & gems.keys() if is_strong({*whole, proof})
    )
    return from_gem | {None} if Proof.PROVIDER_STRONG in found else from_gem


def kept_proofs(given: Mapping[Proof, datetime], moment: datetime) -> frozenset[Proof]:
    """Return the proofs that still hold at ``moment``: first ones last, strong ones fade."""
    return frozenset(
        proof
        for proof, given_at in given.items()
        if proof in LASTING or abs(moment - given_at) < STRONG_FOR
    )


SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("cros", "Chromebook"),
    ("windows", "Ordinateur Windows"),
    ("macintosh", "Ordinateur Mac"),
    ("linux", "Ordinateur Linux"),
)
# The order matters: most browsers also say that they are another one.
BROWSERS = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("chrome", "Chrome"),
    ("crios", "Chrome"),
    ("safari", "Safari"),
)


def device_words(user_agent: str) -> str:
    """Say in a few words what a browser says of itself: « Téléphone Android, Firefox »."""
    said = user_agent[:400].lower()
    if "android" in said:
        system = "Téléphone Android" if "mobile" in said else "Tablette Android"
    else:
        system = next((words for sign, words in SYSTEMS if sign in said), "Appareil")
    browser = next((words for sign, words in BROWSERS if sign in said), "autre navigateur")
    return f"{system}, {browser}"
