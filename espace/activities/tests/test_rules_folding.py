"""When first names go, and what stays: rules alone."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.activities.rules.folding import (
    Names,
    Presence,
    folded,
    folds_on,
    may_be_folded,
    months_after,
    to_fold,
)
from espace.activities.rules.moments import last_day

MARCH = date(2025, 3, 1)
ANA, BEN = UUID(int=1), UUID(int=2)
POTTERY = UUID(int=7)
months = st.dates(date(2005, 1, 1), date(2090, 12, 31)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("finished_on", "year_is_finished", "expected"),
    [
        (date(2025, 4, 3), True, date(2026, 5, 3)),  # 13 months after the gesture
        (date(2025, 3, 29), True, date(2026, 4, 29)),  # finished in its last days
        (date(2025, 4, 3), False, date(2026, 7, 31)),  # the year waits: 16 months at the latest
        (None, False, date(2026, 7, 31)),  # never finished
        (date(2026, 2, 1), True, date(2026, 7, 31)),  # finished very late: no later than others
    ],
)
def test_the_day_the_names_of_a_month_go(finished_on, year_is_finished, expected):
    assert folds_on(Names(MARCH, finished_on), year_is_finished=year_is_finished) == expected


def test_a_file_that_may_be_taken_back_keeps_its_names_until_then():
    names = Names(MARCH, date(2025, 4, 3), keep_until=date(2027, 1, 5))
    assert folds_on(names, year_is_finished=True) == date(2027, 1, 5)


def test_one_month_not_finished_keeps_its_whole_year_waiting():
    year = [Names(date(2025, month, 1), date(2025, month, 28)) for month in (1, 2, 3)]
    today = date(2026, 3, 30)
    assert to_fold(year, today) == (date(2025, 1, 1), date(2025, 2, 1))
    assert to_fold([*year, Names(date(2025, 11, 1), None)], today) == ()
    assert to_fold([*year, Names(date(2024, 11, 1), None)], today) == (
        date(2024, 11, 1), date(2025, 1, 1), date(2025, 2, 1),
    )  # fmt: skip
    only_on_the_roll = Names(date(2025, 11, 1), None, noted=False)
    assert to_fold([*year, only_on_the_roll], today) == (date(2025, 1, 1), date(2025, 2, 1))


@given(months, st.integers(-2, 900), st.booleans())
def test_names_go_between_13_and_16_months(month, late, year_is_finished):
    """Never before 13 months, never after 16: what « Vos données » promises."""
    names = Names(month, last_day(month) + timedelta(days=late))
    due = folds_on(names, year_is_finished=year_is_finished)
    assert months_after(last_day(month) - timedelta(days=2), 13) <= due
    assert due <= months_after(last_day(month), 16)
    assert may_be_folded(month, due)
    assert not may_be_folded(month, months_after(last_day(month), 12))


@given(months, st.integers(-2, 900), st.booleans())
def test_when_a_month_goes_every_period_that_reads_it_is_over(month, late, year_is_finished):
    """Its year is over, and so is any month, quarter or year that begins at most 30 days later."""
    names = Names(month, last_day(month) + timedelta(days=late))
    due = folds_on(names, year_is_finished=year_is_finished)
    assert due > date(month.year, 12, 31)
    next_start = last_day(month) + timedelta(days=1)
    if next_start.month == 1:
        assert due > date(next_start.year, 12, 31)
    assert due > months_after(next_start, 3)


def test_a_person_counts_once_a_day_whatever_they_did():
    day = date(2025, 3, 4)
    rows = [
        Presence(ANA, day, None, "adherent", None),
        Presence(ANA, day, POTTERY, "adherent", None),
        Presence(BEN, day, POTTERY, "adherent", None),  # never ticked for the day itself
    ]
    heads = {(place.activity_id, place.slot_id): n for place, n in folded(rows).items()}
    assert heads == {(None, None): 2, (POTTERY, None): 2}
