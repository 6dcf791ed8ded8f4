"""The receipt of a yearly fee, small enough for a pocket."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.governance.printing import TEMPLATES
from espace.governance.queries.fees import Slip
from espace.governance.rules.money import say_cents
from espace.ui.typesetting import typeset


def slip_pdf(place: str, slip: Slip) -> bytes:
    """Return the receipt: first name and letter, year, amount, day, a line to sign."""
    amount = say_cents(slip.fee) if slip.fee is not None else _("montant pas noté")
    data = {
        "place": place,
        "title": _("Reçu de cotisation %(year)s") % {"year": slip.year},
        "who": slip.label,
        "lines": [
            _("Cotisation : %(amount)s") % {"amount": amount},
            _("Notée le %(day)s") % {"day": date_format(slip.paid_on, "j F Y")},
        ],
        "sign": _("Signature pour le GEM :"),
    }
    return typeset(TEMPLATES / "fee_slip.typ", data)
