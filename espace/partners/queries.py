"""One territory as its partners read it: published numbers of people, live ones of GEM."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import Http404

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.core.clock import today
from espace.disclosure import queries as disclosure
from espace.disclosure.queries import DisclosedTable
from espace.disclosure.rules.months import FREEZE_DAY
from espace.groups.choices import GemStatus
from espace.groups.queries.counted import gems_by_state
from espace.groups.territory import departements, normalised, regions
from espace.indicators.queries import definition, unit_above
from espace.indicators.rules import (
    Period,
    PeriodError,
    month_period,
    number_fr,
    parse_period,
    shift_date,
    year_period,
)
from espace.partners.permissions import SEE, held_places
from espace.partners.rules import FRANCE, Place, share_fr
from espace.partners.wording import CATEGORIES_FR, HIDDEN_FR, MEASURES_FR
from espace.territories.choices import Level
from espace.territories.queries import organisation_figures
from espace.territories.rules import YEARS_KEPT, Figure
from espace.ui.charts import Bar, Row, bars

MONTHS_SHOWN = 12
# What partners ask first of the life of GEM; all about organisations.
FIRST_CODES = ("OUV-01", "ACT-01", "ACT-04", "DEM-10", "RHU-01", "PAR-04", "BUD-01")
HOURS = "OUV-01"


@dataclass(frozen=True)
class Number:
    """A published number: ``text`` is what is read, « caché » when ``value`` is None."""

    value: int | None
    text: str


@dataclass(frozen=True)
class Band:
    """One band of a breakdown; ``share`` is "" when it may not be told."""

    label: str
    number: Number
    share: str


@dataclass(frozen=True)
class Told:
    """One figure of organisations: what it is, what it says, how many GEM are in it."""

    code: str
    label: str
    unit: str
    text: str
    gems: int


@dataclass(frozen=True)
class Line:
    """One place of the table below: in the order of their names, never of their numbers."""

    place: Place
    open_gems: int
    people: Number
    members: Number
    passages: Number
    hours: str


@dataclass(frozen=True)
class Published:
    """What the last closing says of the place, and when the next one comes."""

    month: Period
    made_at: datetime
    next_on: date
    counted: int
    here: int
    corrected_gems: int
    people: Number
    members: Number
    passages: Number
    months: tuple[Bar, ...]
    ages: tuple[Band, ...]
    sexes: tuple[Band, ...]


@dataclass(frozen=True)
class TerritoryPage:
    """A whole page. ``published`` is None before the first closing."""

    place: Place
    above: Place | None
    held: tuple[Place, ...]
    period: Period
    states: Mapping[str, int]
    empty_departements: tuple[str, ...]
    published: Published | None
    told: tuple[Told, ...]
    lines: tuple[Line, ...]


def place_named(code: str) -> Place:
    """Return a place by its published code. Raises Http404."""
    if code == FRANCE:
        return Place(FRANCE, "France", "")
    if code[:1] == "R" and code[1:] in regions():
        return Place(code, regions()[code[1:]].name, FRANCE)
    if code[:1] == "D" and code[1:] in departements():
        found = departements()[code[1:]]
        return Place(code, found.name, f"R{found.region}")
    raise Http404


def first_place(actor: Actor) -> Place:
    """Return the place of the actor's first mandate. Raises NotAllowed."""
    require(actor, SEE)
    return place_named(held_places(actor)[0])


def place_of(actor: Actor, code: str) -> Place:
    """Return a place that the actor may see. Raises Http404 outside their mandate."""
    require(actor, SEE)
    place = place_named(code)
    if not can(actor, SEE, place):
        raise Http404
    return place


def period_asked(text: str) -> Period:
    """Return the period written in an address, this year without any. Raises PeriodError."""
    day = today()
    if not text:
        return year_period(day.year)
    period = parse_period(text)
    if ".." in str(period) or period.start > day:
        raise PeriodError(text)
    return period


def territory_page(actor: Actor, place: Place, period: Period) -> TerritoryPage:
    """Return the page of a place. Eight SQL queries at most, whatever the number of GEM."""
    require(actor, SEE, place)
    below = children_of(place)
    states = gems_by_state()
    told = _organisations(place, period)
    return TerritoryPage(
        place=place,
        above=_above(actor, place),
        held=tuple(place_named(code) for code in held_places(actor)),
        period=period,
        states=_states_of(place, states),
        empty_departements=_without_gem(place, states),
        published=_published(place),
        told=tuple(_told(code, told[place.stored_code, code]) for code in FIRST_CODES),
        lines=_lines(below, period, states),
    )


def children_of(place: Place) -> tuple[Place, ...]:
    """Return the places just below, by name."""
    if place.code == FRANCE:
        found = [Place(f"R{one.code}", one.name, FRANCE) for one in regions().values()]
    else:
        found = [
            Place(f"D{one.code}", one.name, place.code)
            for one in departements().values()
            if f"R{one.region}" == place.code
        ]
    return tuple(sorted(found, key=lambda one: normalised(one.name)))


