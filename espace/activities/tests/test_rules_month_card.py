"""Rules of the month card, tried on many cards."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.activities.choices import Section
from espace.activities.rules.month_card import (
    CELLS,
    MOST,
    NotANumberError,
    TooManyError,
    changed,
    has_begun,
    left_unanswered,
    merged,
    read_number,
    too_large_parts,
    with_stick,
)
from espace.activities.rules.time_spent import say_minutes, time_spent

numbers = st.integers(0, MOST).map(Decimal)
cards = st.dictionaries(st.sampled_from(CELLS), numbers, max_size=12)


@given(st.integers(0, MOST), st.sampled_from(["", " ", "\u202f"]))
def test_a_number_is_read_as_it_is_written(number: int, space: str) -> None:
    assert read_number(f"{space}{number}{space}") == number


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_nothing_or_told(text: str) -> None:
    try:
        value = read_number(text)
    except (NotANumberError, TooManyError):
        return
    assert value is None or 0 <= value <= MOST


def test_hours_have_tenths_and_the_rest_does_not() -> None:
    assert read_number("2,5", tenths=True) == Decimal("2.5")
    with pytest.raises(NotANumberError):
        read_number("2,5")
    with pytest.raises(NotANumberError):
        read_number("2,55", tenths=True)
    with pytest.raises(TooManyError):
        read_number("10000")


@given(cards, cards, cards)
def test_only_what_moved_is_written(seen: dict, typed: dict, meanwhile: dict) -> None:
    after = merged(meanwhile, changed(seen, typed, CELLS))
    for cell in CELLS:
        left_alone = typed.get(cell) == seen.get(cell)
        assert after.get(cell) == (meanwhile if left_alone else typed).get(cell)


@given(cards, cards)
def test_the_same_press_twice_changes_nothing_more(seen: dict, typed: dict) -> None:
    once = merged(seen, changed(seen, typed, CELLS))
    assert merged(once, changed(seen, typed, CELLS)) == once == typed


@given(cards)
def test_a_card_without_its_wrong_parts_is_right(values: dict) -> None:
    wrong = too_large_parts(values)
    assert too_large_parts({cell: n for cell, n in values.items() if cell not in wrong}) == ()


@given(cards, st.sets(st.sampled_from(Section.values)), st.booleans())
def test_each_part_is_answered_once(values: dict, unknown: set, with_tensions: bool) -> None:
    left = left_unanswered(values, unknown, with_tensions=with_tensions)
    written = {cell.section for cell in values}
    assert not set(left) & written
    assert not {one.value for one in left} & unknown
    assert with_tensions or Section.TENSIONS not in left


@given(cards, st.sampled_from(CELLS), st.sampled_from([-1, 1]))
def test_sticks_stay_between_zero_and_the_most(values: dict, cell, by: int) -> None:
    assert 0 <= with_stick(values, cell, by) <= MOST


def test_a_month_begins_on_its_first_day() -> None:
    assert has_begun(date(2026, 11, 1), date(2026, 11, 1))
    assert not has_begun(date(2026, 12, 1), date(2026, 11, 30))


@given(st.lists(st.none() | st.integers(0, 600), max_size=12))
def test_a_month_not_said_is_in_no_sum(minutes: list) -> None:
    found = time_spent(minutes, days=4, cards=1)
    said = [one for one in minutes if one is not None]
    assert (found.months_said, found.spent) == (len(said), sum(said))
    assert (found.usual is None) == (not said)
    assert found.saved == 4 * 3 + 20


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0 min"), (59, "59 min"), (60, "1 h"), (125, "2 h 05")]
)
def test_minutes_in_words(minutes: int, text: str) -> None:
    assert say_minutes(minutes) == text
