"""Rules of surveys, on many cases: nothing shown names anybody, and a draw forgets no GEM."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.surveys.rules import (
    Bars,
    Change,
    Showing,
    bars,
    change,
    month_of,
    questionnaire,
    read_answers,
)

pytestmark = pytest.mark.fast
ASKED = questionnaire()
FIRST, LONELY = ASKED.questions[0], ASKED.questions[-1]
HALVES = ("Plutôt non", "Plutôt oui")
LEVELS = st.lists(st.integers(1, 4), max_size=40)


def shown(low: int, high: int) -> Bars:
    """Return the bars of ``low`` people who rather disagree and ``high`` who rather agree."""
    return bars(FIRST, [1] * low + [4] * high, HALVES)


@given(LEVELS)
def test_no_bar_is_one_or_two_people_and_none_can_be_worked_out(levels: list[int]) -> None:
    found = bars(FIRST, levels, HALVES)
    assert all(count == 0 or count >= 3 for _label, count in found.bars)
    if found.showing is Showing.NOTHING:
        assert (found.bars, found.answers, found.agree) == ((), 0, 0)
    else:
        assert found.answers == len(levels) >= 5
        assert sum(count for _label, count in found.bars) == found.answers
        assert found.agree == sum(1 for level in levels if level >= 3)


@given(LEVELS)
def test_the_order_of_answers_never_matters(levels: list[int]) -> None:
    assert bars(FIRST, levels, HALVES) == bars(FIRST, sorted(levels), HALVES)


@pytest.mark.parametrize(
    ("levels", "showing"),
    [
        ([1, 2, 3, 4], Showing.NOTHING),
        ([4] * 5, Showing.EACH),
        ([1] * 3 + [2] * 3 + [3] * 3 + [4] * 3, Showing.EACH),
        ([1, 2, 2, 3, 3, 4], Showing.HALVES),
        ([1] + [4] * 9, Showing.NOTHING),
        ([2, 2] + [3] * 8, Showing.NOTHING),
    ],
)
def test_how_much_is_shown(levels: list[int], showing: Showing) -> None:
    assert bars(FIRST, levels, HALVES).showing is showing


def test_solitude_is_never_shown_for_a_gem() -> None:
    assert bars(LONELY, [3] * 30, HALVES).showing is Showing.NOTHING


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (shown(20, 5), shown(5, 20), Change.MORE),
        (shown(5, 20), shown(20, 5), Change.LESS),
        (shown(5, 5), shown(4, 6), Change.UNSURE),
        (shown(0, 5), shown(3, 3), Change.LESS),
        (shown(0, 6), shown(0, 9), Change.UNSURE),
        (None, shown(5, 5), Change.UNKNOWN),
        (shown(1, 9), shown(5, 5), Change.UNKNOWN),
    ],
)
def test_a_change_is_said_only_beyond_chance(
    before: Bars | None, after: Bars, found: Change
) -> None:
    assert change(before, after) is found


HALF = st.integers(3, 40)


@given(HALF, HALF, HALF, HALF)
def test_two_years_swapped_say_the_contrary(low: int, high: int, old: int, young: int) -> None:
    one, other = shown(low, high), shown(old, young)
    contrary = {Change.MORE: Change.LESS, Change.LESS: Change.MORE}
    said = change(one, other)
    assert change(other, one) is contrary.get(said, said)
    assert change(one, one) is Change.UNSURE


@given(st.sets(st.uuids(), min_size=1, max_size=60), st.integers(2026, 2040))
def test_each_gem_is_drawn_once_a_year_one_twelfth_a_month(gems: set[object], year: int) -> None:
    names = [str(one) for one in gems]
    drawn = Counter(month_of(name, names, year) for name in names)
    assert sum(drawn.values()) == len(names)
    assert all(1 <= month <= 12 for month in drawn)
    assert max(drawn.values()) - min(drawn.get(month, 0) for month in range(1, 13)) <= 1


@given(st.dictionaries(st.sampled_from([*ASKED.codes, "autre"]), st.text(max_size=3)))
def test_only_levels_that_exist_are_answers(sent: dict[str, str]) -> None:
    read = read_answers(ASKED, sent)
    assert read.keys() <= set(ASKED.codes)
    assert all(1 <= level <= 5 for level in read.values())
    assert read_answers(ASKED, {code: str(level) for code, level in read.items()}) == read


def test_the_ten_questions_are_those_of_the_catalogue() -> None:
    assert len(ASKED.codes) == len(set(ASKED.codes)) == 10
    assert {len(one.levels) for one in ASKED.questions} == {4, 5}