def _above(actor: Actor, place: Place) -> Place | None:
    if not place.parent:
        return None
    parent = place_named(place.parent)
    return parent if can(actor, SEE, parent) else None


# --- GEM, by where they stand ---


def departements_of(place: Place) -> list[str]:
    """Return the codes of the départements of a place."""
    if place.is_departement:
        return [place.stored_code]
    return [
        code for code, one in departements().items()
        if place.code in (FRANCE, f"R{one.region}")
    ]  # fmt: skip


def _states_of(place: Place, states: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    wanted = departements_of(place)
    return {
        str(state): sum(states.get(code, {}).get(state, 0) for code in wanted)
        for state in GemStatus.values
    }


def _without_gem(place: Place, states: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    return tuple(
        sorted(
            departements()[code].name
            for code in departements_of(place)
            if not states.get(code, {}).get(GemStatus.ACTIF, 0)
        )
    )


# --- People: what the closings published ---


def number(value: int | None) -> Number:
    """Return a published number as it is read."""
    return Number(value, HIDDEN_FR if value is None else number_fr(Decimal(value)))


def _published(place: Place) -> Published | None:
    series = disclosure.disclosed_series("ATT-01", MONTHS_SHOWN)
    if not series:
        return None
    last = series[-1]
    tables = disclosure.disclosed_together(("ADH-01", "ATT-02", *_breakdowns(place)), last.month)
    counted, here = last.gems.get(place.code, (0, 0))
    people = last.value(place.code)
    return Published(
        month=month_period(last.month),
        made_at=last.made_at,
        next_on=shift_date(last.month, 2, "month").replace(day=FREEZE_DAY),
        counted=counted,
        here=here,
        corrected_gems=last.corrected_gems,
        people=number(people),
        members=number(tables["ADH-01"].value(place.code)),
        passages=number(tables["ATT-02"].value(place.code)),
        months=_months(series, place),
        ages=_bands(tables[_breakdowns(place)[0]], place, people),
        sexes=() if place.is_departement else _bands(tables["ATT-01-sexe"], place, people),
    )


def _breakdowns(place: Place) -> tuple[str, ...]:
    return ("ATT-01-age-dep",) if place.is_departement else ("ATT-01-age", "ATT-01-sexe")


def _months(series: Sequence[DisclosedTable], place: Place) -> tuple[Bar, ...]:
    rows = []
    for one in series:
        value = one.value(place.code)
        rows.append(
            Row(
                month_period(one.month).label_fr().capitalize(),
                None if value is None else Decimal(value),
                number(value).text,
            )
        )
    return bars(rows)


def _bands(table: DisclosedTable, place: Place, whole: int | None) -> tuple[Band, ...]:
    return tuple(
        Band(
            str(CATEGORIES_FR[code]),
            number(table.value(place.code, code)),
            share_fr(table.value(place.code, code), whole),
        )
        for code in table.categories
    )


# --- Organisations: live ---


def _level(place: Place) -> Level:
    if place.is_departement:
        return Level.DEPARTEMENT
    return Level.REGION if place.is_region else Level.NATION


def _organisations(place: Place, period: Period) -> Mapping[tuple[str, str], Figure]:
    return organisation_figures(_level(place), [place.stored_code], period, FIRST_CODES)


def _told(code: str, one: Figure) -> Told:
    text = "" if one.value is None else number_fr(one.value)
    return Told(code, definition(code).label_fr, unit_above(code), text, one.gems)


def _lines(
    below: Sequence[Place], period: Period, states: Mapping[str, Mapping[str, int]]
) -> tuple[Line, ...]:
    if not below:
        return ()
    month = disclosure.disclosed("ATT-01")
    tables = disclosure.disclosed_together(MEASURES_FR, month.month) if month else {}
    hours = organisation_figures(
        _level(below[0]), [one.stored_code for one in below], period, [HOURS]
    )
    lines = []
    for one in below:
        shown = {
            name: number(tables[name].value(one.code) if tables else None) for name in MEASURES_FR
        }
        told = _told(HOURS, hours[one.stored_code, HOURS])
        lines.append(
            Line(
                place=one,
                open_gems=_states_of(one, states)[GemStatus.ACTIF],
                people=shown["ATT-01"],
                members=shown["ADH-01"],
                passages=shown["ATT-02"],
                hours=told.text,
            )
        )
    return tuple(lines)


# --- What the numbers mean ---


@dataclass(frozen=True)
class Meaning:
    """What one number of these pages counts, in the words of the catalogue."""

    code: str
    label: str
    question: str
    reading: str


def measures_told() -> tuple[Meaning, ...]:
    """Return what every number of the pages means, those of people first."""
    codes = (*MEASURES_FR, *FIRST_CODES)
    return tuple(
        Meaning(code, one.label_fr, one.question_fr, one.reading_fr)
        for code in codes
        for one in [definition(code)]
    )


def years() -> tuple[str, ...]:
    """Return the years one may look at, newest first."""
    this_year = today().year
    return tuple(str(this_year - back) for back in range(YEARS_KEPT))
