"""One day of one GEM, as its sheet shows it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Count, Min, Sum
from django.http import Http404

from espace.accounts.access import Actor
from espace.accounts.choices import Pictogram
from espace.accounts.permissions import can, require
from espace.activities.choices import ActivityState, Animation, CancelledWhy, Category, Outcome
from espace.activities.models import Activity, Attendance, Duty, FinishedMonth, SignUp, Slot
from espace.activities.permissions import Sheet
from espace.activities.queries.access import local_now, sheet_for
from espace.activities.queries.folding import folded_on
from espace.activities.rules.moments import (
    days_before,
    end_of,
    next_month,
    previous_month,
)
from espace.activities.rules.months import Missing, month_to_finish, what_is_missing
from espace.activities.rules.sheet import DayState, Opening, OpenNow, day_state, open_now
from espace.groups.queries.for_sheets import SheetGem, SheetPerson, sheet_gem, sheet_roll

REGULAR_DAYS = 56
"""Someone who came in the last eight weeks is offered first."""
MOST_NAMES = 26
"""More names on one page would be too much to read, and to carry for an old phone."""
REGULARS = 22


@dataclass(frozen=True, slots=True)
class Tick:
    """Someone of the roll on the sheet of one day; ``sign`` is their pictogram, or empty."""

    id: UUID
    label: str
    sign: Pictogram
    present: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """A count of people without their names: how many of ``category`` were noted."""

    category: Category
    count: int


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One opening of the day, in the words of the page."""

    id: UUID
    starts_at: time
    ends_at: time
    member_run: bool
    outcome: str
    outcome_label: str
    closed: bool


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity of the day."""

    id: UUID
    title: str
    starts_at: time
    ends_at: time
    cancelled: bool
    cancelled_reason: str


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything the day's page shows; ``people`` and ``counters`` only for who may write it."""

    gem: SheetGem
    day: date
    today: date
    state: DayState
    may_record: bool
    on_duty: bool
    open_now: OpenNow
    openings: tuple[OpeningLine, ...]
    holders: tuple[str, ...]
    people: tuple[Tick, ...]
    others: int
    counters: tuple[Counter, ...]
    activities: tuple[ActivityLine, ...]
    last: Tick | None
    to_finish: date | None
    missing: Missing | None

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def writable(self) -> bool:
        """True when the page offers to write."""
        return self.may_record and self.state is DayState.WRITABLE

    @property
    def reason_closed(self) -> str:
        """Why the place is not open, when it was said."""
        return next((one.outcome_label for one in self.openings if one.closed), "")


def day_sheet(
    actor: Actor, gem_id: UUID, day: date | None = None, *, last_person: UUID | None = None
) -> DaySheet:
    """Return the sheet of ``day`` (None: today at the GEM). 12 SQL queries at most.

    ``last_person`` is who was just ticked, for « annuler ». Raises NotAllowed.
    """
    require(actor, "activities.see_today", gem_id)
    gem = sheet_gem(gem_id)
    today = local_now(gem).date()
    day = day or today
    duties = list(
        Duty.objects.filter(gem_id=gem_id, date=day).select_related("account").order_by("pk")
    )
    on_duty = actor.account_id is not None and actor.account_id in {d.account_id for d in duties}
    may_record = can(actor, "activities.record_attendance", Sheet(gem_id, day, today, on_duty))
    planned = Slot.objects.filter(gem_id=gem_id, date=day, outing__isnull=True)
    slots = list(planned.select_related("held_by"))
    finished = _finished_months(gem_id, [day, today, previous_month(today)])
    ticks, others, last, counters = _who_came(gem, day, last_person) if may_record else _NOBODY
    to_finish, missing = _month_to_finish(actor, gem_id, today, finished)
    return DaySheet(
        gem=gem,
        day=day,
        today=today,
        state=day_state(
            day,
            today=today,
            opened_on=gem.opened_on,
            month_finished=day.replace(day=1) in finished,
            names_gone=folded_on(gem_id, day, today) is not None,
        ),
        may_record=may_record,
        on_duty=on_duty,
        open_now=open_now([_opening(slot) for slot in slots], local_now(gem).time()),
        openings=tuple(opening_line(slot) for slot in slots),
        holders=_holders(duties, slots),
        people=ticks,
        others=others,
        counters=counters,
        activities=_activities(gem_id, day),
        last=last,
        to_finish=to_finish,
        missing=missing,
    )


_NOBODY: tuple[tuple[Tick, ...], int, Tick | None, tuple[Counter, ...]] = ((), 0, None, ())


def people_of_day(actor: Actor, gem_id: UUID, day: date) -> tuple[Tick, ...]:
    """Return the whole roll with who came, for someone who may write that day. 5 SQL queries."""
    gem = _readable(actor, gem_id, day)
    present = _present(gem_id, day)
    return tuple(_tick(one, present) for one in sheet_roll(gem.id, always=present))


