"""What the pages of « Notre GEM » show: read in a handful of SQL statements, then put in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.spreadsheets import Cell, Sheet
from espace.groups.queries.gem_facts import GemState
from espace.indicators import measures
from espace.indicators.catalogue_reading import Indicator, catalogue
from espace.indicators.measures import Measures
from espace.indicators.models import ChosenSentence
from espace.indicators.permissions import CHOOSE, SEE
from espace.indicators.queries import Explanation, explain, shown_in_gem
from espace.indicators.remembered import remembered
from espace.indicators.rules import (
    STATES_FR,
    Measure,
    Period,
    month_period,
    months_up_to,
    number_fr,
    quarter_period,
    year_period,
)
from espace.indicators.saying import Saying, is_running, say, short
from espace.indicators.suggestions import CODES as SUGGESTION_CODES
from espace.indicators.suggestions import Suggestion, suggest
from espace.ui.charts import Bar, Row, bars

USUAL_WITH_NAMES = ("ATT-01", "ATT-06", "ACT-01", "OUV-02", "ADH-01")
USUAL_WITH_STICKS = ("ATT-02", "ATT-09", "ACT-01", "OUV-02", "ADH-01")
# Acts of help are looked for, never met by chance (docs/decisions/0025-figures-never-shown.md).
NEVER_FIRST = ("ENT-01", "ENT-02")
PICTURE = "ATT-02"
PICTURE_MONTHS = 13
A_PAGE = 6
MONTHS_SHORT = (
    "janv.", "févr.", "mars", "avril", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
THEMES = {
    "frequentation": "ATT",
    "adhesion": "ADH",
    "activites": "ACT",
    "ouverture": "OUV",
    "entraide": "ENT",
    "parcours": "ORI",
    "nos-donnees": "QUA",
}


@dataclass(frozen=True)
class Compared:
    """The same figure over another period; ``text`` is the value or why there is none."""

    label: str
    text: str


@dataclass(frozen=True)
class Figure:
    """One figure in words, over ``period`` (the shortest one its definition allows)."""

    code: str
    label_fr: str
    question_fr: str
    period: Period
    saying: Saying
    running: bool
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True)
class Picture:
    """The one chart: its sentence and its rows."""

    title: Saying
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class LivingPage:
    """``nothing_yet``: no figure of the page, nor of the year before it, counts anything."""

    period: Period
    running: bool
    figures: tuple[Figure, ...]
    picture: Picture
    suggestion: Suggestion
    nothing_yet: bool


@dataclass(frozen=True)
class Theme:
    """One further page of figures."""

    slug: str
    name: str


@dataclass(frozen=True)
class OriginPage:
    """Where one figure comes from, ready to draw; ``months`` are the rows of its table."""

    figure: Figure
    explained: Explanation
    months: tuple[Bar, ...]
    missing_months: tuple[str, ...]
    theme: str


@dataclass(frozen=True)
class ThemePage:
    slug: str
    title: str
    period: Period
    figures: tuple[Figure, ...]
    number: int
    pages: int


def living_page(actor: Actor, gem: GemState, period: Period) -> LivingPage:
    """Return the opening page of a GEM's figures.

    Costs no SQL when nothing changed in the GEM since the last time, at most 15 queries after a
    change, whatever the number of members, days or activities.
    """
    require(actor, SEE, gem.gem_id)
    return remembered(gem, f"living:{period}", lambda: _living_page(gem, period))


def _living_page(gem: GemState, period: Period) -> LivingPage:
    codes = sentence_codes(gem)
    quarter = _quarter_holding(min(period.end, gem.today))
    months = months_up_to(min(period.end, gem.today), PICTURE_MONTHS)
    found = _measured(gem, codes, period)
    found |= measures.measure(gem.gem_id, months, (PICTURE,), gem.today)
    found |= measures.measure(gem.gem_id, (quarter,), SUGGESTION_CODES, gem.today)
    values = {code: _decimal(found[code, quarter]) for code in SUGGESTION_CODES}
    return LivingPage(
        period=period,
        running=period.is_running(gem.today),
        figures=tuple(_figure(code, period, found) for code in codes),
        picture=_picture(months, found),
        suggestion=suggest(values, period.end.month),
        nothing_yet=not any(measure.value for measure in found.values()),
    )


def theme_page(actor: Actor, gem: GemState, slug: str, period: Period, number: int) -> ThemePage:
    """Return six figures at most of one theme. Raises KeyError for an unknown theme or page."""
    require(actor, SEE, gem.gem_id)
    codes = tuple(one.code for one in shown_in_gem(THEMES[slug]))
    pages = max(1, -(-len(codes) // A_PAGE))
    if not 1 <= number <= pages:
        raise KeyError(number)
    chosen = codes[(number - 1) * A_PAGE : number * A_PAGE]

    def make() -> ThemePage:
        found = _measured(gem, chosen, period)
        said = tuple(_figure(code, period, found) for code in chosen)
        title = catalogue().themes[THEMES[slug]]
        return ThemePage(slug, title, period, said, number, pages)

    return remembered(gem, f"{slug}:{number}:{period}", make)


def sentence_codes(gem: GemState) -> tuple[str, ...]:
    """Return the GEM's own sentences, or the usual five for its way of counting."""
    chosen = ChosenSentence.objects.filter(gem_id=gem.gem_id).order_by("position")
    shown = {one.code for one in shown_in_gem()}
    known = tuple(code for code in chosen.values_list("code", flat=True) if code in shown)
    if known:
        return known
    return USUAL_WITH_NAMES if gem.counts_with_names else USUAL_WITH_STICKS


