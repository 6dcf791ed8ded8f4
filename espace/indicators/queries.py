"""What pages and commands may ask about the figures of one GEM. The actor comes first."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core import clock
from espace.indicators import breakdowns, measures
from espace.indicators.catalogue_reading import Indicator, catalogue
from espace.indicators.formulas.check import check
from espace.indicators.formulas.parse import FormulaError, parse
from espace.indicators.measures import Measures
from espace.indicators.permissions import SEE
from espace.indicators.rules import (
    STATES_FR,
    Measure,
    Moment,
    Period,
    Value,
    month_period,
    months_up_to,
    sentence_fr,
)
from espace.indicators.wording import rows_fr, steps_fr, viewers_fr

MONTHS_OF_A_TABLE = 13


@dataclass(frozen=True)
class FactsCounted:
    """How many rows of one sort stand behind a figure."""

    label_fr: str
    rows: int


@dataclass(frozen=True)
class Explanation:
    """Everything « D'où vient ce chiffre ? » shows.

    ``steps_fr`` says the formula in words; ``missing_rows`` counts rows without an answer (None
    when every row has one); ``missing_months`` are the months not finished; ``months`` is the
    table, one measure per month, oldest first.
    """

    indicator: Indicator
    measure: Measure
    sentence_fr: str
    state_fr: str
    steps_fr: tuple[str, ...]
    facts: tuple[FactsCounted, ...]
    missing_rows: int | None
    missing_months: tuple[date, ...]
    viewers_fr: tuple[str, ...]
    months: tuple[Measure, ...]


def measure(
    actor: Actor,
    gem_id: UUID,
    periods: Sequence[Period],
    codes: Sequence[str],
    today: date | None = None,
) -> Measures:
    """Return one Measure per (code, period). Two SQL queries, whatever is asked.

    Raises NotAllowed outside the GEM, KeyError for an unknown code.
    """
    require(actor, SEE, gem_id)
    return measures.measure(gem_id, periods, codes, today or clock.today())


def evaluate(
    actor: Actor,
    gem_id: UUID,
    formulas: Mapping[str, str],
    periods: Sequence[Period],
    today: date | None = None,
) -> dict[tuple[str, Period], Value]:
    """Return what formulas in the words of the catalogue give, by (name, period). One SQL query.

    Unlike ``measure``, no null rule is applied: zero rows count as zero.
    """
    require(actor, SEE, gem_id)
    return breakdowns.evaluate(gem_id, formulas, periods, today or clock.today())


def series(
    actor: Actor,
    gem_id: UUID,
    code: str,
    months: int = MONTHS_OF_A_TABLE,
    today: date | None = None,
) -> tuple[Measure, ...]:
    """Return one Measure per month, oldest first, the last one being today's. Two SQL queries."""
    require(actor, SEE, gem_id)
    now = today or clock.today()
    return _series(gem_id, code, months_up_to(now, months), now)


def explain(
    actor: Actor, gem_id: UUID, code: str, period: Period, today: date | None = None
) -> Explanation:
    """Return where a figure comes from. Four SQL queries."""
    require(actor, SEE, gem_id)
    now = today or clock.today()
    found = catalogue()
    one = found.indicators[code]
    measured = measures.measure(gem_id, [period], [code], now, with_facts=True)[code, period]
    return Explanation(
        indicator=one,
        measure=measured,
        sentence_fr=sentence_fr(one.sentence_fr, measured),
        state_fr=STATES_FR[measured.state],
        steps_fr=steps_fr(found, code),
        facts=tuple(
            FactsCounted(rows_fr(found, entity), rows)
            for entity, rows in measured.facts_counted.items()
        ),
        missing_rows=measured.facts_missing,
        missing_months=measured.missing_months,
        viewers_fr=viewers_fr(found, one),
        months=_series(gem_id, code, _months_of_table(Moment(period, now)), now),
    )


def shown_in_gem(theme: str = "") -> tuple[Indicator, ...]:
    """Return the indicators a GEM may see whose facts are kept today, in catalogue order.

    ``theme`` (three letters) limits them to one theme. No SQL query.
    """
    ready = measures.computable()
    return tuple(
        one
        for one in catalogue().indicators.values()
        if one.code in ready and "gem" in one.audience and theme in ("", one.theme)
    )


