"""How figures add up, against the plainest sums."""

from datetime import date
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.indicators.queries import Summed
from espace.indicators.rules import Measure, State, month_period, parse_period
from espace.territories import rules
from espace.territories.rules import PlaceSums, Rollup

pytestmark = pytest.mark.fast

MARCH = month_period(date(2026, 3, 1))
KNOWN = {
    "SUM": Summed(Rollup.SUM, False, 1),
    "RATIO": Summed(Rollup.RATIO_OF_SUMS, False, 100),
    "MEDIAN": Summed(Rollup.MEDIAN_OF_GEMS, False, 1),
    "SHARE": Summed(Rollup.SHARE_OF_GEMS, False, 100),
    "PLACES": Summed(Rollup.DISTINCT, False, 1),
}
numbers = st.integers(min_value=0, max_value=10**12)
gem_cells = st.fixed_dictionaries(
    {}, optional={code: st.tuples(numbers, numbers, st.integers(0, 1)).map(list) for code in KNOWN}
)
networks = st.lists(st.tuples(st.sampled_from(["01", "26", "69", "2A"]), gem_cells), max_size=25)


def measured(value: Decimal | bool | None, state: State = State.OK, **parts: Decimal) -> Measure:
    return Measure("X", MARCH, value, parts.get("above", value), parts.get("below"), None, state)


# --- From a GEM ---


@pytest.mark.parametrize(
    ("state", "people", "counted"),
    [
        (State.OK, True, [7_000_000, 0, 1]),
        (State.OK, False, [7_000_000, 0, 1]),
        (State.RUNNING, False, [7_000_000, 0, 0]),
        (State.RUNNING, True, None),
        (State.NAMES_GONE, False, None),
    ],
)
def test_figures_of_people_wait_for_the_month_to_be_finished(
    state: State, people: bool, counted: list[int] | None
) -> None:
    how = Summed(Rollup.SUM, people, 1)
    assert rules.gem_cell(how, measured(Decimal(7), state)) == counted


def test_what_a_gem_does_not_know_is_not_a_zero() -> None:
    assert rules.gem_cell(KNOWN["SUM"], measured(None, State.EMPTY)) is None
    assert rules.gem_cell(Summed(Rollup.NONE, True, 1), measured(Decimal(3))) is None


def test_a_ratio_leaves_the_gem_as_its_two_sides() -> None:
    one = measured(Decimal(50), above=Decimal("1.5"), below=Decimal(3))
    assert rules.gem_cell(KNOWN["RATIO"], one) == [1_500_000, 3_000_000, 1]
    assert rules.gem_cell(KNOWN["MEDIAN"], one) == [50_000_000, 0, 1]


def test_a_yes_is_one_gem_out_of_one() -> None:
    assert rules.gem_cell(KNOWN["SHARE"], measured(True)) == [1_000_000, 1_000_000, 1]
    assert rules.gem_cell(KNOWN["SHARE"], measured(False)) == [0, 1_000_000, 1]


# --- To the nation ---


@given(networks)
def test_the_nation_is_the_sum_of_its_gem_whatever_the_way(
    network: list[tuple[str, dict[str, list[int]]]],
) -> None:
    by_place: dict[str, list[dict[str, list[int]]]] = {}
    for place, cells in network:
        by_place.setdefault(place, []).append(cells)
    departements = [rules.departement_figures(KNOWN, gems) for gems in by_place.values()]
    regions = [
        rules.figures_above(KNOWN, [one for one in half if one])
        for half in (departements[:2], departements[2:])
    ]
    nation = rules.figures_above(KNOWN, [one for one in regions if one])
    if not network:
        assert nation is None
        return
    assert nation
    assert nation.gems == len(network)
    assert nation == rules.figures_above(KNOWN, [one for one in departements if one])
    for code in KNOWN:
        cells = [cells[code] for _, cells in network if code in cells]
        if not cells:
            assert code not in nation.cells
            continue
        found = nation.cells[code]
        assert found[-2:] == [len(cells), sum(cell[2] for cell in cells)]
        if code == "MEDIAN":
            assert abs((found[0] or 0) - Decimal(median(cell[0] for cell in cells))) < 1
        elif code == "PLACES":
            places = {place for place, cells in network if cells.get(code, [0])[0] > 0}
            if all(cell[0] in (0, 1_000_000) for cell in cells):
                assert found[0] == 1_000_000 * len(places)
        else:
            assert found[:2] == [sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)]


def test_quartiles_come_from_eight_gem_on() -> None:
    seven = [{"MEDIAN": [value * 1_000_000, 0, 1]} for value in range(7)]
    few = rules.departement_figures(KNOWN, seven)
    more = rules.departement_figures(KNOWN, [*seven, {"MEDIAN": [7_000_000, 0, 0]}])
    assert few
    assert more
    assert few.cells["MEDIAN"] == [3_000_000, None, None, 7, 7]
    assert more.cells["MEDIAN"] == [3_500_000, 1_750_000, 5_250_000, 8, 7]
    said = rules.figure(KNOWN["MEDIAN"], more.cells["MEDIAN"])
    assert (said.value, said.first_quartile, said.third_quartile) == (
        Decimal("3.5"), Decimal("1.75"), Decimal("5.25"),
    )  # fmt: skip


def test_a_code_that_left_the_catalogue_adds_to_nothing() -> None:
    below = rules.departement_figures(KNOWN, [{"GONE": [1, 1, 1], "SUM": [1, 0, 1]}])
    assert below
    assert set(below.cells) == {"SUM"}
    above = rules.figures_above(KNOWN, [PlaceSums(1, {"GONE": [1, 1, 1, 1]}, {})])
    assert above
    assert above.cells == {}


def test_a_figure_of_a_place_says_how_many_gem_are_counted() -> None:
    ratio = rules.figure(KNOWN["RATIO"], [1_000_000, 4_000_000, 3, 2])
    assert (ratio.value, ratio.gems, ratio.finished) == (25, 3, 2)
    assert rules.figure(KNOWN["RATIO"], [0, 0, 3, 2]).value is None
    assert rules.figure(KNOWN["SUM"], [2_500_000, 0, 2, 0]).value == Decimal("2.5")
    assert rules.figure(KNOWN["SUM"], None) == rules.Figure(None, 0, 0)


# --- Periods ---


def test_periods_are_kept_while_the_gem_is_there() -> None:
    kept = rules.kept_periods(date(2026, 2, 10), date(2025, 11, 20), None)
    assert [str(one) for one in kept] == [
        "2025-11", "2025-12", "2025-T4", "2025", "2026-01", "2026-02", "2026-T1", "2026",
    ]  # fmt: skip
    closed = rules.kept_periods(date(2026, 2, 10), date(2025, 11, 20), date(2025, 12, 1))
    assert [str(one) for one in closed] == ["2025-11", "2025-12", "2025-T4", "2025"]
    assert str(rules.kept_periods(date(2026, 2, 10))[0]) == "2021-01"


def test_a_fact_changes_its_month_and_what_follows() -> None:
    kept = rules.kept_periods(date(2026, 4, 10), date(2026, 1, 1))
    stale = rules.stale_since(kept, date(2026, 3, 20))
    assert [str(one) for one in stale] == ["2026-03", "2026-04", "2026-T1", "2026-T2", "2026"]
    assert parse_period("2026-02") not in stale
    assert rules.first_of_last_month(date(2026, 1, 15)) == date(2025, 12, 1)
