"""What is told of places never gives the figure of one or two GEM, even taken away from above."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.binder.models import StaffPost
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem
from espace.indicators.rules import year_period
from espace.territories.actions import mark_all
from espace.territories.choices import Level
from espace.territories.jobs import refresh_stale
from espace.territories.queries import organisation_figures
from espace.territories.rules import FEWEST_GEM, places_told

CODE, YEAR = "RHU-01", year_period(2026)
COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9), max_size=8)


@given(COUNTS)
def test_what_is_left_untold_is_nobodys_figure(counted: dict[str, int]) -> None:
    told = places_told(counted)
    left = sum(gems for place, gems in counted.items() if place not in told)
    assert all(counted[place] >= FEWEST_GEM for place in told)
    assert left == 0 or left >= FEWEST_GEM or not told


@given(COUNTS)
def test_nothing_is_hidden_without_a_reason(counted: dict[str, int]) -> None:
    if all(gems == 0 or gems >= FEWEST_GEM for gems in counted.values()):
        assert places_told(counted) == {place for place, gems in counted.items() if gems}


def make_gems(departement: str, region: str, count: int, public: str = "psychique") -> None:
    for rank in range(count):
        gem = make_gem(
            f"{departement} {public} {rank}", departement_code=departement, region_code=region,
            public_focus=public, opened_on=date(2020, 1, 1), joined_on=date(2020, 1, 1),
        )  # fmt: skip
        StaffPost.objects.create(
            gem=gem, title="P", kind="salarie", employer="gem", fte=1, started_on=date(2020, 1, 1)
        )


def told(level: Level, places: list[str], public: str = "") -> dict[str, float | None]:
    found = organisation_figures(level, places, YEAR, [CODE], public)
    return {
        place: None if one.value is None else float(one.value)
        for (place, _), one in found.items()
    }  # fmt: skip


@pytest.mark.django_db
def test_one_gem_alone_hides_its_neighbour_too(clock: Callable[[str], Any]) -> None:
    clock("2026-11-20 10:00")
    make_gems("29", "53", 5)
    make_gems("56", "53", 3)
    make_gems("22", "53", 1)
    mark_all()
    refresh_stale("test")
    assert told(Level.DEPARTEMENT, ["29", "56", "22"]) == {"29": 5.0, "56": None, "22": None}
    # The same answer whoever is asked for: a neighbour one does not look at counts too.
    assert told(Level.DEPARTEMENT, ["56"]) == {"56": None}
    assert told(Level.REGION, ["53"]) == {"53": 9.0}


@pytest.mark.django_db
def test_a_region_that_is_not_told_hides_its_departements(clock: Callable[[str], Any]) -> None:
    clock("2026-11-20 10:00")
    make_gems("29", "53", 4)
    make_gems("59", "32", 1)
    make_gems("69", "84", 6)
    mark_all()
    refresh_stale("test")
    assert told(Level.REGION, ["53", "32", "84"]) == {"53": None, "32": None, "84": 6.0}
    assert told(Level.DEPARTEMENT, ["29"]) == {"29": None}
    assert told(Level.NATION, ["FR"]) == {"FR": 11.0}


@pytest.mark.django_db
def test_one_public_is_told_when_the_others_are_not_one_or_two_gem(
    clock: Callable[[str], Any],
) -> None:
    clock("2026-11-20 10:00")
    make_gems("29", "53", 4)
    make_gems("29", "53", 1, "tsa_tnd")
    make_gems("69", "84", 3)
    make_gems("69", "84", 3, "tsa_tnd")
    mark_all()
    refresh_stale("test")
    assert told(Level.REGION, ["53", "84"], "psychique") == {"53": None, "84": 3.0}
    assert told(Level.REGION, ["53", "84"], "tsa_tnd") == {"53": None, "84": None}
    assert told(Level.NATION, ["FR"], "tsa_tnd") == {"FR": 4.0}
    assert Gem.objects.count() == 11


@pytest.mark.django_db
def test_a_yes_or_no_of_gem_is_told_in_percent_of_them(clock: Callable[[str], Any]) -> None:
    clock("2026-11-20 10:00")
    make_gems("29", "53", 4)
    Gem.objects.filter(pk__in=list(Gem.objects.values_list("pk", flat=True)[:3])).update(
        association_state="declaree"
    )
    Gem.objects.filter(association_state="").update(association_state="absente")
    mark_all()
    refresh_stale("test")
    (one,) = organisation_figures(Level.NATION, ["FR"], YEAR, ["DEM-19"]).values()
    assert (one.value, one.gems) == (75, 4)
