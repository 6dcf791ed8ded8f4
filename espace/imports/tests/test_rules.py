"""Decisions of the imports, on values only."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.imports.reading import Category
from espace.imports.rules import records as rules
from espace.imports.tests.factories import make_reading

MONDAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("label", "first_name", "initial"),
    [
        ("Nadia B.", "Nadia", "B"),
        ("Nadia B. (2)", "Nadia", "B"),
        ("Jean-Pierre D.", "Jean-Pierre", "D"),
        ("Zoé", "Zoé", ""),
        ("Zoé (3)", "Zoé", ""),
        ("🌻 Fleur Œ.", "🌻 Fleur", "Œ"),
        ("Marie Line T.", "Marie Line", "T"),
        ("  Ali  ", "Ali", ""),
        ("", "", ""),
    ],
)
def test_a_label_is_split_into_first_name_and_initial(label, first_name, initial) -> None:
    assert rules.name_of(label) == rules.Name(first_name, initial)


@given(st.text(max_size=120))
def test_a_name_always_fits_the_roll(label: str) -> None:
    name = rules.name_of(label)
    assert len(name.first_name) <= 40
    assert len(name.initial) <= 2


def test_people_of_the_roll_are_found_by_their_whole_label() -> None:
    nadia, second = uuid4(), uuid4()
    roll = {"nadia b.": nadia, "nadia b. (2)": second}
    labels = [(0, "Nadia B. (2)"), (1, "Nadia"), (2, "NADIA B."), (3, "Nadia B.")]
    assert rules.known_people(labels, roll) == {0: second, 2: nadia}


@given(
    st.lists(st.sampled_from(["Ali", "Ali B.", "Ali B. (2)", "Zoé C."]), max_size=8),
    st.sets(st.sampled_from(["ali", "ali b.", "ali b. (2)", "zoé c."])),
)
def test_nobody_of_the_roll_is_taken_twice(labels: list[str], roll: set[str]) -> None:
    ids: dict[str, UUID] = {key: uuid4() for key in roll}
    found = rules.known_people(list(enumerate(labels)), ids)
    assert len(set(found.values())) == len(found)


def test_a_file_with_fewer_homonyms_than_the_roll_says_so() -> None:
    roll = ["Élodie L.", "Élodie L. (2)", "Karim J."]
    assert rules.crowded_labels(["Élodie L.", "Karim J."], roll) == ("Élodie L.",)
    assert rules.crowded_labels(["Élodie L.", "Élodie L. (2)"], roll) == ()


def test_people_of_a_first_import_were_already_there() -> None:
    assert rules.first_seen(MONDAY, None) is None


@given(st.dates(), st.dates())
def test_a_newcomer_is_someone_seen_since_the_gem_counts(first: date, gem_first: date) -> None:
    assert rules.first_seen(first, gem_first) == (first if first >= gem_first else None)


@given(st.dates() | st.none(), st.dates(), st.dates() | st.none())
def test_a_first_coming_only_moves_back(kept, first, gem_first) -> None:
    corrected = rules.corrected_first_seen(kept, first, gem_first)
    if kept is None or first >= kept:
        assert corrected == kept
    else:
        assert corrected in (None, first)


def test_with_sticks_the_presences_of_a_day_become_one_number() -> None:
    tuesday = MONDAY + timedelta(days=1)
    reading = make_reading(
        {"Nadia B.": [MONDAY, tuesday], "Karim J.": [MONDAY]},
        visitors={MONDAY: 3},
        heads={tuesday: 5},
    )
    what = rules.attended(reading, with_names=False)
    assert what.presences == ()
    assert what.heads == {
        (MONDAY, "adherent"): 2,
        (tuesday, "adherent"): 5,
        (MONDAY, Category.DISCOVERY.value): 3,
    }


def test_a_count_is_completed_never_added_twice() -> None:
    what = rules.Attended((), {(MONDAY, "adherent"): 8, (MONDAY, "decouverte"): 2})
    already = {(MONDAY, "adherent"): 5, (MONDAY, "decouverte"): 4}
    assert rules.missing_heads(what, already, {}) == 3
    assert rules.missing_heads(what, {}, {MONDAY: 6}) == 4


def test_the_preview_has_one_line_a_month_and_beyond_eighteen_one_a_year() -> None:
    short = make_reading({"Nadia B.": [MONDAY, date(2026, 10, 1)], "Ali": [MONDAY]})
    assert rules.months_of(short) == (
        rules.MonthLine(date(2026, 9, 1), 1, 2, 2, 0),
        rules.MonthLine(date(2026, 10, 1), 1, 1, 1, 0),
    )
    days = [date(2024 + n // 12, n % 12 + 1, 2) for n in range(24)]
    assert rules.months_of(make_reading({"Ali": days})) == (
        rules.MonthLine(date(2024, 1, 1), 12, 1, 12, 0, whole_year=True),
        rules.MonthLine(date(2025, 1, 1), 12, 1, 12, 0, whole_year=True),
    )


def test_at_most_three_questions_and_the_roll_comes_first() -> None:
    asked = rules.questions_to_ask(make_reading({}), ["Nadia B.", "Karim J."])
    assert [question.id for question in asked] == [rules.KNOWN_LABELS]
    assert "2 prénoms" in asked[0].text
    alone = rules.questions_to_ask(make_reading({}), ["Nadia B."])
    assert "Nadia B. du fichier" in alone[0].text
    assert rules.questions_to_ask(make_reading({}), []) == ()
