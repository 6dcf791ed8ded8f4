"""Places and waiting lists."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from espace.activities.rules.signups import Standing, has_list, is_open, seats_left, standing

TODAY = date(2026, 11, 24)
SEATS = st.one_of(st.none(), st.integers(0, 30))


@given(st.integers(0, 60), SEATS)
def test_places_are_never_promised_twice(asked: int, seats: int | None) -> None:
    found = [standing(position, seats) for position in range(1, asked + 1)]
    seated = [one for one in found if one.has_place]
    waiting = [one.waiting_number for one in found if not one.has_place]
    if seats is None:
        assert len(seated) == asked
        assert seats_left(asked, seats) is None
        return
    assert len(seated) == min(asked, seats)
    assert waiting == list(range(1, asked - len(seated) + 1))
    assert seats_left(asked, seats) == seats - len(seated)


@given(st.integers(2, 60), st.integers(1, 30))
def test_a_place_given_back_goes_to_whoever_waits_first(position: int, seats: int) -> None:
    before, after = standing(position, seats), standing(position - 1, seats)
    assert after.waiting_number == max(0, before.waiting_number - 1)


def test_someone_who_waited_learns_that_a_place_came_free() -> None:
    assert Standing(0, waited=True).place_came_free
    assert not Standing(0).place_came_free
    assert not Standing(2, waited=True).place_came_free


def test_a_number_of_places_always_makes_a_list() -> None:
    assert has_list(8, False)
    assert has_list(None, True)
    assert not has_list(None, False)


def test_one_may_ask_until_the_day_is_over() -> None:
    assert is_open(TODAY, TODAY, cancelled=False)
    assert not is_open(TODAY, TODAY + timedelta(days=1), cancelled=False)
    assert not is_open(TODAY, TODAY, cancelled=True)