def sentence_codes_for_choice(actor: Actor, gem: GemState) -> tuple[str, ...]:
    """Return the sentences shown today, for those who may choose others."""
    require(actor, CHOOSE, gem.gem_id)
    return sentence_codes(gem)


def sentence_choices() -> list[tuple[str, str]]:
    """Return every figure a GEM may put among its five sentences: (code, its question)."""
    return [
        (one.code, one.question_fr)
        for one in shown_in_gem()
        if one.sentence_fr and one.code not in NEVER_FIRST
    ]


def themes() -> tuple[Theme, ...]:
    """Return the further pages, in menu order."""
    names = catalogue().themes
    return tuple(Theme(slug, names[code]) for slug, code in THEMES.items())


def sheet(actor: Actor, gem: GemState, period: Period) -> Sheet:
    """Return every figure of the GEM over one period, one row a figure, for a spreadsheet."""
    require(actor, SEE, gem.gem_id)
    shown = shown_in_gem()
    spans = {one.code: fitting_period(one, period) for one in shown}
    found = measures.measure(gem.gem_id, tuple(set(spans.values())), tuple(spans), gem.today)
    rows = [_sheet_row(one, found[one.code, spans[one.code]]) for one in shown]
    return Sheet(f"Chiffres {period}", COLUMNS, rows)


def origin_page(actor: Actor, gem: GemState, code: str, period: Period) -> OriginPage:
    """Return « D'où vient ce chiffre ? ». Raises KeyError for a code a GEM does not see."""
    known = {one.code: one for one in shown_in_gem()}
    span = fitting_period(known[code], period)
    explained = explain(actor, gem.gem_id, code, span, gem.today)
    rows = [_row(one.period, one) for one in explained.months]
    return OriginPage(
        figure=_said(known[code], span, explained.measure),
        explained=explained,
        months=bars(rows),
        missing_months=tuple(month_period(first).label_fr() for first in explained.missing_months),
        theme=next((slug for slug, name in THEMES.items() if name == known[code].theme), ""),
    )


def fitting_period(indicator: Indicator, period: Period) -> Period:
    """Return ``period``, or the quarter or year that ends it when a definition needs longer.

    The catalogue says which lengths mean something (« trimestre, année »); a date or a span of
    the reader's own choice is taken as it is.
    """
    lengths = str(indicator.data["definition"]["period"])
    size = len(period.months()) if period.whole_months else 0
    if "date" in lengths or size not in (1, 3):
        return period
    if size == 1 and "mois" not in lengths:
        period = _quarter_holding(period.end)
        size = 3
    if size == 3 and "trimestre" not in lengths and "mois" not in lengths:
        return year_period(period.end.year)
    return period


COLUMNS = (
    "Code", "Chiffre", "Période", "Valeur", "Unité", "Sur", "Nombre compté", "Part connue", "État",
)  # fmt: skip


def _sheet_row(one: Indicator, measure: Measure) -> list[Cell]:
    numbers: list[Cell] = [
        float(value) if isinstance(value, Decimal) else ""
        for value in (measure.denominator, measure.numerator, measure.known_share)
    ]
    value: Cell = short(one, measure)
    if isinstance(measure.value, Decimal):
        value = round(float(measure.value), 2)
    state = STATES_FR[measure.state]
    period = measure.period.label_fr()
    return [one.code, one.label_fr, period, value, one.unit, *numbers, state]


def _measured(
    gem: GemState, codes: Sequence[str], period: Period
) -> dict[tuple[str, Period], Measure]:
    """Measure each code over its span and the two it is compared with: nothing that is not shown.

    Two queries per different span (the month, the quarter, the year).
    """
    spans: dict[Period, list[str]] = {}
    for code in codes:
        spans.setdefault(fitting_period(catalogue().indicators[code], period), []).append(code)
    found: dict[tuple[str, Period], Measure] = {}
    for span, some in spans.items():
        three = (span, span.previous(), span.year_before())
        found.update(measures.measure(gem.gem_id, three, some, gem.today))
    return found


def _figure(code: str, period: Period, found: Measures) -> Figure:
    indicator = catalogue().indicators[code]
    span = fitting_period(indicator, period)
    measure, before, last_year = (
        found[code, one] for one in (span, span.previous(), span.year_before())
    )
    return replace(
        _said(indicator, span, measure),
        compared=(
            Compared(_before_fr(span), short(indicator, before)),
            Compared(_("Un an avant"), short(indicator, last_year)),
        ),
    )


def _said(indicator: Indicator, span: Period, measure: Measure) -> Figure:
    return Figure(
        code=indicator.code,
        label_fr=indicator.label_fr,
        question_fr=indicator.question_fr,
        period=span,
        saying=say(indicator, measure),
        running=is_running(measure),
    )


def _before_fr(span: Period) -> str:
    months = len(span.months())
    if span.whole_months and months == 1:
        return _("Le mois d'avant")
    if span.whole_months and months == 3:
        return _("Le trimestre d'avant")
    return _("Juste avant")


def _picture(months: Sequence[Period], found: Measures) -> Picture:
    indicator = catalogue().indicators[PICTURE]
    rows = [_row(month, found[PICTURE, month]) for month in months]
    return Picture(say(indicator, found[PICTURE, months[-1]]), bars(rows))


def _row(month: Period, measure: Measure) -> Row:
    name = f"{MONTHS_SHORT[month.start.month - 1]} {month.start.year}"
    value = _decimal(measure)
    return Row(name, value, "" if value is None else number_fr(value), is_running(measure))


def _quarter_holding(day: date) -> Period:
    return quarter_period(day.year, (day.month + 2) // 3)


def _decimal(measure: Measure) -> Decimal | None:
    return measure.value if isinstance(measure.value, Decimal) else None
