"""Facts owned by this package, as the indicator catalogue names them."""

from django.db.models import Case, CharField, ExpressionWrapper, F, FloatField, Value, When
from django.db.models.query import QuerySet

from espace.activities.choices import (
    ActivityState,
    Animation,
    ArrivalChannel,
    Category,
    Direction,
    Family,
    HelpFrom,
    HelpKind,
    IdeaFrom,
    InputWay,
    LedBy,
    Outcome,
    Place,
    ReferralChannel,
    VolunteerFrom,
)
from espace.activities.models import (
    Activity,
    ArrivalTally,
    Attendance,
    FinishedMonth,
    HelpTally,
    ReferralTally,
    Slot,
    TensionTally,
    VolunteerMonth,
)
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


def help_rows() -> QuerySet[HelpTally]:
    return HelpTally.objects.all()


def tension_rows() -> QuerySet[TensionTally]:
    return TensionTally.objects.all()


def arrival_rows() -> QuerySet[ArrivalTally]:
    return ArrivalTally.objects.all()


def referral_rows() -> QuerySet[ReferralTally]:
    return ReferralTally.objects.all()


def volunteer_rows() -> QuerySet[VolunteerMonth]:
    return VolunteerMonth.objects.all()


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
        "partner_id": Field(FactType.REF, "partner_id"),
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
        "minutes_spent": Field(FactType.INT, "minutes_spent"),
        "corrected_after": Field(FactType.INT, "corrected_after"),
    },
)

MONTH = Field(FactType.MONTH, "month")

HELP_TALLY = Entity(
    name="help_tally",
    rows=help_rows,
    fields={
        "month": MONTH,
        "kind": Field(FactType.ENUM, "kind", tuple(HelpKind.values)),
        "from_kind": Field(FactType.ENUM, "from_kind", tuple(HelpFrom.values)),
        "count": Field(FactType.INT, "count"),
    },
)

TENSION_TALLY = Entity(
    name="tension_tally",
    rows=tension_rows,
    fields={
        "month": MONTH,
        "count": Field(FactType.INT, "count"),
        "resolved_count": Field(FactType.INT, "resolved_count"),
    },
)

ARRIVAL_TALLY = Entity(
    name="arrival_tally",
    rows=arrival_rows,
    fields={
        "month": MONTH,
        "channel": Field(FactType.ENUM, "channel", tuple(ArrivalChannel.values)),
        "count": Field(FactType.INT, "count"),
    },
)

REFERRAL_TALLY = Entity(
    name="referral_tally",
    rows=referral_rows,
    fields={
        "month": MONTH,
        "direction": Field(FactType.ENUM, "direction", tuple(Direction.values)),
        "channel": Field(FactType.ENUM, "channel", tuple(ReferralChannel.values)),
        "count": Field(FactType.INT, "count"),
        "contact_made_count": Field(FactType.INT, "contact_made_count"),
    },
)

VOLUNTEER_MONTH = Entity(
    name="volunteer_month",
    rows=volunteer_rows,
    fields={
        "month": MONTH,
        "from_kind": Field(FactType.ENUM, "from_kind", tuple(VolunteerFrom.values)),
        "volunteers": Field(FactType.INT, "volunteers"),
        "hours": Field(FactType.NUMBER, "hours"),
    },
)

ENTITIES = (
    SLOT,
    PRESENCE,
    ACTIVITY,
    MONTH_CLOSE,
    HELP_TALLY,
    TENSION_TALLY,
    ARRIVAL_TALLY,
    REFERRAL_TALLY,
    VOLUNTEER_MONTH,
)
