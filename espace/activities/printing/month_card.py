"""The month card on paper, in the order of the screen: sticks above the fold, numbers below."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.activities.choices import Section
from espace.activities.printing import TEMPLATES
from espace.activities.queries.month_card import Card, Part
from espace.ui.typesetting import typeset


def month_card_pdf(card: Card) -> bytes:
    """Return the blank card of a month to hang on the wall."""
    return typeset(TEMPLATES / "month_card.typ", month_card_data(card))


def month_card_data(card: Card) -> dict[str, Any]:
    """Return what the template prints, every word of it ready."""
    parts = {part.section: _part(part) for part in card.parts}
    return {
        "place": card.gem_name,
        "title": _("Fiche du mois : %(month)s") % {"month": date_format(card.month, "F Y")},
        "how": _("Un bâton pour un coup de main. Jamais de nom. Vide veut dire : on ne sait pas."),
        "fold": _("Pliez ici. Le bas se remplit à la fin du mois, avec des nombres."),
        "help": parts[Section.ENTRAIDE],
        "referrals": parts[Section.RELAIS],
        "arrivals": parts[Section.ARRIVEES],
        "volunteers": parts[Section.BENEVOLAT],
        "tensions": parts.get(Section.TENSIONS),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "question": str(part.question),
        "columns": [str(label) for _code, label in part.columns],
        "lines": [str(label) for _code, label in part.lines],
    }
