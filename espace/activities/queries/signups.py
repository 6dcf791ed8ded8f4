"""Sign-up lists: how many places, where one stands, and the names for those who keep the list."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404

from espace.accounts.access import Actor
from espace.accounts.choices import Pictogram
from espace.accounts.permissions import can, require
from espace.activities.choices import ActivityState
from espace.activities.models import Activity, SignUp
from espace.activities.queries.access import local_now
from espace.activities.queries.day_sheet import MOST_NAMES, ActivityLine, Tick, activity_line
from espace.activities.queries.letters import letters_of, with_letter
from espace.activities.rules.signups import Standing, has_list, is_open, seats_left, standing
from espace.groups.queries.for_sheets import SheetGem, sheet_gem, sheet_roll
from espace.groups.queries.roll import my_line


@dataclass(frozen=True, slots=True)
class SignUpCard:
    """What an activity's page says of its list: numbers, and one's own place, never names."""

    activity_id: UUID
    seats: int | None
    left: int | None
    taken: int
    waiting: int
    mine: Standing | None
    is_open: bool
    may_sign_up: bool
    may_keep: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list; ``label`` empty for a place without a name."""

    number: int
    label: str
    person_id: UUID | None
    account_id: UUID | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class SignUpList:
    """The list for those who keep it, and the names to tap when the GEM counts with names."""

    gem: SheetGem
    activity: ActivityLine
    day: date
    place: str
    seats: int | None
    is_open: bool
    has_list: bool
    lines: tuple[Line, ...]
    letters: tuple[str, ...]
    letter: str
    people: tuple[Tick, ...]
    page: int
    pages: int

    @property
    def seated(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.standing.has_place)

    @property
    def waiting(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.standing.has_place)

    @property
    def left(self) -> int | None:
        return seats_left(len(self.lines), self.seats)

    @property
    def without_name(self) -> int:
        """How many places were asked with « +1 »."""
        return sum(not (line.person_id or line.account_id) for line in self.lines)


def sign_up_card(actor: Actor, gem_id: UUID, activity_id: UUID) -> SignUpCard | None:
    """Return what the page of an activity says of its list, None without a list.

    Four SQL queries at most. Raises NotAllowed, Http404 for another GEM's activity.
    """
    require(actor, "activities.see_programme", gem_id)
    activity = _activity(gem_id, activity_id)
    if not has_list(activity.seats, activity.sign_up):
        return None
    rows = list(activity.sign_ups.order_by("rank").values_list("person_id", "account_id", "waited"))
    may_sign_up = can(actor, "activities.sign_up", gem_id)
    line = my_line(actor) if may_sign_up else None
    mine = None
    for number, (person, account, waited) in enumerate(rows, 1):
        if (person and person == line) or (account and account == actor.account_id):
            mine = standing(number, activity.seats, waited=waited)
    left = seats_left(len(rows), activity.seats)
    return SignUpCard(
        activity_id=activity.pk,
        seats=activity.seats,
        left=left,
        taken=len(rows) if left is None else min(len(rows), activity.seats or 0),
        waiting=max(0, len(rows) - activity.seats) if activity.seats is not None else 0,
        mine=mine,
        is_open=_is_open(activity, local_now(sheet_gem(gem_id)).date()),
        may_sign_up=may_sign_up,
        may_keep=can(actor, "activities.keep_list", gem_id),
    )


def sign_up_list(
    actor: Actor, gem_id: UUID, activity_id: UUID, letter: str = "", page: str = "1"
) -> SignUpList:
    """Return the list of an activity with its names. Four SQL queries.

    A long roll comes one letter and one page at a time. Raises NotAllowed and Http404.
    """
    require(actor, "activities.keep_list", gem_id)
    activity = _activity(gem_id, activity_id)
    gem = sheet_gem(gem_id)
    rows = list(activity.sign_ups.select_related("person", "account").order_by("rank"))
    lines = tuple(_line(number, row, activity.seats) for number, row in enumerate(rows, 1))
    signed = {line.person_id for line in lines if line.person_id}
    people: list[Tick] = []
    if gem.counts_with_names:
        roll = sheet_roll(gem_id, always=signed)
        people = [
            Tick(one.id, one.label, Pictogram(one.pictogram), one.id in signed) for one in roll
        ]
    letters = letters_of(people) if len(people) > MOST_NAMES else ()
    letter = letter if letter in letters else next(iter(letters), "")
    some = with_letter(people, letter) if letter else people
    shown = Paginator(some, MOST_NAMES).get_page(page)
    return SignUpList(
        gem=gem,
        activity=activity_line(activity),
        day=activity.date,
        place=activity.place_detail or str(activity.get_place_display()),
        seats=activity.seats,
        is_open=_is_open(activity, local_now(gem).date()),
        has_list=has_list(activity.seats, activity.sign_up),
        lines=lines,
        letters=letters,
        letter=letter,
        people=tuple(shown),
        page=shown.number,
        pages=shown.paginator.num_pages,
    )


def _activity(gem_id: UUID, activity_id: UUID) -> Activity:
    activity = Activity.objects.filter(pk=activity_id, gem_id=gem_id).first()
    if activity is None:
        raise Http404
    return activity


def _is_open(activity: Activity, today: date) -> bool:
    cancelled = activity.state == ActivityState.ANNULEE
    asked = has_list(activity.seats, activity.sign_up)
    return asked and is_open(activity.date, today, cancelled=cancelled)


def _line(number: int, row: SignUp, seats: int | None) -> Line:
    who = row.person or row.account
    return Line(
        number=number,
        label=who.label if who else "",
        person_id=row.person_id,
        account_id=row.account_id,
        standing=standing(number, seats, waited=row.waited),
    )
