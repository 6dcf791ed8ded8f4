"""The rules draw the same life from the same seed, whatever the day."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from espace.demonstration.rules.calendar import first_day, month_starts, opening_days
from espace.demonstration.rules.closures import Closure, closure_of, public_holidays
from espace.demonstration.rules.network import MAIN, NETWORK, week
from espace.demonstration.rules.people import characters
from espace.demonstration.rules.programme import weekly_programme

a_day = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(a_day)
def test_eighteen_whole_months_lie_behind_any_day(today):
    first = first_day(today)
    months = month_starts(first, today)
    assert len(months) == 18
    assert months[0] == first
    assert all(month.day == 1 for month in months)
    assert (months[-1] + timedelta(days=32)).replace(day=1) == today.replace(day=1)


@given(a_day, st.sampled_from(NETWORK))
def test_openings_fall_on_their_week_days(today, portrait):
    found = opening_days(portrait.openings, portrait.habits, today, today + timedelta(days=13))
    assert len(found) == 2 * len(portrait.openings)
    assert all(each.date.isoweekday() == each.opening.weekday for each in found)


def test_easter_moves_and_members_open_when_the_employee_is_ill():
    assert date(2026, 4, 6) in public_holidays(2026, overseas=False)
    assert date(2026, 12, 20) in public_holidays(2026, overseas=True)
    assert date(2026, 12, 20) not in public_holidays(2026, overseas=False)
    monday = date.fromisocalendar(2026, MAIN.habits.ill_week, 1)
    assert closure_of(monday, MAIN.habits, member_run=False) == Closure.STAFF_ILL
    assert closure_of(monday, MAIN.habits, member_run=True) is None


def test_a_week_is_read_with_its_member_run_openings():
    openings = week("1 10:00-17:30,6 14:00-17:00*")
    assert [(each.weekday, each.hours, each.member_run) for each in openings] == [
        (1, 7.5, False),
        (6, 3.0, True),
    ]


@given(st.integers(0, 10_000), a_day, st.sampled_from(NETWORK))
def test_the_same_seed_draws_the_same_people_and_no_one_joins_tomorrow(seed, today, portrait):
    small = replace(portrait, people=20)
    days = [today - timedelta(days=gap) for gap in range(200, 0, -2)]
    people = characters(small, days, today, Random(seed))
    assert people == characters(small, days, today, Random(seed))
    assert len({(each.first_name, each.initial, each.number) for each in people}) == 20
    for each in people:
        assert all(adhesion.started_on <= today for adhesion in each.memberships)
        assert sum(adhesion.is_first for adhesion in each.memberships) <= 1


@given(st.integers(0, 10_000), st.sampled_from(NETWORK))
def test_weekly_activities_end_before_the_place_closes(seed, portrait):
    for each in weekly_programme(portrait, Random(seed)):
        start = each.starts_at.hour + each.starts_at.minute / 60
        closing = [
            opening.starts_at.hour + opening.starts_at.minute / 60 + opening.hours
            for opening in portrait.openings
            if opening.weekday == each.weekday
        ]
        assert any(start + each.idea.hours <= end for end in closing)
