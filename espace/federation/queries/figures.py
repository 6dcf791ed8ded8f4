"""Figures of the network, chosen: which, when, where, of which public. Places are never ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.core.spreadsheets import Cell, Sheet
from espace.disclosure import queries as disclosure
from espace.federation.models import SavedView
from espace.federation.rules.views import MONTHS, Choice
from espace.groups.choices import PublicFocus
from espace.groups.territory import departements, normalised, regions
from espace.indicators.queries import definition, summed, theme_labels, unit_above
from espace.indicators.rules import (
    Period,
    month_period,
    months_up_to,
    number_fr,
    quarter_period,
    shift_date,
    year_period,
)
from espace.territories.choices import NATION, Level
from espace.territories.queries import organisation_figures, organisation_series
from espace.territories.rules import YEARS_KEPT, Figure

CLOSINGS_READ = 24
PUBLISHED = {"ATT-01": "", "ADH-01": "", "ATT-02": ""}
"""What is published of people, month by month (``disclosure``)."""
HIDDEN, NOTHING, TOO_FEW = "caché", "rien de noté", "moins de 3 GEM"


@dataclass(frozen=True)
class Shown:
    """One cell. ``text`` is what is read; ``note`` how many GEM stand behind, or the quartiles."""

    text: str
    note: str
    number: float | None
    gems: int


@dataclass(frozen=True)
class Column:
    """One indicator of the table."""

    code: str
    label: str
    unit: str
    about_people: bool


@dataclass(frozen=True)
class Row:
    """One place, in the order of names. ``code`` is its published code (FR, R53, D29)."""

    code: str
    name: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class FiguresPage:
    """The table of what was chosen. ``month`` is the closing the numbers of people come from."""

    choice: Choice
    period: Period
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    month: str
    public: str
    without: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """A view somebody saved: its name, and its address after « ? »."""

    id: UUID
    name: str
    query: str


def figures(actor: Actor, choice: Choice) -> FiguresPage:
    """Return the table of a choice. Five SQL queries at most, whatever the number of places."""
    require(actor, "groups.run_network")
    places = _places(choice)
    period = choice.period
    codes = [code for code in choice.codes if code in indicators_by_code()]
    if choice.level == MONTHS:
        return _month_by_month(choice, codes)
    live = [code for code in codes if code not in PUBLISHED]
    level, stored = (
        _level(choice),
        [code.lstrip("RD") if code != "FR" else NATION for code, _n in places],
    )
    found: Mapping[tuple[str, str], Figure] = (
        organisation_figures(level, stored, period, live, choice.public) if live else {}
    )
    tables, month = _published([code for code in codes if code in PUBLISHED], period)
    rows: list[Row] = []
    empty: list[Row] = []
    for (place, name), key in zip(places, stored, strict=True):
        cells = [
            _people(tables.get(code), place, choice.public)
            if code in PUBLISHED
            else _told(code, found[key, code])
            for code in codes
        ]
        (rows if any(one.gems for one in cells) else empty).append(Row(place, name, tuple(cells)))
    return FiguresPage(
        choice=choice,
        period=period,
        columns=tuple(_column(code) for code in codes),
        rows=tuple(rows),
        without=tuple(one.name for one in empty),
        month=month,
        public=str(PublicFocus(choice.public).label) if choice.public else _("tous les publics"),
    )


def _month_by_month(choice: Choice, codes: Sequence[str]) -> FiguresPage:
    """Return twelve months of France, or of the région chosen. Three SQL queries."""
    months = months_up_to(min(choice.period.end, today()), 12)
    place, name = ("FR", "France")
    if choice.region:
        place, name = f"R{choice.region}", regions()[choice.region].name
    level, stored = (Level.REGION, choice.region) if choice.region else (Level.NATION, NATION)
    live = [code for code in codes if code not in PUBLISHED]
    found = organisation_series(level, stored, months, live) if live else {}
    asked = [code for code in codes if code in PUBLISHED]
    series = disclosure.disclosed_series_together(asked, CLOSINGS_READ) if asked else {}
    said = {code: {one.month: one for one in tables} for code, tables in series.items()}
    rows = [
        Row(
            str(month),
            month.label_fr().capitalize(),
            tuple(
                _people(said[code].get(month.start), place, choice.public)
                if code in PUBLISHED
                else _told(code, found[month, code])
                for code in codes
            ),
        )
        for month in months
    ]
    return FiguresPage(
        choice=choice,
        period=choice.period,
        columns=tuple(_column(code) for code in codes),
        rows=tuple(rows),
        month="",
        public=_("%(place)s, mois par mois, tous les publics") % {"place": name},
        without=(),
    )


def as_sheet(page: FiguresPage) -> Sheet:
    """Return the same table for a spreadsheet: numbers, and how many GEM stand behind each."""
    columns = [_("Lieu")]
    for one in page.columns:
        columns += [f"{one.label} ({one.unit})" if one.unit else one.label, _("GEM comptés")]
    rows: list[list[Cell]] = []
    for row in page.rows:
        cells: list[Cell] = [row.name]
        for cell in row.cells:
            cells += [cell.text if cell.number is None else cell.number, cell.note]
        rows.append(cells)
    return Sheet(str(page.period), columns, rows)


def indicators_by_code() -> dict[str, Column]:
    """Return what one may choose: figures of organisations that add up, and those published."""
    live = [code for code, how in summed().items() if not how.about_people]
    return {code: _column(code) for code in sorted([*live, *PUBLISHED])}


def indicator_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the same by theme, for a list to choose from."""
    names = theme_labels()
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, one in indicators_by_code().items():
        groups.setdefault(names[code[:3]], []).append((code, one.label))
    return list(groups.items())


