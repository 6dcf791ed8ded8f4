"""The pure parts of the page: bars, suggestions, cells of a file."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from espace.core.spreadsheets import Sheet, as_csv
from espace.indicators.suggestions import CODES, RULES, suggest
from espace.ui.charts import Row, bars

numbers = st.none() | st.decimals(min_value=0, max_value=10_000, places=1)


@given(st.lists(numbers, max_size=20))
def test_the_longest_bar_is_full_and_unknown_is_not_zero(values):
    drawn = bars([Row(str(i), value, "") for i, value in enumerate(values)])
    known = [value for value in values if value]
    assert len(drawn) == len(values)
    for bar, value in zip(drawn, values, strict=True):
        assert 0 <= bar.percent <= 100
        assert (bar.percent > 0) == bool(value)
        assert bar.percent == 100 or not value or value < max(known)


@given(st.fixed_dictionaries(dict.fromkeys(CODES, numbers)), st.integers(1, 12))
def test_a_suggestion_always_fits_the_figures(figures, month):
    found = suggest(figures, month)
    rules = {rule.code: rule for rule in RULES}
    if not found.code:
        assert not any(value is not None and rules[c].fits(value) for c, value in figures.items())
    else:
        assert rules[found.code].fits(figures[found.code])


def test_the_list_turns_with_the_month():
    figures = {"ATT-06": Decimal(2), "ATT-08": Decimal(1)}
    assert {suggest(figures, month).code for month in range(1, 13)} == {"ATT-06", "ATT-08"}


@given(st.sampled_from("=+-@\t"), st.text(max_size=8))
def test_no_cell_of_a_csv_is_a_formula(start, rest):
    written = as_csv(Sheet("t", ["a"], [[start + rest, 1.5]])).decode()
    assert written.split("\r\n", 1)[1].lstrip('"').startswith("'")
    assert written.rstrip().endswith("1,5")
