"""« Qui fait quoi » on one page, in large type."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.governance.printing import TEMPLATES
from espace.governance.queries.autonomy import WhoPage
from espace.ui.typesetting import typeset


def who_pdf(place: str, page: WhoPage) -> bytes:
    """Return one A4 page: each actor with what is theirs, then what to talk about."""
    day = date_format(page.reviewed_on, "j F Y") if page.reviewed_on else ""
    data = {
        "place": place,
        "title": _("Qui fait quoi au GEM ?"),
        "told": _("Dit ensemble le %(day)s.") % {"day": day} if day else _("Pas encore dit."),
        "shares": [{"actor": actor, "questions": list(list_)} for actor, list_ in page.shares],
        "talk_title": _("À parler ensemble") if page.contradictions else "",
        "talk": [f"{one.text} {one.said} {one.source}" for one in page.contradictions],
    }
    return typeset(TEMPLATES / "who_does_what.typ", data)
