"""The formula language: every formula is read, and every mistake is told where it is."""

import pytest

from espace.indicators.catalogue_reading import catalogue
from espace.indicators.formulas import tree
from espace.indicators.formulas.check import check
from espace.indicators.formulas.coverage import answers, known_photo, needs_names
from espace.indicators.formulas.parse import FormulaError, parse
from espace.indicators.formulas.tree import written

FORMULAS = [
    (one.code, part, text)
    for one in catalogue().indicators.values()
    for part, text in (("numerator", one.numerator), ("denominator", one.denominator))
    if text is not None
]


def test_all_the_formulas_of_the_catalogue_are_here() -> None:
    assert (len(catalogue().indicators), len(FORMULAS)) == (187, 282)


@pytest.mark.parametrize(("code", "part", "text"), FORMULAS)
def test_a_formula_reads_makes_sense_and_writes_back(code: str, part: str, text: str) -> None:
    parsed = parse(text)
    assert check(parsed, catalogue().language) in ("number", "bool")
    assert parse(written(parsed)) == parsed


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("count(slot.id where slot.dat in P)", 1, 21, "unknown fact slot.dat"),
        ("count(shop.id)", 1, 7, "unknown fact shop.id"),
        ("count(slot.id where\n  slot.outcome = 'open')", 2, 18, "unknown value 'open'"),
        ("count(slot.id where slot.outcome in ('ouvert','x'))", 1, 47, "unknown value 'x'"),
        ("total(slot.id)", 1, 1, "unknown function 'total'"),
        ("{ATT-99} + 1", 1, 1, "no indicator ATT-99"),
        ("count(slot.id where slot.date in E)", 1, 34, "not understood here"),
        ("count(slot.id where slot.hours in P)", 1, 21, "a date or month is needed, not a number"),
        ("sum(slot.outcome)", 1, 5, "a number is needed, not a enum"),
        ("count(slot.id where slot.hours = 'a')", 1, 34, "this fact is not a text"),
        ("slot.hours + 1", 1, 1, "no row of 'slot' at hand here"),
        ("count(slot.id where hour(slot.date) >= 18)", 1, 26, "a time is needed, not a date"),
        ("count(slot.id where slot.id = presence.slot_id or true)", 1, 1,
         "nothing says which row of slot and of presence go together"),
        ("shift(P, -30 days)", 1, 1, "the result is a period, not a number or a yes / no"),
        ("count(slot.id where active(slot))", 1, 28, "unknown fact slot.started_on"),
        ("weekday()", 1, 9, "not understood here"),
        ("count(slot.id", 1, 14, "not understood here"),
        ("", 1, 1, "not understood here"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(FormulaError) as raised:
        check(parse(text), catalogue().language)
    place = raised.value.position
    assert (place.line, place.column, raised.value.message) == (line, column, message)


def test_precedence() -> None:
    assert written(parse("1 + 2 * 3")) == "(1 + (2 * 3))"
    assert written(parse("1 - 2 - 3")) == "((1 - 2) - 3)"
    assert written(parse("not true and false or true")) == "((not true and false) or true)"
    assert written(parse("{ATT-02} at P-1year")) == "({ATT-02} at (P - 1 years))"


def test_positions_do_not_tell_two_same_formulas_apart() -> None:
    assert parse("1  +  2") == parse("1 + 2")
    assert hash(parse("1  +  2")) == hash(parse("1 + 2"))


def _named(*codes: str) -> dict[str, bool]:
    return {
        code: any(needs_names(part) for part in catalogue().expanded(code)[:2] if part)
        for code in codes
    }


def test_which_figures_need_first_names() -> None:
    assert _named("ATT-01", "ATT-04", "ATT-06", "ATT-08", "ADH-04", "ACT-07") == dict.fromkeys(
        ("ATT-01", "ATT-04", "ATT-06", "ATT-08", "ADH-04", "ACT-07"), True
    )
    assert _named("ATT-02", "ATT-09", "ADH-01", "OUV-01", "ACT-05") == dict.fromkeys(
        ("ATT-02", "ATT-09", "ADH-01", "OUV-01", "ACT-05"), False
    )


def _answers(above: str, below: str | None) -> tuple[str, str] | None:
    found = answers(parse(above), parse(below) if below else None)
    return (written(found[0]), written(found[1])) if found else None


def test_rows_with_an_answer_come_from_the_formula_itself() -> None:
    assert _answers(
        "count(activity.id where activity.place = 'ville')",
        "count(activity.id where activity.date in P and activity.place is not null)",
    ) == (
        "count(activity.id where (activity.date in P and activity.place is not null))",
        "count(activity.id where activity.date in P)",
    )
    assert _answers("median(month_close.minutes_spent where month_close.month in P)", None) == (
        "count(month_close.minutes_spent where "
        "(month_close.month in P and month_close.minutes_spent is not null))",
        "count(month_close.minutes_spent where month_close.month in P)",
    )
    assert _answers(
        "sum(budget_line.actual_eur where budget_line.year = year(E) and "
        "budget_line.in_kind = true)",
        "sum(budget_line.actual_eur where budget_line.year = year(E))",
    ) == (
        "sum(budget_line.actual_eur where "
        "(budget_line.year = year(E) and budget_line.in_kind is not null))",
        "sum(budget_line.actual_eur where budget_line.year = year(E))",
    )


def test_a_photo_is_known_when_its_field_is() -> None:
    found = known_photo(parse("count(gem.id where gem.premises_accessible = 'oui') >= 1"))
    assert [written(one) for one in found] == [
        "count(gem.id where gem.premises_accessible is not null)"
    ]
    assert known_photo(parse("count(gem.id where gem.opened_on <= E) >= 1")) == ()


def test_a_tree_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        parse("1").value = 2  # type: ignore[attr-defined]
    assert parse("1") == tree.Number(value=parse("1").value)  # type: ignore[attr-defined]
