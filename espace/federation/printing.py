"""Opening letters on paper: one A4 page for each GEM, in large type, with its square code."""

from collections.abc import Sequence
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.groups.actions.letters import PrintedLetter
from espace.ui.typesetting import typeset

FOLDER = Path(__file__).parent / "typst"
# Reads well from a folded letter: a quarter of the square may be hidden.
CORRECTION = "q"


def opening_address() -> str:
    """Return the address that one types, without any secret."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('groups:opening')}"


def scanned_address(letter: PrintedLetter) -> str:
    """Return what the square code says. The secret stands after « # »: no server ever reads it."""
    return f"{opening_address()}#{letter.secret}"


def letters_pdf(letters: Sequence[PrintedLetter]) -> bytes:
    """Return the letters as one tagged PDF, in the order given."""
    return typeset(FOLDER / "letter.typ", letters_data(letters))


def letters_data(letters: Sequence[PrintedLetter]) -> dict[str, object]:
    """Return what the template prints, every word of it ready."""
    phone = settings.FEDERATION_PHONE
    return {
        "title": _("Lettre d'ouverture"),
        "author": _("Mon Espace FiGEM"),
        "to": _("Aux adhérents du"),
        "heading": _("Votre GEM a sa place ici"),
        "intro": _(
            "La FiGEM a préparé un espace pour chaque GEM de France. Il sert à noter qui est là, "
            "à préparer la semaine, et à voir la vie du GEM en chiffres simples. C'est gratuit. "
            "Aucun nom de famille n'y est écrit, et rien sur la santé."
        ),
        "how_head": _("Pour ouvrir votre espace"),
        "qr_alt": _("Carré à montrer à l'appareil photo d'un téléphone. Il ouvre la page."),
        "by_square": _("Avec un téléphone : montrez ce carré à l'appareil photo."),
        "by_words": _("Ou avec un ordinateur : ouvrez cette page, puis écrivez les sept mots."),
        "address": opening_address().partition("://")[2],
        "who_head": _("Qui peut ouvrir ?"),
        "who": _(
            "Une personne élue par l'assemblée générale : du bureau ou du conseil "
            "d'administration. Jamais un salarié. Vous pouvez le faire à plusieurs."
        ),
        "asked_head": _("Ce qu'on vous demande"),
        "asked": [
            _("Votre prénom, ou un surnom, et la première lettre de votre nom."),
            _("Votre place au GEM : présidence, trésorerie, ou une autre."),
            _("Votre adresse e-mail, seulement si vous voulez."),
        ],
        "after_head": _("Et après ?"),
        "after": _(
            "La personne élue invite les autres. Cette lettre ouvre une seule fois : gardez-la "
            "en lieu sûr jusque-là. Vous n'êtes pas obligés d'ouvrir."
        ),
        "help_head": _("Une question ?"),
        "help": (
            _("Appelez la FiGEM au %(phone)s. Quelqu'un vous répond.") % {"phone": phone}
            if phone
            else _("Appelez la FiGEM, ou votre délégué régional. Quelqu'un vous répond.")
        ),
        "footer": _("Si cette lettre est perdue, la FiGEM en envoie une autre."),
        "letters": [
            {
                "name": letter.gem_name,
                "commune": letter.commune,
                "words": list(letter.words),
                "qr": segno.make(scanned_address(letter), error=CORRECTION).svg_inline(
                    border=2, scale=4
                ),
                "until": _("Cette lettre marche jusqu'au %(day)s.")
                % {"day": date_format(letter.expires_on, "j F Y")},
            }
            for letter in letters
        ],
    }
