"""What the database computes is what a plain loop computes, on thousands of small GEM lives."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from espace.activities.models import Activity, Attendance, Slot
from espace.groups.models import Gem, Membership, Person
from espace.groups.tests.factories import make_gem, make_person
from espace.indicators.catalogue_reading import catalogue
from espace.indicators.formulas.check import check
from espace.indicators.formulas.dialect import DIALECTS
from espace.indicators.formulas.evaluate import plan
from espace.indicators.formulas.parse import parse
from espace.indicators.formulas.sql import Compiler
from espace.indicators.rules import Moment, Period, Value
from espace.indicators.statement import registered_fields, statement
from espace.indicators.tests.naive import Naive, Rows

FORMULAS = (
    "count(slot.id where slot.date in P)",
    "count(slot.id where slot.outcome != 'ferme_conge' and slot.date in P)",
    "sum(slot.hours where slot.outcome = 'ouvert' and slot.date in P)",
    "mean(slot.hours where slot.date in P)",
    "min(slot.hours where slot.date in P)",
    "max(slot.hours where slot.animation = 'autogeree')",
    "median(slot.hours where slot.date in P)",
    "count_distinct(iso_week(slot.date) where slot.outcome in ('ouvert','ferme_autre'))",
    "count(slot.id where weekday(slot.date) in (6,7) or hour(slot.start_time) >= 18)",
    "count(slot.id where not (slot.date in P) and month(slot.date) = month(E))",
    "sum(days_between(slot.date, last_day(slot.date)) where slot.date in last 10 days)",
    "count_distinct(presence.person_id where presence.date in P)",
    "count_distinct(presence.person_id + presence.date where presence.date in P)",
    "sum(presence.head_count where presence.person_id is null and presence.activity_id is null)",
    "count(presence.date where presence.category not in ('invite','proche'))",
    "count(presence.date where presence.slot_id = slot.id and slot.outcome = 'ouvert')",
    "sum(presence.head_count where presence.activity_id = activity.id and activity.date in P)",
    "count_distinct(presence.person_id where weeks_present(presence.person_id, presence.date, P)"
    " >= 0.75 * weeks_open(slot.date, slot.outcome, P))",
    "count_distinct(presence.person_id where"
    " days_present(presence.person_id, presence.date, last 15 days) >= 2)",
    "count_distinct(presence.person_id where"
    " has_row(membership.person_id, membership.year = year(E) or membership.is_first = true))",
    "count(presence.date where has_row(slot.date = presence.date, slot.outcome = 'ouvert'))",
    "count_distinct(membership.person_id where membership.year = year(E) and"
    " has_row(membership.person_id, membership.year = year(E) - 1))",
    "count_distinct(membership.person_id where"
    " no_presence(presence.person_id, presence.date, last 20 days))",
    "median(years_between(min(membership.started_on per membership.person_id), E))",
    "sum(years_between(membership.started_on, E))",
    "count(activity.id where activity.idea_from is not null and activity.date in P)",
    "count(activity.id where has_row(presence.activity_id = activity.id))",
    "count(activity.id where count(presence.date where presence.activity_id = activity.id) >= 2)",
    "count(activity.id where count_distinct(slot.date where slot.date in P) > 2)",
    "max(0, sum(slot.hours where slot.date in P) - sum(activity.hours where activity.date in P))",
    "count(slot.id where slot.date in P) / count(presence.date where presence.date in P)",
    "count(slot.id) >= 3 and count(presence.date) >= 3 or sum(slot.hours) < 10",
)
FIRST = date(2023, 12, 18)
days = st.integers(0, 40).map(lambda number: FIRST + timedelta(days=number))
who = st.one_of(st.none(), st.integers(0, 3))
slots = st.lists(
    st.tuples(
        days,
        st.integers(8, 20),
        st.sampled_from([Decimal("0.5"), Decimal("2"), Decimal("3.25")]),
        st.sampled_from(["avec_salarie", "autogeree"]),
        st.sampled_from(["", "ouvert", "ferme_salarie_absent", "ferme_conge", "ferme_autre"]),
    ),
    max_size=7,
    unique_by=lambda slot: slot[:2],
)
activities = st.lists(
    st.tuples(days, st.sampled_from(["", "adherents", "salaries"]), st.sampled_from([1, 2])),
    max_size=4,
)
presences = st.lists(
    st.tuples(
        days,
        who,
        st.sampled_from(["adherent", "decouverte", "invite", "proche"]),
        st.integers(1, 5),
        st.one_of(st.none(), st.integers(0, 6)),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    max_size=9,
)
memberships = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from([2022, 2023, 2024]),
        st.dates(date(2020, 2, 27), date(2020, 3, 2)) | days,
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one[:2],
)
periods = st.tuples(days, st.integers(0, 30)).map(
    lambda drawn: Period(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)


class TestAgainstNaive(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(slots, activities, presences, memberships, st.lists(periods, min_size=1, max_size=3))
    def test_same_results(
        self,
        slot_rows: list[Any],
        activity_rows: list[Any],
        presence_rows: list[Any],
        membership_rows: list[Any],
        asked: list[Period],
    ) -> None:
        gem = make_gem()
        rows = _life(gem, slot_rows, activity_rows, presence_rows, membership_rows)
        _life(make_gem(), slot_rows[:2], activity_rows[:1], presence_rows[:3], [])
        today = FIRST + timedelta(days=30)
        moments = [Moment(period, today) for period in asked]
        computed = _by_database(gem, moments)
        for moment, values in zip(moments, computed, strict=True):
            for text, value in zip(FORMULAS, values, strict=True):
                expected = Naive(rows, moment.period, today).value(parse(text), {})
                assert _close(value, expected), (text, str(moment.period), value, expected)


def _by_database(gem: Gem, moments: list[Moment]) -> list[list[Value]]:
    compiler = Compiler(DIALECTS[connection.vendor], dict(registered_fields()), {})
    computations = [plan(parse(text), compiler) for text in FORMULAS]
    sql, params = statement(compiler, gem.pk, moments)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return [
        [compute(row[1:], moment) for compute in computations]
        for row, moment in zip(found, moments, strict=True)
    ]


def _close(value: Any, expected: Any) -> bool:
    if value is None or expected is None or isinstance(expected, bool):
        return value is expected
    return abs(Decimal(value) - Decimal(expected)) < Decimal("0.00001")


def _life(
    gem: Gem, slots: list[Any], activities: list[Any], presences: list[Any], members: list[Any]
) -> Rows:
    """Write the rows of a life, and return the same as plain dictionaries."""
    people = [make_person(gem, name, "") for name in ("Ana", "Ben", "Cléo", "Dina")]
    made_slots = [
        Slot.objects.create(
            gem=gem, date=day, starts_at=time(hour), hours=hours, animation=way, outcome=outcome
        )
        for day, hour, hours, way, outcome in slots
    ]
    made_activities = [
        Activity.objects.create(
            gem=gem, date=day, title="Atelier", starts_at=time(10), hours=hours, idea_from=idea
        )
        for day, idea, hours in activities
    ]
    for person, year, started_on, first in members:
        Membership.objects.create(
            person=people[person], year=year, started_on=started_on, is_first=first
        )
    return {
        "slot": [
            {"id": s.pk, "date": s.date, "start_time": s.starts_at, "hours": s.hours,
             "animation": s.animation, "outcome": s.outcome or "ouvert"}
            for s in made_slots
        ],
        "activity": [
            {"id": a.pk, "date": a.date, "hours": a.hours, "idea_from": a.idea_from or None}
            for a in made_activities
        ],
        "membership": [
            {"person_id": people[person].pk, "year": year, "started_on": started_on,
             "is_first": first}
            for person, year, started_on, first in members
        ],
        "presence": _presences(gem, presences, people, made_slots, made_activities),
    }  # fmt: skip


def _presences(
    gem: Gem,
    presences: list[Any],
    people: list[Person],
    slots: list[Slot],
    activities: list[Activity],
) -> list[dict[str, Any]]:
    """Rows that the day sheet would refuse (twice the same person a day…) are left out."""
    made: dict[tuple[Any, ...], dict[str, Any]] = {}
    for day, number, category, heads, slot_number, activity_number in presences:
        person = people[number] if number is not None else None
        activity = _pick(activities, activity_number)
        slot = _pick(slots, slot_number)
        key = (person or category, activity or day)
        if key in made:
            continue
        made[key] = {
            "date": day, "person_id": person and person.pk, "category": category,
            "head_count": 1 if person else heads, "slot_id": slot and slot.pk,
            "activity_id": activity and activity.pk,
        }  # fmt: skip
        Attendance.objects.create(gem=gem, **made[key])
    return list(made.values())


def _pick(rows: list[Any], number: int | None) -> Any:
    return rows[number] if number is not None and number < len(rows) else None


@pytest.mark.parametrize("text", FORMULAS)
def test_the_formulas_tried_are_of_the_language(text: str) -> None:
    assert check(parse(text), catalogue().language) in ("number", "bool")
