"""Periods, null rules and French numbers: no database."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.indicators.rules import (
    Measure,
    Moment,
    Nature,
    Period,
    PeriodError,
    Readings,
    State,
    comparable,
    judge,
    median,
    month_period,
    months_up_to,
    number_fr,
    out_of,
    parse_period,
    sentence_fr,
    shift_date,
    window_before,
)

days = st.dates(date(2005, 1, 1), date(2060, 12, 31))
COUNT = Nature("N0", 1, False, True, False, False)
SHARE = Nature("N1", 100, True, True, False, False)
OCTOBER = parse_period("2026-10")


@pytest.mark.parametrize(
    ("written", "start", "end", "said"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "année 2026"),
        ("2026-T1", date(2026, 1, 1), date(2026, 3, 31), "1er trimestre 2026"),
        ("2026-T4", date(2026, 10, 1), date(2026, 12, 31), "4e trimestre 2026"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "février 2024"),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "octobre 2026"),
        (
            "2026-03-01..2026-05-31",
            date(2026, 3, 1),
            date(2026, 5, 31),
            "du 1er mars au 31 mai 2026",
        ),
        (
            "2025-12-30..2026-01-02",
            date(2025, 12, 30),
            date(2026, 1, 2),
            "du 30 décembre 2025 au 2 janvier 2026",
        ),
        ("2026-10-05..2026-10-09", date(2026, 10, 5), date(2026, 10, 9), "du 5 au 9 octobre 2026"),
        ("2026-10-05..2026-10-05", date(2026, 10, 5), date(2026, 10, 5), "le 5 octobre 2026"),
    ],
)
def test_a_period_is_read_and_written(written: str, start: date, end: date, said: str) -> None:
    period = parse_period(written)
    assert (period, str(period), period.label_fr()) == (Period(start, end), written, said)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-00", "2026-T5", "2026-02-30..2026-03-01", "octobre 2026",
     "2026-05-31..2026-03-01", "0000", "2026-10-05", " 2026"],
)  # fmt: skip
def test_anything_else_is_not_a_period(text: str) -> None:
    with pytest.raises(PeriodError):
        parse_period(text)


@given(days, st.integers(0, 800))
def test_writing_a_period_loses_nothing(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length))
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("period", "previous", "year_before"),
    [
        ("2026-03", "2026-02", "2025-03"),
        ("2024-02", "2024-01", "2023-02"),
        ("2025-02", "2025-01", "2024-02"),
        ("2026-T1", "2025-T4", "2025-T1"),
        ("2026", "2025", "2025"),
        ("2026-03-01..2026-05-31", "2025-12-01..2026-02-28", "2025-03-01..2025-05-31"),
        ("2026-10-05..2026-10-11", "2026-09-28..2026-10-04", "2025-10-05..2025-10-11"),
    ],
)
def test_periods_before(period: str, previous: str, year_before: str) -> None:
    asked = parse_period(period)
    assert (str(asked.previous()), str(asked.year_before())) == (previous, year_before)


@given(days, st.integers(1, 30))
def test_months_follow_each_other(day: date, count: int) -> None:
    months = months_up_to(day, count)
    assert len(months) == count
    assert months[-1].start <= day <= months[-1].end
    assert all(after.previous() == before for before, after in pairwise(months))


@given(days, st.integers(-60, 60))
def test_moving_by_months_stays_in_the_month_wanted(day: date, months: int) -> None:
    moved = shift_date(day, months, "month")
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_a_window_has_the_length_it_says() -> None:
    ninety = window_before(date(2024, 3, 31), 90, "day")
    assert (ninety.end - ninety.start).days == 89
    assert window_before(date(2024, 2, 29), 12, "month") == Period(
        date(2023, 3, 1), date(2024, 2, 29)
    )
    assert window_before(date(2026, 10, 15), 1, "month") == Period(
        date(2026, 9, 16), date(2026, 10, 15)
    )


@given(st.lists(st.decimals(-1000, 1000, places=2), max_size=9))
def test_half_the_values_are_on_each_side_of_the_median(values: list[Decimal]) -> None:
    middle = median([*values, None])
    if not values:
        assert middle is None
        return
    assert middle is not None
    assert sum(v <= middle for v in values) * 2 >= len(values)
    assert sum(v >= middle for v in values) * 2 >= len(values)


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [(3, 4, (3, 4)), (0, 7, (0, 7)), (32, 40, (8, 10)), (1, 40, (3, 100)), (39, 40, (98, 100)),
     (40, 40, (10, 10)), (0, 40, (0, 10)), (1, 5000, (1, 5000)), (4999, 5000, (4999, 5000))],
)  # fmt: skip
def test_out_of_never_makes_someone_vanish(
    numerator: int, denominator: int, said: tuple[int, int]
) -> None:
    assert out_of(Decimal(numerator), Decimal(denominator)) == said


@given(st.integers(1, 3000), st.data())
def test_out_of_stays_true(denominator: int, data: st.DataObject) -> None:
    numerator = data.draw(st.integers(0, denominator))
    part, base = out_of(Decimal(numerator), Decimal(denominator))
    assert (part == 0) == (numerator == 0)
    assert (part == base) == (numerator == denominator)
    assert abs(Fraction(part, base) - Fraction(numerator, denominator)) <= Fraction(1, 20)


def test_numbers_are_written_in_french() -> None:
    said = [number_fr(Decimal(text)) for text in ("0", "12.50", "1234567", "-3.04", "99.96")]
    assert said == ["0", "12,5", "1\u202f234\u202f567", "-3", "100"]


def _judged(
    nature: Nature, read: Readings, complete: bool = True, sticks: bool = False
) -> tuple[object, State]:
    moment = Moment(OCTOBER, date(2026, 11, 24))
    return judge(nature, moment, complete, read, sticks)[:2]


def test_null_rules() -> None:
    assert _judged(COUNT, Readings(Decimal(0))) == (0, State.OK)
    assert _judged(COUNT, Readings(Decimal(0)), complete=False) == (None, State.NOT_FINISHED)
    assert _judged(COUNT, Readings(Decimal(4)), complete=False) == (4, State.RUNNING)
    assert _judged(SHARE, Readings(Decimal(3), Decimal(4))) == (75, State.OK)
    assert _judged(SHARE, Readings(Decimal(0), Decimal(0))) == (None, State.EMPTY)
    assert _judged(SHARE, Readings(Decimal(0), None)) == (None, State.EMPTY)


@given(st.integers(0, 50), st.integers(1, 50))
def test_under_sixty_percent_of_answers_nothing_is_said(known: int, unknown: int) -> None:
    nature = Nature("N2", 100, True, True, False, False)
    total = known + unknown
    read = Readings(Decimal(known), Decimal(known), Decimal(known), Decimal(total))
    _, state = _judged(nature, read)
    assert (state is State.NOT_ENOUGH_ANSWERS) == (known * 10 < total * 6)


def _measure(value: Decimal | bool | None, state: State = State.OK, **more: Decimal) -> Measure:
    return Measure(
        "ATT-01", OCTOBER, value, more.get("n", value), more.get("d"), None, state
    )  # fmt: skip


def test_only_settled_figures_are_compared() -> None:
    settled, running = _measure(Decimal(3)), _measure(Decimal(3), State.RUNNING)
    assert comparable(settled, settled)
    assert not comparable(settled, running)
    assert not comparable(_measure(None, State.EMPTY), settled)


FORMS = {
    "zero": "Personne n'est venu.",
    "one": "1 personne est venue.",
    "other": "{value} personnes sont venues.",
}
SHARES = {
    "zero": "Aucune.",
    "one": "1 activité sur {d} est gratuite.",
    "other": "{n} activités sur {d} sont gratuites.",
}


def test_sentences() -> None:
    assert sentence_fr(FORMS, _measure(Decimal(0))) == "Personne n'est venu."
    assert sentence_fr(FORMS, _measure(Decimal(1))) == "1 personne est venue."
    assert sentence_fr(FORMS, _measure(Decimal("3.25"))) == "3,3 personnes sont venues."
    assert sentence_fr(FORMS, _measure(None, State.EMPTY)) == ""
    share = _measure(Decimal(80), n=Decimal(32), d=Decimal(40))
    assert sentence_fr(SHARES, share) == "8 activités sur 10 sont gratuites."
    one_of_two = _measure(Decimal(50), n=Decimal(1), d=Decimal(2))
    assert sentence_fr(SHARES, one_of_two) == "1 activité sur 2 est gratuite."
    assert sentence_fr({"yes": "Oui.", "no": "Non."}, _measure(False)) == "Non."


def test_a_month_is_found_from_any_of_its_days() -> None:
    assert str(month_period(date(2024, 2, 17))) == "2024-02"
