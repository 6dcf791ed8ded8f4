"""Amounts, sums and names in labels: whole cents, whatever is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.governance.rules.money import (
    MOST_CENTS,
    AmountError,
    Amounts,
    add_up,
    left_of,
    named_in,
    parse_cents,
    say_cents,
    share_of,
    sums_of,
    tidy_label,
    written_cents,
)

CENTS = st.integers(-MOST_CENTS, MOST_CENTS)
MAYBE = st.none() | CENTS
LINES = st.lists(
    st.builds(
        Amounts,
        side=st.sampled_from(["recette", "depense"]),
        category=st.sampled_from(["activites", "salaires", "cotisations"]),
        planned=MAYBE,
        actual=MAYBE,
        in_kind=st.booleans(),
    )
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12", 1200),
        ("12,5", 1250),
        ("12.50 €", 1250),
        ("12 000 €", 1200000),
        ("12\u202f000,07\u00a0euros", 1200007),
        ("12.000", 1200000),
        ("1.234.567,89", 123456789),
        ("-3,20", -320),
        ("\N{MINUS SIGN}3", -300),
        ("(45)", -4500),
        ("+7", 700),
        ("0,01", 1),
        ("10000000", MOST_CENTS),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  € ", "empty"),
        ("douze", "not_money"),
        ("12,345", "not_money"),
        ("1e9", "not_money"),
        ("--3", "not_money"),
        ("NaN", "not_money"),
        ("=1+1", "not_money"),
        ("٣", "not_money"),
        ("1000000000000", "too_big"),
        ("9" * 39, "too_big"),
    ],
)
def test_what_is_not_an_amount_says_why(text: str, reason: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_cents(text)
    assert refused.value.reason == reason


@given(CENTS)
def test_what_is_written_and_said_is_read_back(cents: int) -> None:
    assert parse_cents(written_cents(cents)) == cents
    assert parse_cents(say_cents(cents)) == cents


@pytest.mark.parametrize(
    ("cents", "said"),
    [(0, "0\u00a0€"), (123450, "1\u202f234,50\u00a0€"), (-5, "\N{MINUS SIGN}0,05\u00a0€")],
)
def test_an_amount_is_said_in_one_piece(cents: int, said: str) -> None:
    assert say_cents(cents) == said


@given(LINES)
def test_families_and_help_without_money_add_up_to_everything(lines: list[Amounts]) -> None:
    for side in ("recette", "depense"):
        whole = sums_of(lines, side=side)
        families = [
            sums_of(lines, side=side, category=code)
            for code in ("activites", "salaires", "cotisations")
        ]
        assert whole.actual == add_up(one.actual for one in families)
        assert whole.planned == add_up(one.planned for one in families)
        kind = sums_of(lines, side=side, in_kind=True)
        every = [line.actual for line in lines if line.side == side and line.actual is not None]
        assert (whole.actual or 0) + (kind.actual or 0) == sum(every)


def test_nothing_written_is_not_zero() -> None:
    assert sums_of([], side="depense").actual is None
    assert add_up([None, None]) is None
    assert add_up([None, 0]) == 0
    assert left_of(None, 500) is None
    assert left_of(500, None) == 500


@given(MAYBE, MAYBE)
def test_a_gap_needs_both_amounts(planned: int | None, actual: int | None) -> None:
    sums = sums_of([Amounts("depense", "activites", planned, actual)], side="depense")
    expected = None if planned is None or actual is None else actual - planned
    assert sums.gap == expected
    if planned is not None and actual is not None:
        assert left_of(planned, actual) == -actual + planned


@given(st.integers(0, MOST_CENTS), st.integers(1, MOST_CENTS))
def test_a_bar_is_never_longer_than_the_longest(part: int, longest: int) -> None:
    width = share_of(min(part, longest), longest)
    assert 0 <= width <= 100
    assert (width == 0) == (part == 0)


def test_a_label_is_one_line_without_hidden_signs() -> None:
    assert tidy_label(" Courses\n du\u200b repas ") == "Courses du repas"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Courses avec Nadia", "Nadia"),
        ("Rendu à Mme Petit", "Mme P"),
        ("Courses du repas", ""),
        ("une rose pour la table", ""),
        ("Jean-Marc a avancé 3 €", "Jean-Marc"),
    ],
)
def test_a_name_in_a_label_is_seen(text: str, named: str) -> None:
    assert named_in(text, ["Nadia", "Rose", "Jean-Marc"]) == named
