"""Rules of the card: hours that do not overlap, two organisations or a reason."""

from datetime import time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.groups.rules.opening_hours import (
    Hours,
    HoursProblem,
    problem,
    read_hour,
    weekly_minutes,
)
from espace.groups.rules.partners import needs_reason

a_time = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
some_hours = st.builds(Hours, st.integers(1, 7), a_time, a_time)


def test_openings_of_a_day_may_touch_but_not_overlap():
    morning = Hours(2, time(10), time(12))
    assert problem(Hours(2, time(12), time(14)), [morning]) is None
    assert problem(Hours(2, time(11), time(14)), [morning]) == HoursProblem.OVERLAPS
    assert problem(Hours(3, time(11), time(14)), [morning]) is None
    assert problem(Hours(2, time(12), time(12)), []) == HoursProblem.ENDS_BEFORE


@given(st.lists(some_hours, max_size=12))
def test_a_week_built_one_opening_at_a_time_never_counts_a_minute_twice(wanted):
    week: list[Hours] = []
    for new in wanted:
        if problem(new, week) is None:
            week.append(new)
    minutes = {
        (each.weekday, minute)
        for each in week
        for minute in range(
            each.starts_at.hour * 60 + each.starts_at.minute,
            each.ends_at.hour * 60 + each.ends_at.minute,
        )
    }
    assert weekly_minutes(week) == len(minutes)


@pytest.mark.parametrize("typed", ["14h30", "14 h 30", " 14:30 ", "14.30", "14 H 30", "1430"])
def test_an_hour_is_read_however_it_is_typed(typed):
    assert read_hour(typed) == time(14, 30)


def test_a_round_hour_needs_no_minutes_and_nonsense_is_no_hour():
    assert read_hour("9") == read_hour("9h") == read_hour("09:00") == time(9)
    for typed in ("", "25h", "14h60", "midi", "14h3", "-1", "٣"):
        assert read_hour(typed) is None


def test_two_organisations_or_a_reason():
    one, other = uuid4(), uuid4()
    assert needs_reason(one, one, "")
    assert needs_reason(one, one, " ... ")
    assert not needs_reason(one, one, "Accord ancien, revu en assemblée.")
    assert not needs_reason(one, other, "")
    assert not needs_reason(None, None, "")
