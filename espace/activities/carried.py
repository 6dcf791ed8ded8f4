"""The programme of a GEM as a calendar, for its archive."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.activities.calendars import calendar_file
from espace.activities.queries.calendar import whole_calendar
from espace.groups.archive import Part


def programme(actor: Actor, gem_id: UUID) -> Iterator[tuple[str, bytes]]:
    """Yield the whole programme, past and to come, as one calendar."""
    yield "programme.ics", calendar_file(whole_calendar(actor, gem_id))


PART = Part("programme", _("Le programme, pour un agenda"), programme)
