"""Writes a whole fictional country in bulk: hundreds of GEM over years, GEM after GEM.

Stopped, it goes on from the GEM that is missing. The same numbers give the same country.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from espace.activities.choices import (
    ActivityState,
    Animation,
    Category,
    Family,
    InputWay,
    LedBy,
    Outcome,
    Place,
)
from espace.activities.models import Activity, Attendance, FinishedMonth, Slot
from espace.demonstration.actions.binder import write_binder
from espace.demonstration.actions.bulk import write_rows
from espace.demonstration.actions.meetings import write_meetings
from espace.demonstration.actions.money import write_money
from espace.demonstration.actions.month_cards import write_month_cards
from espace.demonstration.actions.places import fresh_id
from espace.demonstration.rules.national import DrawnGem, draw_network
from espace.demonstration.rules.national_life import (
    FINISHED,
    OpenDay,
    Someone,
    draw_roll,
    open_days,
)
from espace.groups.choices import (
    AssociationState,
    Counting,
    ManagementMode,
    PremisesKind,
    PublicFocus,
)
from espace.groups.models import Gem, Membership, Person
from espace.indicators.rules import last_day, shift_date

Progress = Callable[[int, int], None]
HOURS = Decimal(5)
OLDEST_OPENING = 12
"""GEM opened up to twelve years before the years told."""


def write_country(gems: int, years: int, *, today: date, progress: Progress) -> None:
    """Write ``gems`` GEM and their last ``years`` years; what is there already stays."""
    first = date(today.year - years, today.month, 1)
    there = set(Gem.objects.values_list("slug", flat=True))
    network = draw_network(gems)
    for done, drawn in enumerate(network, start=1):
        if slug_of(drawn) not in there:
            with transaction.atomic():
                _write_gem(drawn, first, today)
        progress(done, len(network))


def slug_of(drawn: DrawnGem) -> str:
    """Return the address of a GEM: its town and its rank."""
    return slugify(f"gem {drawn.commune.name} {drawn.rank + 1}")[:80]


def _write_gem(drawn: DrawnGem, first: date, today: date) -> None:
    chance = Random(f"{drawn.rank}:{drawn.commune.code}")
    gem = _gem(drawn, first, chance)
    last = today - timedelta(days=1)
    roll = draw_roll(drawn.people, first, last, chance)
    people = _people(gem, roll, first, last, chance)
    held = list(open_days(roll, first, last, gem.time_zone != "Europe/Paris", chance))
    _days(gem, people, held, chance)
    _months(gem, first, today, chance)
    around = [
        Person(pk=person, gem=gem, first_name=one.first_name)
        for person, one in zip(people, roll, strict=True)
        if one.is_around(last)
    ]
    write_month_cards(gem, today, chance)
    write_money(gem, today, chance)
    write_binder(gem, today, chance)
    write_meetings(gem, around, today, chance)


def _gem(drawn: DrawnGem, first: date, chance: Random) -> Gem:
    commune = drawn.commune
    return Gem.objects.create(
        id=fresh_id(chance),
        slug=slug_of(drawn),
        name=f"GEM {drawn.rank + 1} de {commune.name}",
        commune_code=commune.code,
        commune_name=commune.name,
        departement_code=commune.departement,
        region_code=commune.region,
        ars_zone=commune.ars_zone,
        time_zone=commune.time_zone,
        opened_on=date(first.year - chance.randrange(1, OLDEST_OPENING), 9, 1),
        joined_on=first,
        public_focus=chance.choices(list(PublicFocus), _first_first(PublicFocus))[0],
        management_mode=chance.choice(list(ManagementMode)),
        association_state=AssociationState.DECLAREE,
        premises_kind=chance.choice(list(PremisesKind)),
        counting=Counting.NAMES,
        federated=chance.random() < 0.7,
    )


def _first_first(choices: type[PublicFocus]) -> list[int]:
    return [8, *([1] * (len(choices) - 1))]


def _people(
    gem: Gem, roll: Sequence[Someone], first: date, last: date, chance: Random
) -> list[UUID]:
    ids = [fresh_id(chance) for _ in roll]
    numbers: dict[tuple[str, str], int] = {}
    rows, memberships = [], []
    for person, one in zip(ids, roll, strict=True):
        label = (one.first_name, one.initial)
        numbers[label] = numbers.get(label, 0) + 1
        rows.append(
            Person(
                id=person, gem=gem, first_name=one.first_name, initial=one.initial,
                number=numbers[label], age_band=one.age_band, gender=one.gender,
                first_seen_on=one.first_seen_on,
            )
        )  # fmt: skip
        if one.is_member:
            begins = one.first_seen_on or first
            for year in range(begins.year, one.last_day.year + 1):
                started = max(begins, date(year, 1, 1 + chance.randrange(28)))
                if started <= min(one.last_day, last):
                    memberships.append(
                        Membership(
                            id=fresh_id(chance), person_id=person, year=year, started_on=started,
                            fee_cents=1000,
                            is_first=year == begins.year and one.first_seen_on is not None,
                        )
                    )  # fmt: skip
    Person.objects.bulk_create(rows)
    Membership.objects.bulk_create(memberships)
    return ids


def _days(gem: Gem, people: Sequence[UUID], held: Sequence[OpenDay], chance: Random) -> None:
    slots = [fresh_id(chance) for _ in held]
    activities = [fresh_id(chance) if one.has_activity else None for one in held]
    Slot.objects.bulk_create(
        (
            Slot(
                id=slot, gem=gem, date=one.day, starts_at=time(13), hours=HOURS,
                animation=Animation.AVEC_SALARIE if rank % 5 else Animation.AUTOGEREE,
                outcome=Outcome.OUVERT,
            )
            for rank, (slot, one) in enumerate(zip(slots, held, strict=True))
        ),
        batch_size=500,
    )  # fmt: skip
    Activity.objects.bulk_create(
        (
            Activity(
                id=activity, gem=gem, date=one.day, title="Activité du groupe",
                starts_at=time(14), hours=Decimal(2), family=_cycled(Family, rank),
                led_by=_cycled(LedBy, rank), place=_cycled(Place, rank),
                state=ActivityState.FAITE,
            )
            for rank, (activity, one) in enumerate(zip(activities, held, strict=True))
            if activity
        ),
        batch_size=500,
    )  # fmt: skip
    write_rows(
        Attendance,
        ("gem", "date", "person", "activity", "slot", "category", "head_count", "folded"),
        _rows_of_days(gem, people, held, slots, activities),
    )


def _rows_of_days(
    gem: Gem,
    people: Sequence[UUID],
    held: Sequence[OpenDay],
    slots: Sequence[UUID],
    activities: Sequence[UUID | None],
) -> Iterator[tuple[object, ...]]:
    category = Category.ADHERENT.value
    for one, slot, activity in zip(held, slots, activities, strict=True):
        for rank in one.came:
            yield (gem.pk, one.day, people[rank], None, slot, category, 1, False)
        for rank in one.joined:
            yield (gem.pk, one.day, people[rank], activity, None, category, 1, False)


def _cycled(choices: type[Family] | type[LedBy] | type[Place], rank: int) -> str:
    values = list(choices)
    return str(values[(rank // 3) % len(values)].value)


def _months(gem: Gem, first: date, today: date, chance: Random) -> None:
    rows = []
    month = first
    while last_day(month) < today:
        finished_on = min(last_day(month) + timedelta(days=1 + chance.randrange(8)), today)
        if chance.random() < FINISHED:
            rows.append(
                FinishedMonth(
                    id=fresh_id(chance), gem=gem, month=month, finished_on=finished_on,
                    input_way=InputWay.TABLETTE, minutes_spent=20 + chance.randrange(60),
                )
            )  # fmt: skip
        month = shift_date(month, 1, "month")
    FinishedMonth.objects.bulk_create(rows)
