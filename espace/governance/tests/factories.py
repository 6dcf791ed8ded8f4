"""Rows for tests of the meetings."""

from datetime import date, time

from espace.governance.choices.meetings import MeetingKind, PointFrom
from espace.governance.models import AgendaPoint, Decision, Meeting
from espace.groups.models import Gem

DAY = date(2026, 11, 24)


def make_meeting(gem: Gem, day: date = DAY, **values: object) -> Meeting:
    """A members' meeting at two in the afternoon, told that very day."""
    defaults: dict[str, object] = {
        "kind": MeetingKind.REUNION_ADHERENTS,
        "starts_at": time(14),
        "told_on": day,
    }
    return Meeting.objects.create(gem=gem, date=day, **{**defaults, **values})


def make_point(meeting: Meeting, subject: str = "Le local", **values: object) -> AgendaPoint:
    defaults: dict[str, object] = {
        "rank": meeting.points.count() + 1,
        "way": PointFrom.COMPTE,
    }
    return AgendaPoint.objects.create(meeting=meeting, subject=subject, **{**defaults, **values})


def make_decision(meeting: Meeting, text: str = "Peindre le local", **values: object) -> Decision:
    return Decision.objects.create(meeting=meeting, text=text, **values)
