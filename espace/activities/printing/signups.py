"""The sign-up list on paper: lines to write on."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.activities.printing import TEMPLATES
from espace.activities.queries.signups import SignUpList
from espace.activities.rules.moments import say_time
from espace.ui.typesetting import typeset

LINES_WITHOUT_LIMIT = 16
WAITING_LINES = 4


def sign_up_sheet_pdf(shown: SignUpList) -> bytes:
    """Return the list of an activity to hang beside the programme."""
    return typeset(TEMPLATES / "sign_up_sheet.typ", sign_up_sheet_data(shown))


def sign_up_sheet_data(shown: SignUpList) -> dict[str, object]:
    """Return what the template prints, every word of it ready."""
    seated = [line.label or _("Place gardée") for line in shown.seated]
    lines = shown.seats if shown.seats is not None else len(seated) + LINES_WITHOUT_LIMIT
    waiting = [line.label or _("Place gardée") for line in shown.waiting]
    when = _("%(day)s à %(hour)s") % {
        "day": date_format(shown.day, "l j F").capitalize(),
        "hour": say_time(shown.activity.starts_at),
    }
    full = shown.seats is not None
    return {
        "place": shown.gem.name,
        "title": _("Qui vient ? %(title)s") % {"title": shown.activity.title},
        "when": f"{when}, {shown.place}",
        "seats": _("%(n)s places") % {"n": shown.seats} if full else "",
        "how": _("Écrivez seulement votre prénom. Rayez-le si vous changez d'avis."),
        "lines": seated + [""] * (lines - len(seated)),
        "waiting_title": _("Liste d'attente") if full else "",
        "waiting": waiting + [""] * WAITING_LINES if full else [],
    }