def tick_of(actor: Actor, gem_id: UUID, day: date, person_id: UUID) -> Tick:
    """Return one person of the sheet. Raises Http404 for someone of another roll."""
    for tick in people_of_day(actor, gem_id, day):
        if tick.id == person_id:
            return tick
    raise Http404


def counters_of_day(
    actor: Actor, gem_id: UUID, day: date, activity_id: UUID | None = None
) -> tuple[Counter, ...]:
    """Return the counts of the day, or of one of its activities. 4 SQL queries."""
    gem = _readable(actor, gem_id, day)
    rows = Attendance.objects.filter(gem_id=gem_id, date=day, activity=activity_id)
    return _counters(gem, rows.filter(person__isnull=True).values_list("category", "head_count"))


@dataclass(frozen=True, slots=True)
class ActivitySheet:
    """Who took part in one activity: the names noted that day, or a count."""

    gem: SheetGem
    activity: ActivityLine
    day: date
    state: DayState
    people: tuple[Tick, ...]
    counters: tuple[Counter, ...]
    with_list: bool

    @property
    def writable(self) -> bool:
        return self.state is DayState.WRITABLE and not self.activity.cancelled


def activity_sheet(actor: Actor, gem_id: UUID, activity_id: UUID) -> ActivitySheet:
    """Return the sheet of one activity. 9 SQL queries at most. Raises NotAllowed and Http404.

    Those who signed up come first, on the day and the day after only: later, a name that is not
    ticked would read as an absence (decision 25).
    """
    activity = Activity.objects.filter(pk=activity_id, gem_id=gem_id).first()
    if activity is None:
        raise Http404
    gem = _readable(actor, gem_id, activity.date)
    day, rows = activity.date, Attendance.objects.filter(activity_id=activity_id)
    today = local_now(gem).date()
    joined = set(rows.filter(person__isnull=False).order_by().values_list("person_id", flat=True))
    came = _present(gem_id, day)
    signed = _signed(activity) if local_now(gem).date() <= days_before(day, -1) else set()
    shown = came | joined | signed
    people = [one for one in sheet_roll(gem_id, always=shown) if one.id in shown]
    people.sort(key=lambda one: one.id not in signed)
    heads = rows.filter(person__isnull=True).values_list("category", "head_count")
    return ActivitySheet(
        gem=gem,
        activity=activity_line(activity),
        day=day,
        state=day_state(
            day,
            today=today,
            opened_on=gem.opened_on,
            month_finished=bool(_finished_months(gem_id, [day])),
            names_gone=folded_on(gem_id, day, today) is not None,
        ),
        people=tuple(_tick(one, joined) for one in people),
        counters=_counters(gem, heads),
        with_list=bool(signed),
    )


def _signed(activity: Activity) -> set[UUID]:
    rows = SignUp.objects.filter(activity=activity, person__isnull=False)
    return {person for person in rows.order_by().values_list("person_id", flat=True) if person}


def _readable(actor: Actor, gem_id: UUID, day: date) -> SheetGem:
    """Return the GEM, for someone who may write that day: nobody else reads the names."""
    gem = sheet_gem(gem_id)
    require(actor, "activities.record_attendance", sheet_for(actor, gem, day))
    return gem


def _who_came(
    gem: SheetGem, day: date, last_person: UUID | None
) -> tuple[tuple[Tick, ...], int, Tick | None, tuple[Counter, ...]]:
    rows = list(
        Attendance.objects.filter(gem_id=gem.id, date=day, activity__isnull=True)
        .order_by("pk")
        .values_list("person_id", "category", "head_count")
    )
    present = {person for person, _, _ in rows if person}
    counters = _counters(gem, [(category, n) for person, category, n in rows if not person])
    if not (gem.counts_with_names or present):
        return (), 0, None, counters
    ticks = [_tick(one, present) for one in sheet_roll(gem.id, always=present)]
    last = next((tick for tick in ticks if tick.id == last_person), None)
    shown = names_to_show([tick.id for tick in ticks], _by_habit(gem.id, day), present)
    return (
        tuple(tick for tick in ticks if tick.id in shown),
        len(ticks) - len(shown),
        last,
        counters,
    )


def names_to_show(
    roll: Sequence[UUID], by_habit: Sequence[UUID], present: Collection[UUID]
) -> frozenset[UUID]:
    """Choose who is on the first page: everyone if few, else those who come often, then who came.

    The first places go to the 22 most regular, so that they never move during the day.
    """
    if len(roll) <= MOST_NAMES:
        return frozenset(roll)
    known = [one for one in by_habit if one in set(roll)]
    waiting = [one for one in roll if one not in set(known)]
    regulars = [*known, *waiting][:REGULARS]
    came = [one for one in roll if one in present and one not in set(regulars)]
    return frozenset([*regulars, *came][:MOST_NAMES])


def _by_habit(gem_id: UUID, day: date) -> list[UUID]:
    """People by number of days they came in the eight weeks before ``day``, most often first."""
    rows = Attendance.objects.filter(
        gem_id=gem_id,
        date__range=(days_before(day, REGULAR_DAYS), days_before(day, 1)),
        activity__isnull=True,
        person__isnull=False,
    )
    counted = rows.order_by().values("person_id").annotate(days=Count("pk"))
    return [
        person
        for person in counted.order_by("-days", "person_id").values_list("person_id", flat=True)
        if person
    ]


