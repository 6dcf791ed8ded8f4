"""The row of a meeting while it is written, and how it becomes one that took place."""

from uuid import UUID

from django.http import Http404

from espace.governance.choices.meetings import MeetingState
from espace.governance.models.meetings import Meeting
from espace.groups.queries.gem_facts import today_of


def meeting_of(gem_id: UUID, meeting_id: UUID) -> Meeting:
    """Return a meeting of this GEM, held until the transaction ends. Raises Http404."""
    row = Meeting.objects.select_for_update().filter(pk=meeting_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    return row


def hold(row: Meeting) -> None:
    """Say that a meeting took place, once its day has come and something is noted of it."""
    if row.state == MeetingState.PREPAREE and row.date <= today_of(row.gem_id):
        row.state = MeetingState.TENUE
        row.save(update_fields=["state"])
