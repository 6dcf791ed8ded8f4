"""The words of the convening letter that leaves by mail."""

from collections.abc import Sequence
from datetime import date, time
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.governance.queries.meetings import title_of


class Convened(Protocol):
    """A meeting people are called to."""

    kind: str
    extraordinary: bool
    date: date
    starts_at: time
    place: str


def letter_mail(place: str, meeting: Convened, points: Sequence[str], page: str) -> tuple[str, str]:
    """Return the subject and the text of the mail; neither names anybody."""
    title = title_of(meeting.kind, extraordinary=meeting.extraordinary)
    day = date_format(meeting.date, "l j F Y")
    subject = _("%(place)s : %(title)s, %(day)s") % {"place": place, "title": title, "day": day}
    context = {"place": place, "title": title, "meeting": meeting, "points": points, "page": page}
    message = render_to_string("governance/mail/letter_message.txt", context)
    return " ".join(subject.split()), message
