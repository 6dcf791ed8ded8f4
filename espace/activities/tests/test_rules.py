"""Rules of the day sheet, the months and the series, without a database."""

from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.activities.rules import moments
from espace.activities.rules.months import may_finish, month_to_finish, what_is_missing
from espace.activities.rules.recurrence import pattern
from espace.activities.rules.series import (
    Rhythm,
    follows_usual_hours,
    occurrences,
    weekly_rule,
)
from espace.activities.rules.sheet import (
    MOST_HEADS,
    Cell,
    DayState,
    Now,
    Opening,
    OpenNow,
    day_state,
    differences,
    new_count,
    open_now,
    opening_for,
)

DAYS = st.dates(date(2005, 1, 1), date(2100, 12, 31))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10h30", time(10, 30)),
        ("10 h 30", time(10, 30)),
        ("10h", time(10)),
        ("9 h", time(9)),
        ("10:30", time(10, 30)),
        ("10.30", time(10, 30)),
        ("1030", time(10, 30)),
        ("14", time(14)),
        ("10 H 30 min", time(10, 30)),
        ("0h", time(0)),
        ("25h", None),
        ("10h75", None),
        ("midi", None),
        ("", None),
        ("10h30m5", None),
        ("999999999", None),
    ],
)
def test_hours_as_people_write_them(text: str, expected: time | None) -> None:
    assert moments.parse_time(text) == expected


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None, fold=0)))
def test_an_hour_said_is_read_back(moment: time) -> None:
    assert moments.parse_time(moments.say_time(moment)) == moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2h", "2"),
        ("1h30", "1.5"),
        ("1 h 30 min", "1.5"),
        ("90 min", "1.5"),
        ("90", "1.5"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("2", "2"),
        ("24", "24"),
        ("45 minutes", "0.75"),
        ("une heure", None),
        ("2 heures et demie", "2.5"),
        ("1h75", None),
        ("5 min", None),
        ("25 h", None),
        ("9999", None),
        ("", None),
    ],
)
def test_durations_as_people_write_them(text: str, expected: str | None) -> None:
    assert moments.parse_duration(text) == (Decimal(expected) if expected else None)


@given(st.integers(15, 24 * 60))
def test_a_duration_said_is_read_back(minutes: int) -> None:
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"))
    read = moments.parse_duration(moments.say_duration(hours))
    assert read is not None
    assert abs(read - hours) <= Decimal("0.01")


@pytest.mark.parametrize(
    "text", ["2026-02-31", "2026-13-01", "hier", "2026-2-3", "20261122", "", "٢٠٢٦-١١-٢٢"]
)
def test_no_such_day(text: str) -> None:
    assert moments.parse_day(text) is None


@pytest.mark.parametrize("text", ["2026-W54", "2026-W00", "2026-46", "0000-W01", ""])
def test_no_such_week(text: str) -> None:
    assert moments.parse_week(text) is None


@given(DAYS)
def test_a_week_is_written_and_read_back(day: date) -> None:
    monday = moments.parse_week(moments.week_code(day))
    assert monday == moments.monday_of(day)
    assert day in moments.days_of_week(monday)


@given(DAYS)
def test_months_follow_each_other(day: date) -> None:
    first = day.replace(day=1)
    assert moments.parse_month(f"{first:%Y-%m}") == first
    assert moments.previous_month(moments.next_month(first)) == first
    assert moments.last_day(day) + timedelta(days=1) == moments.next_month(day)


def test_what_ends_after_midnight_ends_with_its_day() -> None:
    assert moments.end_of(time(20), Decimal(6)) == time(23, 59)
    assert moments.end_of(time(10), Decimal("7.5")) == time(17, 30)


@pytest.mark.parametrize(
    ("day", "opened_on", "finished", "expected"),
    [
        (TODAY, None, False, DayState.WRITABLE),
        (TODAY, None, True, DayState.MONTH_FINISHED),
        (TODAY + timedelta(days=1), None, False, DayState.FUTURE),
        (date(2020, 1, 1), date(2021, 1, 1), False, DayState.BEFORE_OPENING),
        (date(2021, 1, 1), date(2021, 1, 1), False, DayState.WRITABLE),
        (date(1990, 1, 1), None, False, DayState.BEFORE_OPENING),
    ],
)
def test_when_a_day_may_be_written(
    day: date, opened_on: date | None, finished: bool, expected: DayState
) -> None:
    state = day_state(day, today=TODAY, opened_on=opened_on, month_finished=finished)
    assert state is expected


def opening(start: int, hours: int, *, closed: bool = False) -> Opening:
    return Opening(uuid4(), time(start), Decimal(hours), closed)