def say(measured: Measure) -> str:
    """Return the sentence of a measure, in French; empty when nothing can be said yet."""
    return sentence_fr(catalogue().indicators[measured.code].sentence_fr, measured)


def _series(gem_id: UUID, code: str, months: Sequence[Period], today: date) -> tuple[Measure, ...]:
    found = measures.measure(gem_id, months, [code], today)
    return tuple(found[code, month] for month in months)


def _months_of_table(moment: Moment) -> tuple[Period, ...]:
    """The months of the period; for a month or less, the thirteen that end with it."""
    months = tuple(month_period(first) for first in moment.period.months())
    if len(months) > 1:
        return months
    return months_up_to(moment.period.end, MONTHS_OF_A_TABLE)


# --- For the sums of places, which hold no page: no actor asks ---


@dataclass(frozen=True)
class Summed:
    """How an indicator adds up above the GEM. ``rollup`` is the catalogue's rule, by its name."""

    rollup: str
    about_people: bool
    factor: int


@cache
def summed() -> Mapping[str, Summed]:
    """Return, by code, every indicator whose facts are kept today and that may leave the GEM."""
    found = catalogue().indicators
    return {
        code: Summed(rollup, found[code].about == "people", found[code].factor)
        for code in sorted(measures.computable())
        if (rollup := found[code].data["rollup"]) != "none"
    }


LENGTHS = {"mois": 1, "trimestre": 3, "année": 12}
"""Months of the periods that a definition may name."""


@cache
def summed_over(months: int) -> tuple[str, ...]:
    """Return the codes of ``summed`` that mean something over a period of so many months.

    A figure of people is asked only over the periods its definition names (« trimestre, année »):
    weeks of presence say nothing of a month. One of organisations is told over all of them.
    """
    found = catalogue().indicators
    return tuple(
        code
        for code, how in summed().items()
        if not how.about_people or months in _lengths_of(found[code])
    )


def _lengths_of(one: Indicator) -> frozenset[int]:
    """Return the lengths a definition names, in months; all of them when it names none."""
    said = str(one.data["definition"]["period"])
    named = frozenset(months for word, months in LENGTHS.items() if word in said)
    return named or frozenset(LENGTHS.values())


@cache
def formulas_fingerprint() -> str:
    """Return a digest of every formula and rule the sums are made with."""
    found = catalogue().indicators
    said = [
        (
            code,
            how,
            found[code].numerator,
            found[code].denominator,
            found[code].nulls,
            sorted(_lengths_of(found[code])),
        )
        for code, how in summed().items()
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def theme_labels() -> Mapping[str, str]:
    """Return the themes of the catalogue: three letters and their words."""
    return catalogue().themes


def has_indicator(code: str) -> bool:
    """Tell whether the catalogue holds this code."""
    return code in catalogue().indicators


def formula_fault(text: str) -> str:
    """Return why a formula means nothing in the words of the catalogue, "" when it is sound."""
    try:
        check(parse(text), catalogue().language)
    except FormulaError as error:
        return f"{error.position}: {error.message}"
    return ""


def definition(code: str) -> Indicator:
    """Return an indicator of the catalogue by its code. Raises KeyError."""
    return catalogue().indicators[code]


def unit_above(code: str) -> str:
    """Return the unit of a figure above the GEM: « oui / non » becomes a share of GEM."""
    one = catalogue().indicators[code]
    return "% des GEM" if one.data["rollup"] == "share_of_gems" else one.unit


def measure_for_sums(
    gem_id: UUID, periods: Sequence[Period], today: date, codes: Collection[str] | None = None
) -> Measures:
    """Return the measures of ``codes``, by default every one of ``summed``, over each period.

    Two SQL queries, four for old months.
    """
    return measures.measure(gem_id, periods, summed() if codes is None else codes, today)


def people_for_sums(
    gem_id: UUID,
    codes: Sequence[str],
    conditions: Mapping[str, str],
    periods: Sequence[Period],
    today: date,
) -> dict[tuple[str, str, Period], int]:
    """Return, by (code, category, period), how many people meet each condition. One SQL query."""
    return breakdowns.people_by(gem_id, codes, conditions, periods, today)
