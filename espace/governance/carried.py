"""The minutes of a GEM as plain texts, for its archive."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.governance.models import CashLine, Meeting
from espace.governance.queries.meetings import title_of
from espace.groups.archive import Part


def minutes(actor: Actor, gem_id: UUID) -> Iterator[tuple[str, bytes]]:
    """Yield a text for each meeting where something was said; three SQL queries in all."""
    require(actor, "governance.write_minutes", gem_id)
    meetings = Meeting.objects.filter(gem_id=gem_id).prefetch_related("points", "decisions")
    for number, one in enumerate(meetings.order_by("date", "starts_at", "pk"), 1):
        text = _text(one)
        if text:
            yield f"{number:03}-{one.date:%Y-%m-%d}-{one.kind}.txt", text.encode()


def _text(meeting: Meeting) -> str:
    """Return what was written of a meeting; empty when nothing was."""
    title = title_of(meeting.kind, extraordinary=meeting.extraordinary)
    said = [
        f"{point.subject}\n{point.minutes}".strip()
        for point in meeting.points.all()
        if point.minutes
    ]
    decided = [f"- {one.text}" for one in meeting.decisions.all() if not one.removed]
    if not (said or decided or meeting.plain_minutes):
        return ""
    head = f"{title}, {date_format(meeting.date, 'j F Y')}"
    parts = [head, *said]
    if decided:
        parts.append("\n".join([_("Décisions"), *decided]))
    if meeting.plain_minutes:
        parts.append(f"{_('En clair')}\n{meeting.plain_minutes}")
    return "\n\n".join(parts) + "\n"


def tickets(actor: Actor, gem_id: UUID) -> Iterator[tuple[str, bytes]]:
    """Yield the photos of tickets, named by the number of their line; one SQL query."""
    require(actor, "governance.write_money", gem_id)
    for line in CashLine.objects.filter(gem_id=gem_id).exclude(receipt="").order_by("number"):
        with line.receipt.open("rb") as photo:
            yield f"{line.number:05}-{line.date:%Y-%m-%d}.jpg", photo.read()


TICKETS = Part("tickets", gettext_lazy("Les tickets de caisse"), tickets)
PART = Part("comptes-rendus", gettext_lazy("Les comptes rendus des réunions"), minutes)