def themes() -> list[tuple[str, str]]:
    """Return the themes that have something to choose: three letters and their words."""
    names = theme_labels()
    return [(key, names[key]) for key in sorted({code[:3] for code in indicators_by_code()})]


def periods(day: date | None = None) -> list[tuple[str, str]]:
    """Return the periods one may choose, the latest first: years, quarters, months."""
    now = day or today()
    first = now.replace(day=1)
    quarters = [shift_date(first, -3 * back, "month") for back in range(8)]
    found: list[Period] = [
        *(year_period(now.year - back) for back in range(YEARS_KEPT)),
        *(quarter_period(one.year, (one.month + 2) // 3) for one in quarters),
        *reversed(months_up_to(now, 13)),
    ]
    return [(str(one), one.label_fr()) for one in dict.fromkeys(found)]


def saved_views(actor: Actor, *, removed: bool = False) -> tuple[View, ...]:
    """Return the views the team keeps, or those taken away, by name. One SQL query."""
    require(actor, "groups.run_network")
    rows = SavedView.objects.filter(removed=removed).order_by("name", "pk")
    return tuple(View(one.pk, one.name, one.query) for one in rows)


def _level(choice: Choice) -> Level:
    return {"france": Level.NATION, "regions": Level.REGION}.get(choice.level, Level.DEPARTEMENT)


def _places(choice: Choice) -> list[tuple[str, str]]:
    """Return (published code, name), by name: no place is ever ranked by a number."""
    if choice.level == "france":
        return [("FR", "France")]
    if choice.level == "regions":
        found = [(f"R{one.code}", one.name) for one in regions().values()]
    else:
        found = [
            (f"D{one.code}", f"{one.name} ({one.code})")
            for one in departements().values()
            if choice.region in ("", one.region)
        ]
    return sorted(found, key=lambda one: normalised(one[1]))


def _column(code: str) -> Column:
    one = definition(code)
    return Column(code, one.label_fr, unit_above(code), one.about == "people")


def _told(code: str, one: Figure) -> Shown:
    if one.value is None:
        text = _(NOTHING) if not one.gems else _(TOO_FEW)
        return Shown(text, _("%(n)s GEM") % {"n": one.gems}, None, one.gems)
    note = _("%(n)s GEM") % {"n": one.gems}
    if one.first_quartile is not None and one.third_quartile is not None:
        note += _(" ; la moitié entre %(low)s et %(high)s") % {
            "low": number_fr(one.first_quartile),
            "high": number_fr(one.third_quartile),
        }
    return Shown(number_fr(one.value), note, float(one.value), one.gems)


def _published(
    codes: Sequence[str], period: Period
) -> tuple[Mapping[str, disclosure.DisclosedTable], str]:
    """Return the published tables of the last month of the period, and that month in words."""
    if not codes:
        return {}, ""
    last = min(period.end, today())
    tables = disclosure.disclosed_together(codes, last) or disclosure.disclosed_together(codes)
    month = next((one.month for one in tables.values()), None)
    return tables, month_period(month).label_fr() if month else ""


def _people(table: disclosure.DisclosedTable | None, place: str, public: str) -> Shown:
    if public or table is None:
        said = _("publié pour tous les publics seulement") if public else _("pas publié")
        return Shown(said, "", None, 1)
    value = table.value(place)
    counted, _here = table.gems.get(place, (0, 0))
    note = _("%(n)s GEM") % {"n": counted}
    if value is None:
        return Shown(_(HIDDEN), note, None, counted)
    return Shown(number_fr(Decimal(value)), note, float(value), counted)
