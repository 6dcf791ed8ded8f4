"""First name and one letter, whatever is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.groups.rules.labels import (
    Label,
    LabelError,
    clean_first_name,
    clean_initial,
    next_number,
    read_label,
    same_label,
    tidy,
)

LETTERS = "abcdefghijklmnopqrstuvwxyzàâäéèêëîïôöùûüçœæñ"
a_word = st.text(LETTERS, min_size=2, max_size=12).map(str.capitalize)


def or_reason(read, text):
    """Return what ``read`` makes of ``text``, or the reason why it makes nothing."""
    try:
        return read(text)
    except LabelError as error:
        return error.reason


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nadia", Label("Nadia", "")),
        ("nadia b", Label("Nadia", "B")),
        ("Nadia B.", Label("Nadia", "B")),
        ("Nadia Le Goff", Label("Nadia", "L")),
        ("Paulo d’Almeida", Label("Paulo", "D")),
        ("Samira El Idrissi", Label("Samira", "E")),
        ("LE GOFF Nadia", Label("Nadia", "L")),
        ("MOREL Jean-Paul", Label("Jean-Paul", "M")),
        ("JEAN-PAUL MOREL", Label("Jean-Paul", "M")),
        ("Jean Pierre M.", Label("Jean Pierre", "M")),
        ("Maëlle Œuvrard", Label("Maëlle", "Œ")),
        ("Hélène élie", Label("Hélène", "É")),
        ("Le Breton", Label("Le Breton", "")),
        ("Le Goff Nadia", Label("Nadia", "L")),
        ("🌻", Label("🌻", "")),
        ("  thi-mai \t n ", Label("Thi-Mai", "N")),
    ],
)
def test_a_name_in_one_field_gives_a_first_name_and_one_letter(typed, kept):
    assert read_label(typed) == kept


@given(a_word, a_word, st.lists(a_word, max_size=2))
def test_no_surname_is_ever_kept(first_name, surname, more):
    label = read_label(" ".join([first_name, surname, *more]))
    if label.first_name.casefold() == first_name.casefold():
        assert label.initial == clean_initial(surname)
    assert len(label.initial) <= 1


@given(st.text(max_size=60))
def test_any_text_gives_a_label_or_a_reason(text):
    label = or_reason(read_label, text)
    if isinstance(label, str):
        assert label in ("empty", "long")
    else:
        assert 1 <= len(label.first_name) <= 40
        assert len(label.initial) <= 1
        assert label.first_name == tidy(label.first_name)


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text):
    once = or_reason(clean_first_name, text)
    if once not in ("empty", "long"):
        assert clean_first_name(once) == once
    assert clean_initial(clean_initial(text)) == clean_initial(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("NADIA", "Nadia"),
        ("jean-paul", "Jean-Paul"),
        ("DJ Momo", "DJ Momo"),
        ("JP", "JP"),
        ("n'deye", "N'Deye"),
        ("Anne-Maëlle", "Anne-Maëlle"),
    ],
)
def test_capitals_are_put_right_only_when_they_are_all_the_same(typed, kept):
    assert clean_first_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "...", "\u200b", "-", "-1", "01/01/1960", "06 12 34 56 78"]
)
def test_an_empty_first_name_is_said(typed):
    with pytest.raises(LabelError) as caught:
        clean_first_name(typed)
    assert caught.value.reason == "empty"


def test_a_first_name_too_long_is_said():
    with pytest.raises(LabelError) as caught:
        clean_first_name("a" * 41)
    assert caught.value.reason == "long"


@pytest.mark.parametrize("typed", ["", "12", "…", "-"])
def test_no_letter_no_initial(typed):
    assert clean_initial(typed) == ""


def test_homonyms_are_told_apart_by_a_number():
    assert Label("Marie", "L").text() == "Marie L."
    assert Label("Marie", "L").text(2) == "Marie L. (2)"
    assert Label("Marie", "").text(2) == "Marie (2)"


def test_accents_make_two_labels_and_capitals_do_not():
    assert same_label(Label("Marie", "L"), Label("MARIE", "l"))
    assert not same_label(Label("Helene", "L"), Label("Hélène", "L"))


@given(st.sets(st.integers(1, 60)))
def test_a_number_is_never_given_twice(taken):
    assert next_number(taken) not in taken
    assert next_number(set()) == 1
