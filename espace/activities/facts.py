"""Facts owned by this package, as the indicator catalogue names them."""

from django.db.models import Case, CharField, ExpressionWrapper, F, FloatField, Value, When
from django.db.models.query import QuerySet

from espace.activities.choices import (
    ActivityState,
    Animation,
    Category,
    Family,
    IdeaFrom,
    InputWay,
    LedBy,
    Outcome,
    Place,
)
from espace.activities.models import Activity, Attendance, FinishedMonth, Slot
from espace.core.clock import today
from espace.core.facts import Entity, FactType, Field


def slot_rows() -> QuerySet[Slot]:
    return Slot.objects.filter(date__lte=today())


def presence_rows() -> QuerySet[Attendance]:
    return Attendance.objects.filter(head_count__gt=0)


def activity_rows() -> QuerySet[Activity]:
    """Activities, with the state a reader would say today: past and not cancelled means done."""
    return Activity.objects.annotate(
        state_now=Case(
            When(state=ActivityState.ANNULEE, then=Value(ActivityState.ANNULEE.value)),
            When(date__lt=today(), then=Value(ActivityState.FAITE.value)),
            default=F("state"),
            output_field=CharField(),
        )
    )


def month_rows() -> QuerySet[FinishedMonth]:
    return FinishedMonth.objects.all()


SLOT = Entity(
    name="slot",
    rows=slot_rows,
    fields={
        "id": Field(FactType.REF, "id"),
        "date": Field(FactType.DATE, "date"),
        "start_time": Field(FactType.TIME, "starts_at"),
        "hours": Field(FactType.NUMBER, "hours"),
        "animation": Field(FactType.ENUM, "animation", tuple(Animation.values)),
        "outcome": Field(
            FactType.ENUM,
            # Nobody said otherwise: the place was open (rule of the day sheet, issue A1).
            Case(
                When(outcome="", then=Value(Outcome.OUVERT.value)),
                default=F("outcome"),
                output_field=CharField(),
            ),
            tuple(Outcome.values),
        ),
    },
)

PRESENCE = Entity(
    name="presence",
    rows=presence_rows,
    fields={
        "date": Field(FactType.DATE, "date"),
        "slot_id": Field(FactType.REF, "slot_id"),
        "activity_id": Field(FactType.REF, "activity_id"),
        "person_id": Field(FactType.REF, "person_id"),
        "category": Field(FactType.ENUM, "category", tuple(Category.values)),
        "head_count": Field(FactType.INT, "head_count"),
    },
)

ACTIVITY = Entity(
    name="activity",
    rows=activity_rows,
    fields={
        "id": Field(FactType.REF, "id"),
        "date": Field(FactType.DATE, "date"),
        "hours": Field(FactType.NUMBER, "hours"),
        "family": Field(FactType.ENUM, "family", tuple(Family.values)),
        "place": Field(FactType.ENUM, "place", tuple(Place.values)),
        "idea_from": Field(FactType.ENUM, "idea_from", tuple(IdeaFrom.values)),
        "led_by": Field(FactType.ENUM, "led_by", tuple(LedBy.values)),
        "open_to_public": Field(FactType.BOOL, "open_to_public"),
        "state": Field(FactType.ENUM, "state_now", tuple(ActivityState.values)),
        "member_price_eur": Field(
            FactType.NUMBER,
            ExpressionWrapper(F("price_cents") / 100.0, output_field=FloatField()),
        ),
    },
)

MONTH_CLOSE = Entity(
    name="month_close",
    rows=month_rows,
    fields={
        "month": Field(FactType.MONTH, "month"),
        "closed_on": Field(FactType.DATE, "finished_on"),
        "input_way": Field(FactType.ENUM, "input_way", tuple(InputWay.values)),
        "corrected_after": Field(FactType.INT, "corrected_after"),
    },
)

ENTITIES = (SLOT, PRESENCE, ACTIVITY, MONTH_CLOSE)