def test_open_now_in_words() -> None:
    morning, afternoon = opening(10, 2), opening(14, 3)
    both = [afternoon, morning]
    assert open_now(both, time(9)) == OpenNow(Now.LATER, morning)
    assert open_now(both, time(10)) == OpenNow(Now.OPEN, morning)
    assert open_now(both, time(12)) == OpenNow(Now.LATER, afternoon)
    assert open_now(both, time(16, 59)) == OpenNow(Now.OPEN, afternoon)
    assert open_now(both, time(17)) == OpenNow(Now.OVER, afternoon)
    assert open_now([], time(17)).now is Now.NOTHING_PLANNED
    assert open_now([opening(10, 2, closed=True)], time(11)).now is Now.CLOSED


def test_a_presence_belongs_to_the_opening_begun_last() -> None:
    morning, afternoon = opening(10, 2), opening(14, 3)
    both = [afternoon, morning]
    assert opening_for(both, time(9)) == morning.id
    assert opening_for(both, time(13)) == morning.id
    assert opening_for(both, time(18)) == afternoon.id
    assert opening_for(both, None) == morning.id
    assert opening_for([opening(10, 2, closed=True)], time(11)) is None


@given(st.integers(0, MOST_HEADS), st.integers())
def test_a_count_stays_within_reason(count: int, by: int) -> None:
    moved = new_count(count, by)
    assert 0 <= moved <= MOST_HEADS
    assert moved == count + by or moved in (0, MOST_HEADS)


PEOPLE = [UUID(int=n) for n in range(4)]
CELLS = st.sets(
    st.builds(Cell, st.sampled_from(PEOPLE), st.dates(TODAY, TODAY + timedelta(days=2)))
)


@given(CELLS, CELLS, CELLS)
def test_a_typed_grid_never_undoes_what_others_ticked(
    shown: set[Cell], typed: set[Cell], others: set[Cell]
) -> None:
    change = differences(shown, typed)
    after = ((shown | others) - change.did_not_come) | change.came
    assert typed <= after
    assert others - shown <= after
    assert change.came.isdisjoint(change.did_not_come)


@given(CELLS)
def test_a_grid_sent_as_shown_changes_nothing(shown: set[Cell]) -> None:
    change = differences(shown, shown)
    assert not change.came
    assert not change.did_not_come


def test_what_a_month_lacks() -> None:
    days = [date(2026, 11, n) for n in (2, 3, 24, 25)]
    missing = what_is_missing(days, [date(2026, 11, 2)], TODAY)
    assert missing.days_without_count == (date(2026, 11, 3),)
    assert missing.days_to_come == (date(2026, 11, 25),)
    assert not missing.nothing
    assert what_is_missing([TODAY], [], TODAY).nothing


def test_a_month_may_be_finished_from_its_last_three_days() -> None:
    assert not may_finish(date(2026, 11, 1), date(2026, 11, 27))
    assert may_finish(date(2026, 11, 1), date(2026, 11, 28))
    assert may_finish(date(2026, 10, 1), date(2026, 11, 1))


def test_which_month_to_offer() -> None:
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    begun = date(2026, 10, 31)
    assert month_to_finish(TODAY, [], None) is None
    assert month_to_finish(TODAY, [], begun) == october
    assert month_to_finish(TODAY, [], november) is None
    assert month_to_finish(TODAY, [october], begun) is None
    assert month_to_finish(date(2026, 11, 30), [october], begun) == november


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 7), st.integers(1, 8))
def test_every_n_weeks_counts_from_the_first_such_day(day: date, weekday: int, every: int) -> None:
    kept = pattern(weekly_rule(weekday, every), day)
    assert (kept.first_on - day).days == (weekday - day.isoweekday()) % 7
    found = occurrences(Rhythm(kept.rule, kept.first_on), day, day + timedelta(weeks=30))
    assert found == [
        kept.first_on + timedelta(weeks=n)
        for n in range(0, 31, every)
        if kept.first_on + timedelta(weeks=n) <= day + timedelta(weeks=30)
    ]


def test_a_series_ends_and_begins_on_its_own_day() -> None:
    removed = frozenset({date(2026, 12, 17)})
    rhythm = Rhythm(weekly_rule(4, 2), date(2026, 11, 5), date(2026, 12, 31), removed)
    days = occurrences(rhythm, date(2026, 1, 1), date(2027, 1, 1))
    assert days == [date(2026, 11, 5), date(2026, 11, 19), date(2026, 12, 3), date(2026, 12, 31)]
    assert occurrences(rhythm, date(2027, 1, 1), date(2027, 2, 1)) == []


def test_which_openings_follow_the_profile() -> None:
    assert follows_usual_hours("FREQ=WEEKLY", None)
    assert not follows_usual_hours(weekly_rule(6, 2), None)
    assert not follows_usual_hours("FREQ=WEEKLY;BYDAY=SA", date(2026, 12, 24))
    assert not follows_usual_hours("FREQ=MONTHLY", None)
