"""Endings and remarks, on many cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.binder.rules import Ending, Place, Remark, Urgency, ending_soon, remarks, urgency

pytestmark = pytest.mark.fast
TODAY = date(2026, 10, 14)
DAYS = st.integers(-2000, 2000)


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (-1, Urgency.OVER), (0, Urgency.WEEK), (7, Urgency.WEEK), (8, Urgency.MONTH),
        (30, Urgency.MONTH), (31, Urgency.QUARTER), (90, Urgency.QUARTER), (91, Urgency.LATER),
    ],
)  # fmt: skip
def test_marks_are_ninety_thirty_and_seven_days(left: int, found: Urgency) -> None:
    assert urgency(TODAY + timedelta(days=left), TODAY) == found


@given(st.lists(DAYS))
def test_nothing_near_or_over_is_lost(days: list[int]) -> None:
    ends = [Ending(str(rank), TODAY + timedelta(days=each)) for rank, each in enumerate(days)]
    found = ending_soon(ends, TODAY)
    assert sorted(one.what for one in found) == sorted(
        one.what for one, left in zip(ends, days, strict=True) if left <= 90
    )
    assert [one.ends_on for one in found] == sorted(one.ends_on for one in found)


TIES = st.sampled_from(["parrain", "gestionnaire", "partenaire"])
NAMES = st.sampled_from(["Unie", "UNIE ", "Autre", "Encore"])
PLACES = st.lists(st.builds(Place, name=NAMES, tie=TIES, has_agreement=st.booleans()), max_size=5)


@given(PLACES, st.sampled_from(["", "Unie"]), st.sampled_from(["", "unie"]), st.booleans())
def test_remarks_agree_with_their_reasons(
    places: list[Place], sponsor: str, manager: str, brain_injury: bool
) -> None:
    found = remarks(places, sponsor=sponsor, manager=manager, brain_injury=brain_injury)
    sponsored = bool(sponsor) or any(one.tie == "parrain" for one in places)
    assert (Remark.NO_SPONSOR in found) == (not sponsored)
    assert not (brain_injury and Remark.SAME_SPONSOR in found)
    assert len(found) == len(set(found))


def test_the_same_structure_twice_is_seen_whatever_its_letters() -> None:
    places = [Place("Unie", "parrain", True), Place("  UNIE", "gestionnaire", True)]
    assert remarks(places, sponsor="", manager="", brain_injury=False) == [Remark.SAME_SPONSOR]
    assert remarks(places, sponsor="", manager="", brain_injury=True) == []
