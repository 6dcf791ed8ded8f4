"""The words of the mail that reminds of deadlines."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.translation import gettext as _


class Due(Protocol):
    """Something to do by a day."""

    @property
    def what(self) -> str: ...
    @property
    def due_on(self) -> date: ...


def reminder_mail(place: str, lines: Sequence[Due], page: str) -> tuple[str, str]:
    """Return the subject and the text of the mail; neither names anybody."""
    subject = _("%(place)s : des dates à ne pas oublier") % {"place": place}
    context = {"place": place, "lines": lines, "page": page}
    message = render_to_string("governance/mail/reminder_message.txt", context)
    return " ".join(subject.split()), message
