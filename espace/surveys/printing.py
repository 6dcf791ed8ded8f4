"""Papers of a survey: slips with a code, and whole sheets to fill with a pen."""

from pathlib import Path

from django.utils.translation import gettext as _

from espace.core.slips import shown_code
from espace.surveys.rules import Questionnaire
from espace.ui.typesetting import typeset

TEMPLATES = Path(__file__).parent / "typst"


def slips_pdf(place: str, asked: Questionnaire, codes: list[str], page: str) -> bytes:
    """Return slips to cut, one a person: the page to answer, and the code."""
    data = {
        "place": place,
        "title": asked.title,
        "told": [
            _("Ce code sert une fois. Il ne dit pas qui vous êtes."),
            _("Répondez sur un téléphone ou sur la tablette du GEM."),
            _("Répondre est libre. Vous pouvez laisser des questions."),
        ],
        "page_title": _("La page pour répondre :"),
        "page": page,
        "code_title": _("Votre code :"),
        "codes": [shown_code(code) for code in codes],
    }
    return typeset(TEMPLATES / "slips.typ", data)


def sheets_pdf(place: str, asked: Questionnaire, codes: list[str], page: str) -> bytes:
    """Return a sheet for each code: the questions, boxes to tick, the code to type it in later."""
    data = {
        "place": place,
        "title": asked.title,
        "told": [
            _("Cette feuille ne dit pas qui vous êtes. N'écrivez pas votre nom."),
            _("Cochez une case par question. Vous pouvez laisser des questions."),
        ],
        "questions": [
            {
                "text": one.text,
                "levels": [label for _level, label in one.levels],
                "open": one.is_open,
            }
            for one in asked.questions
        ],
        "unsure": _("Je ne sais pas"),
        "code_title": _("Code de la feuille :"),
        "after": _("Pour recopier cette feuille : %(page)s") % {"page": page},
        "codes": [shown_code(code) for code in codes],
    }
    return typeset(TEMPLATES / "sheets.typ", data)
