"""What is hidden and what is written, whatever the network: checked by code that hides nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from espace.disclosure.rules import published
from espace.disclosure.rules.checks import failures
from espace.disclosure.rules.closing import Closed, GemPeople, Memory, People, close
from espace.disclosure.rules.values import published as written
from espace.disclosure.rules.values import reference

pytestmark = pytest.mark.fast

PLACES = {"01": "84", "26": "84", "69": "84", "2A": "94", "2B": "94", "976": "06", "44": "52"}
small = st.integers(0, 12)
bigger = st.integers(0, 90)


@st.composite
def gem_people(draw: st.DrawFn, rank: int) -> GemPeople:
    counts = draw(st.sampled_from([small, bigger]))
    departement = draw(st.sampled_from(sorted(PLACES)))
    people = {}
    for measure in published.PEOPLE_MEASURES:
        ages = draw(st.tuples(counts, counts, counts, counts))
        women = draw(st.integers(0, sum(ages)))
        men = draw(st.integers(0, sum(ages) - women))
        people[measure] = People(ages, (women, men, sum(ages) - women - men))
    # Whoever came made at least one passage; some came without a name.
    passages = sum(people["ATT-01"].ages) + draw(st.integers(0, 400))
    return GemPeople(f"gem {rank}", PLACES[departement], departement, people, passages)


networks = st.integers(1, 24).flatmap(
    lambda size: st.tuples(*(gem_people(rank) for rank in range(size)))
)


@settings(deadline=None)
@given(st.lists(networks, min_size=1, max_size=3))
def test_no_closing_breaks_its_promises(months: list[tuple[GemPeople, ...]]) -> None:
    memory = Memory()
    for gems in months:
        closed = close(gems, memory)
        assert failures(gems, closed) == []
        memory = closed.memory


def gem(rank: int, departement: str, ages: tuple[int, ...], passages: int = 100) -> GemPeople:
    people = People(ages, (sum(ages), 0, 0))
    measures = dict.fromkeys(published.PEOPLE_MEASURES, people)
    return GemPeople(f"gem {rank}", PLACES[departement], departement, measures, passages)


LARGE = [gem(rank, "69", (40, 40, 40, 40)) for rank in range(4)]
FEW = [gem(9, "01", (3, 4, 2, 1))]


def shown(closed: Closed, table: str) -> dict[str, int | None]:
    return dict(closed.tables[table])


def test_a_small_number_hides_another_so_that_nobody_subtracts() -> None:
    others = [gem(20 + rank, "26", (30, 30, 30, 30)) for rank in range(3)]
    closed = close([*LARGE, *FEW, *others], Memory())
    totals = shown(closed, "ATT-01")
    assert totals == {
        "FR|tous": 1010, "R84|tous": 1010, "D01|tous": None, "D26|tous": None, "D69|tous": 640,
    }  # fmt: skip


def test_what_was_hidden_last_month_is_hidden_again_rather_than_another() -> None:
    """« 26 » is the smaller one; « 69 » was hidden."""
    others = [gem(20 + rank, "26", (30, 30, 30, 30)) for rank in range(3)]
    before = Memory(hidden={"ATT-01": ["D01", "D69"]})
    totals = shown(close([*LARGE, *FEW, *others], before), "ATT-01")
    assert (totals["D69|tous"], totals["D26|tous"]) == (None, 360)


def test_a_true_zero_looks_like_a_hidden_number_and_hides_nobody() -> None:
    nobody = gem(9, "01", (0, 0, 0, 0), passages=0)
    totals = shown(close([*LARGE, nobody], Memory()), "ATT-01")
    assert (totals["D01|tous"], totals["D69|tous"]) == (None, 640)


def test_a_gem_that_stands_alone_or_with_one_other_is_never_shown() -> None:
    for count in (1, 2):
        alone = [gem(rank, "2A", (50, 50, 50, 50)) for rank in range(count)]
        totals = shown(close([*LARGE, *alone], Memory()), "ATT-01")
        assert (totals["D2A|tous"], totals["R94|tous"]) == (None, None)


def test_one_gem_cannot_find_its_neighbours() -> None:
    """Three GEM; the two small ones hold ten people together."""
    uneven = [
        gem(1, "44", (60, 60, 60, 60)),
        gem(2, "44", (2, 1, 1, 1)),
        gem(3, "44", (1, 2, 1, 1)),
    ]
    assert shown(close([*LARGE, *uneven], Memory()), "ATT-01")["D44|tous"] is None


def test_a_row_is_hidden_whole() -> None:
    uneven = [gem(rank, "44", (40, 40, 40, 1)) for rank in range(4)]
    closed = close([*LARGE, *uneven], Memory())
    row = {cell: value for cell, value in shown(closed, "ATT-01-age").items() if "R52" in cell}
    assert len(row) == 4
    assert set(row.values()) == {None}
    wider = shown(closed, "ATT-01-age-dep")
    assert wider["D44|50_plus_ou_non_dit"] == 160


def test_members_hidden_once_stay_hidden_until_the_new_year() -> None:
    first = close([*LARGE, *FEW, *(gem(20 + r, "26", (30,) * 4) for r in range(3))], Memory())
    grown = [*LARGE, *(gem(30 + r, "01", (9,) * 4) for r in range(3)),
        *(gem(20 + r, "26", (30,) * 4) for r in range(3))]  # fmt: skip
    second = close(grown, first.memory)
    assert shown(second, "ATT-01")["D01|tous"] == 110
    assert shown(second, "ADH-01")["D01|tous"] is None
    assert shown(close(grown, first.memory, new_year=True), "ADH-01")["D01|tous"] == 110


# --- Values ---


@given(st.integers(15, 100_000))
def test_a_written_number_is_a_ten_near_its_count(count: int) -> None:
    value = written(count)
    assert value % 10 == 0
    assert value >= 20
    assert abs(value - count) <= 5


@given(st.integers(15, 500), st.integers(15, 500))
def test_a_written_number_stays_while_little_moves(before: int, count: int) -> None:
    kept = reference(count, before)
    assert abs(kept - count) < 3
    assert kept in (before, count)
    assert reference(count, None) == count


# --- The list of tables ---


def test_the_list_of_tables_is_closed() -> None:
    """A new table needs its place in the audit, and a reason here."""
    assert [one.name for one in published.TABLES] == [
        "ATT-01", "ATT-01-age", "ATT-01-age-dep", "ATT-01-sexe",
        "ADH-01", "ADH-01-age", "ADH-01-age-dep", "ADH-01-sexe", "ATT-02",
    ]  # fmt: skip
