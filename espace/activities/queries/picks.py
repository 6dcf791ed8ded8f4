"""What the members' meeting goes through: the ideas one by one, then the days of those picked."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import ActivityState, Family, IdeaState, LedBy, Outcome
from espace.activities.models import Activity, Idea, Slot
from espace.activities.queries.access import local_now
from espace.activities.queries.ideas import IdeaLine, idea_line
from espace.activities.rules.ideas import Moment, OpenDay, proposed_moments, title_of
from espace.activities.rules.moments import end_of
from espace.groups.queries.for_sheets import sheet_gem

DAYS_PROPOSED = 14
IDEAS_TO_PLACE = 2
"""Ideas placed on one page: more would be too much to read, and to carry for an old phone."""
TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where the meeting is: the idea asked now, how many remain, what was just said."""

    idea: IdeaLine | None
    left: int
    picked: int
    later: int
    last: IdeaLine | None
    from_later: bool


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A picked idea with what its activity starts from."""

    id: UUID
    text: str
    title: str
    family: str
    led_by: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Placing:
    """The picked ideas that have no day yet, and the days of opening to come."""

    ideas: tuple[ToPlace, ...]
    left: int
    days: tuple[OpenDay, ...]
    today: date


def meeting(
    actor: Actor, gem_id: UUID, *, from_later: bool = False, last: UUID | None = None
) -> Meeting:
    """Return the next idea to ask, the oldest first. Five SQL queries at most.

    ``from_later`` goes through those kept for later; ``last`` is the one just answered.
    """
    require(actor, "activities.pick_ideas", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    waiting = _of(gem_id, IdeaState.PLUS_TARD if from_later else IdeaState.BOITE)
    if from_later:
        # What was said « plus tard » today is not asked again today.
        waiting = waiting.exclude(answered_on=today)
    asked = waiting.select_related("activity").order_by("received_on", "pk").first()
    said = Idea.objects.filter(gem_id=gem_id, activity__isnull=True)
    answered = said.exclude(state=IdeaState.BOITE).filter(pk=last).first() if last else None
    later = _of(gem_id, IdeaState.PLUS_TARD).exclude(answered_on=today)
    return Meeting(
        idea=idea_line(asked, today) if asked else None,
        left=waiting.count(),
        picked=_to_place(gem_id).count(),
        later=later.count(),
        last=idea_line(answered, today) if answered else None,
        from_later=from_later,
    )


def placing(actor: Actor, gem_id: UUID) -> Placing:
    """Return the picked ideas without a day, each with a day proposed. Five SQL queries."""
    require(actor, "activities.pick_ideas", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    rows = list(_to_place(gem_id).order_by("answered_on", "received_on", "pk")[:IDEAS_TO_PLACE])
    days = open_days(gem_id, today)
    moments = proposed_moments(days, len(rows), today)
    return Placing(
        ideas=tuple(_proposed(row, at) for row, at in zip(rows, moments, strict=True)),
        left=_to_place(gem_id).count(),
        days=days,
        today=today,
    )


def open_days(gem_id: UUID, today: date) -> tuple[OpenDay, ...]:
    """Return the days of opening of the two weeks to come. Two SQL queries."""
    around = (today + timedelta(days=1), today + timedelta(days=DAYS_PROPOSED))
    slots = Slot.objects.filter(gem_id=gem_id, date__range=around, outing__isnull=True)
    held = slots.filter(outcome__in=("", Outcome.OUVERT)).order_by("date", "starts_at")
    planned = Activity.objects.filter(gem_id=gem_id, date__range=around)
    busy = list(
        planned.exclude(state=ActivityState.ANNULEE).order_by("pk").values_list("date", flat=True)
    )
    days: dict[date, OpenDay] = {}
    for slot in held:
        begun = days.get(slot.date)
        starts_at = begun.starts_at if begun else slot.starts_at
        ends_at = end_of(slot.starts_at, slot.hours)
        days[slot.date] = OpenDay(slot.date, starts_at, ends_at, busy.count(slot.date))
    return tuple(days.values())


def _of(gem_id: UUID, state: IdeaState) -> QuerySet[Idea]:
    return Idea.objects.filter(gem_id=gem_id, state=state, hidden_on__isnull=True)


def _to_place(gem_id: UUID) -> QuerySet[Idea]:
    return _of(gem_id, IdeaState.RETENUE).filter(activity__isnull=True)


def _proposed(row: Idea, moment: Moment) -> ToPlace:
    return ToPlace(
        id=row.pk,
        text=row.text,
        title=title_of(row.text, TITLE_LENGTH),
        family=row.family or Family.AUTRE.value,
        led_by=LedBy.ADHERENT.value if row.will_lead else "",
        moment=moment,
    )
