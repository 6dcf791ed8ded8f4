"""Cards on paper: the drawing of the QR code, and an A4 sheet to cut and fold, by Typst."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

FOLDER = Path(__file__).parent / "typst"
# One copy of our typeface for paper in the house.
FONTS = Path(__file__).parents[1] / "ui" / "typst" / "fonts"
# Reads well from a crumpled card: a quarter of it may be hidden.
CORRECTION = "q"


@dataclass(frozen=True)
class Printed:
    """A card ready to be drawn: the name, the words, the address behind the QR code."""

    name: str
    words: tuple[str, ...]
    secret: str
    qr: SafeString
    matrix: tuple[str, ...]

    @property
    def words_in_line(self) -> str:
        return " ".join(self.words)


def address_of(secret: str) -> str:
    """Return what the QR code says. The secret stands after « # »: no server ever reads it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('cards:enter')}#{secret}"


def printed(name: str, words: tuple[str, ...], secret: str) -> Printed:
    """Return a card ready to be drawn."""
    code = segno.make(address_of(secret), error=CORRECTION)
    svg = code.svg_inline(border=4, omitsize=True, svgclass="card-qr", lineclass=None)
    rows = tuple("".join("1" if dark else "0" for dark in row) for row in code.matrix)
    return Printed(name, words, secret, mark_safe(svg), rows)  # noqa: S308 - drawn by segno alone


def cards_pdf(cards: Sequence[Printed]) -> bytes:
    """Return the sheet of these cards as a tagged PDF: five a page, front and back side by side."""
    data = json.dumps(
        {
            "title": _("Cartes d'accès"),
            "how": _("Coupez sur les traits pleins. Pliez sur les pointillés. Collez."),
            "site": _("Mon Espace"),
            "words_head": _("Mes six mots"),
            "qr_alt": _("Carré à montrer à la caméra"),
            "back": back_of_card(),
            "cards": [
                {"name": card.name, "words": card.words, "matrix": card.matrix} for card in cards
            ],
        }
    )
    try:
        return _compile(data, tagged=True)
    except typst.TypstError:
        # A name holds a sign that our fonts do not have, which the standard refuses.
        return _compile(data, tagged=False)


def back_of_card() -> list[str]:
    """Return what the back says: what it is, how to use it, what to do when lost."""
    return [
        _("Cette carte ouvre Mon Espace. Elle est à vous."),
        _("Montrez le carré à la caméra, ou écrivez les six mots."),
        _("Adresse : %(site)s")
        % {"site": f"{settings.SITE_URL.rstrip('/')}{reverse('cards:enter')}"},
        _("Perdue ? Dites-le au groupe : il la remplace en deux minutes."),
        _("Trouvée ? Détruisez-la, s'il vous plaît."),
    ]


def _compile(data: str, *, tagged: bool) -> bytes:
    fonts = typst.Fonts(include_system_fonts=not tagged, font_paths=[FONTS])
    compiler = typst.Compiler(
        FOLDER / "cards.typ", root=FOLDER, font_paths=fonts, sys_inputs={"data": data}
    )
    pdf = compiler.compile(format="pdf", pdf_standards="ua-1" if tagged else None)
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf))
    return pdf