def _present(gem_id: UUID, day: date) -> set[UUID]:
    rows = Attendance.objects.filter(gem_id=gem_id, date=day, activity__isnull=True)
    named = rows.filter(person__isnull=False).order_by()
    return {person for person in named.values_list("person_id", flat=True) if person}


def _tick(person: SheetPerson, present: Collection[UUID]) -> Tick:
    return Tick(person.id, person.label, Pictogram(person.pictogram), person.id in present)


def _counters(gem: SheetGem, rows: Iterable[tuple[str, int]]) -> tuple[Counter, ...]:
    """Every sort of people, in the order of the codes; members only where they have no name."""
    totals: dict[str, int] = {}
    for category, count in rows:
        totals[category] = totals.get(category, 0) + count
    return tuple(
        Counter(category, totals.get(category, 0))
        for category in Category
        if category != Category.ADHERENT or not gem.counts_with_names or totals.get(category)
    )


def _holders(duties: Sequence[Duty], slots: Sequence[Slot]) -> tuple[str, ...]:
    """First names of who holds the place that day, each once."""
    names = [str(duty.account) for duty in duties]
    names += [str(slot.held_by) for slot in slots if slot.held_by]
    return tuple(dict.fromkeys(names))


def _activities(gem_id: UUID, day: date) -> tuple[ActivityLine, ...]:
    rows = Activity.objects.filter(gem_id=gem_id, date=day).order_by("starts_at", "title", "pk")
    return tuple(activity_line(row) for row in rows)


def activity_line(activity: Activity) -> ActivityLine:
    """Return what a list shows of an activity."""
    return ActivityLine(
        activity.pk,
        activity.title,
        activity.starts_at,
        end_of(activity.starts_at, activity.hours),
        activity.state == ActivityState.ANNULEE,
        _why_cancelled(activity),
    )


def _why_cancelled(activity: Activity) -> str:
    """« La météo : orage annoncé »; the choice alone, or the words alone, when one is missing."""
    chosen = "" if activity.cancelled_why in ("", CancelledWhy.AUTRE) else activity.cancelled_why
    said = [str(CancelledWhy(chosen).label)] if chosen else []
    return " : ".join([*said, *filter(None, [activity.cancelled_reason])])


def opening_line(slot: Slot) -> OpeningLine:
    """Return what a list shows of an opening."""
    return OpeningLine(
        slot.pk,
        slot.starts_at,
        end_of(slot.starts_at, slot.hours),
        slot.animation == Animation.AUTOGEREE,
        slot.outcome,
        str(Outcome(slot.outcome).label) if slot.outcome else "",
        _is_closed(slot),
    )


def _is_closed(slot: Slot) -> bool:
    return slot.outcome not in ("", Outcome.OUVERT)


def _opening(slot: Slot) -> Opening:
    return Opening(slot.pk, slot.starts_at, slot.hours, _is_closed(slot))


def _finished_months(gem_id: UUID, days: Iterable[date]) -> frozenset[date]:
    """Return the first days of the finished months among those of ``days``. One SQL query."""
    months = {day.replace(day=1) for day in days}
    rows = FinishedMonth.objects.filter(gem_id=gem_id, month__in=months, finished_on__isnull=False)
    return frozenset(rows.order_by().values_list("month", flat=True))


def _month_to_finish(
    actor: Actor, gem_id: UUID, today: date, finished: Collection[date]
) -> tuple[date | None, Missing | None]:
    if not can(actor, "activities.finish_month", gem_id):
        return None, None
    begun_on = Attendance.objects.filter(gem_id=gem_id).aggregate(first=Min("date"))["first"]
    month = month_to_finish(today, finished, begun_on)
    return month, missing_of(gem_id, month, today) if month else None


def missing_of(gem_id: UUID, month: date, today: date) -> Missing:
    """Say what the month that begins on ``month`` lacks. Two SQL queries."""
    slots = Slot.objects.filter(
        gem_id=gem_id,
        date__gte=month,
        date__lt=next_month(month),
        outcome__in=("", Outcome.OUVERT),
    )
    planned = list(slots.order_by().values_list("date", "outcome"))
    return what_is_missing(
        {day for day, _outcome in planned},
        set(daily_heads(gem_id, month, days_before(next_month(month), 1))),
        today,
        {day for day, outcome in planned if outcome},
    )


def daily_heads(gem_id: UUID, first: date, last: date) -> dict[date, int]:
    """Return how many people came each day where someone did, from ``first`` to ``last``.

    One SQL query; each counts once a day, whatever they did there.
    """
    rows = Attendance.objects.filter(
        gem_id=gem_id, date__range=(first, last), activity__isnull=True, head_count__gt=0
    )
    totals = rows.order_by().values("date").annotate(heads=Sum("head_count"))
    return dict(totals.values_list("date", "heads"))
