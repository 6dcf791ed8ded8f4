"""How each action of the journal is told in plain French: every package adds its sentences.

A sentence begins after the name of who did it: « Nadia (élue) » then « a ajouté une personne dans
le carnet. » It never names who was concerned, nor what was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter


@dataclass(frozen=True)
class Told:
    """The sentence of an action, and what it is about.

    ``to_you``: someone opened what is kept on a person, and that person reads it so in their own
    data (« a ouvert votre ligne du carnet. »).
    """

    matter: Matter
    words: str | Promise
    to_you: str | Promise = ""


_told: dict[str, Told] = {}
UNKNOWN = Told(Matter.GEM, _("a fait un changement."))
"""For the lines of a release that we no longer have."""


def declare(sentences: Mapping[str, Told]) -> None:
    """Add a package's sentences, called from ``AppConfig.ready()``."""
    _told.update(sentences)


def table() -> Mapping[str, Told]:
    """Return every sentence by name of action."""
    return dict(_told)


def told(action: str) -> Told:
    """Return how an action is told."""
    return _told.get(action, UNKNOWN)


def actions_about(matter: str) -> list[str]:
    """Return the names of the actions about ``matter``."""
    return sorted(name for name, each in _told.items() if each.matter == matter)


def openings() -> list[str]:
    """Return the names of the actions by which someone opens what is kept on a person."""
    return sorted(name for name, each in _told.items() if each.to_you)


TOLD = {
    "accounts.add_application": Told(Matter.DEVICES, _("a ajouté une application de codes.")),
    "accounts.add_passkey": Told(Matter.DEVICES, _("a ajouté une clé d'accès.")),
    "accounts.change_address": Told(Matter.DEVICES, _("a changé son adresse e-mail.")),
    "accounts.close_session": Told(Matter.DEVICES, _("a fermé Mon Espace sur un appareil.")),
    "accounts.code_refused": Told(Matter.DEVICES, _("a tapé un code qui n'était pas le bon.")),
    "accounts.edit_own_account": Told(Matter.DEVICES, _("a changé son compte.")),
    "accounts.forget_protection": Told(
        Matter.DEVICES, _("a oublié les clés d'une personne qui les a perdues.")
    ),
    "accounts.link_institution": Told(
        Matter.DEVICES, _("a lié son compte à celui de son institution.")
    ),
    "accounts.make_spare_codes": Told(Matter.DEVICES, _("a fait de nouveaux codes de secours.")),
    "accounts.passkey_refused": Told(Matter.DEVICES, _("a montré une clé qui n'ouvrait pas.")),
    "accounts.remove_application": Told(Matter.DEVICES, _("a retiré son application de codes.")),
    "accounts.remove_passkey": Told(Matter.DEVICES, _("a retiré une clé d'accès.")),
    "accounts.second_code_refused": Told(
        Matter.DEVICES, _("a tapé un deuxième code qui n'était pas le bon.")
    ),
    "accounts.sign_in": Told(Matter.DEVICES, _("est entré dans Mon Espace.")),
}
