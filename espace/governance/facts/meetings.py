"""Meetings held and decisions taken, as the indicator catalogue names them."""

from django.db.models import BooleanField, Case, F, Value, When
from django.db.models.query import QuerySet

from espace.core.facts import Entity, FactType, Field
from espace.governance.choices.meetings import (
    AgendaBy,
    DecisionState,
    MeetingKind,
    MeetingState,
    Subject,
    TakenBy,
)
from espace.governance.models.meetings import Decision, Meeting


def meeting_rows() -> QuerySet[Meeting]:
    return Meeting.objects.filter(state=MeetingState.TENUE)


def decision_rows() -> QuerySet[Decision]:
    return Decision.objects.filter(meeting__state=MeetingState.TENUE, removed=False)


MEETING = Entity(
    name="meeting",
    rows=meeting_rows,
    fields={
        "id": Field(FactType.REF, "id"),
        "date": Field(FactType.DATE, "date"),
        "kind": Field(FactType.ENUM, "kind", tuple(MeetingKind.values)),
        "members_present": Field(FactType.INT, "members_present"),
        "members_invited": Field(FactType.INT, "members_invited"),
        "non_members_voting": Field(FactType.INT, "non_members_voting"),
        "agenda_by": Field(
            FactType.ENUM,
            # Nobody said who chose the agenda: unknown, never another answer.
            Case(When(agenda_by="", then=None), default=F("agenda_by")),
            tuple(AgendaBy.values),
        ),
        "minutes_shared_on": Field(FactType.DATE, "minutes_shared_on"),
        "minutes_easy": Field(
            FactType.BOOL,
            Case(
                When(minutes_shared_on__isnull=True, then=Value(False)),
                When(plain_minutes="", then=Value(False)),
                default=Value(True),
                output_field=BooleanField(),
            ),
        ),
    },
)

DECISION = Entity(
    name="decision",
    gem="meeting__gem_id",
    rows=decision_rows,
    fields={
        "meeting_id": Field(FactType.REF, "meeting_id"),
        "decided_on": Field(FactType.DATE, "meeting__date"),
        "subject": Field(FactType.ENUM, "subject", tuple(Subject.values)),
        "taken_by": Field(
            FactType.ENUM,
            Case(When(taken_by="", then=None), default=F("taken_by")),
            tuple(TakenBy.values),
        ),
        "state": Field(FactType.ENUM, "state", tuple(DecisionState.values)),
        "done_on": Field(FactType.DATE, "done_on"),
    },
)

ENTITIES = (MEETING, DECISION)
