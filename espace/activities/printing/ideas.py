"""The idea box on paper: the poster with its address, and slips to cut."""

from io import BytesIO

import segno
from django.utils.translation import gettext as _

from espace.activities.printing import TEMPLATES
from espace.ui.typesetting import typeset


def qr_drawing(address: str) -> str:
    """Return the QR code of ``address`` as an SVG, readable even a little dirty."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=4, border=2)
    return out.getvalue().decode()


def idea_poster_pdf(place: str, address: str) -> bytes:
    """Return the A4 poster « Une idée ? », with the QR code of the GEM's own box."""
    return typeset(
        TEMPLATES / "idea_poster.typ",
        {
            "place": place,
            "title": _("Une idée ?"),
            "lead": _("Une sortie, un atelier, un repas ? Dites-le, la réunion choisit."),
            "code": qr_drawing(address),
            "code_words": _("Code à viser avec un téléphone : il ouvre %(address)s")
            % {"address": address},
            "how": _("Visez ce code avec un téléphone, ou tapez :"),
            "address": address.partition("://")[2],
            "paper": _("Sans téléphone : un bulletin dans la boîte du GEM, avec ou sans prénom."),
        },
    )


def idea_slips_pdf(place: str) -> bytes:
    """Return an A4 page of four slips to cut."""
    return typeset(
        TEMPLATES / "idea_slips.typ",
        {
            "place": place,
            "title": _("Une idée ?"),
            "prompt": _("J'aimerais que l'on fasse ensemble :"),
            "lead": _("Je veux bien la mener."),
            "signature": _("Prénom, si je veux :"),
        },
    )
