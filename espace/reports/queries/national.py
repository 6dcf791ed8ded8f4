"""The federation's national report: what is published, live and received, put in one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.disclosure import queries as disclosure
from espace.groups.choices import (
    AssociationState,
    GemStatus,
    ManagementMode,
    PremisesKind,
    PublicFocus,
)
from espace.groups.queries.counted import PlacedGem, gems_in
from espace.groups.territory import departements, normalised, regions
from espace.indicators.queries import definition, unit_above
from espace.indicators.rules import month_period, number_fr, year_period
from espace.reports.choices import Kind
from espace.reports.models import PastFigure
from espace.reports.permissions import NATIONAL, PAST
from espace.reports.queries.received import Reach, due_on, parts, received
from espace.reports.rules.content import Content, Part, Table
from espace.territories.choices import NATION, Level
from espace.territories.queries import organisation_figures
from espace.territories.rules import YEARS_KEPT, Figure

SECTIONS = Path(__file__).parents[1] / "national.yaml"
BREAK = 2016
"""The national series break that year: a new form (dossier 2.4)."""
HIDDEN, NOTHING = "caché", "–"
PEOPLE = {"ATT-01": "Personnes venues", "ADH-01": "Adhérents", "ATT-02": "Passages"}


@dataclass(frozen=True)
class NationalPage:
    """The report of a year, and the years one may ask for."""

    content: Content
    year: int
    years: tuple[int, ...]


@dataclass(frozen=True)
class PastLine:
    """A number of a national review of the past."""

    id: UUID
    year: int
    text: str
    source: str
    edition: int
    note: str


@dataclass(frozen=True)
class PastSeries:
    """A series of the past reviews; the numbers before and after the break stand apart."""

    name: str
    before: tuple[PastLine, ...]
    after: tuple[PastLine, ...]


def years() -> tuple[int, ...]:
    """Return the closed years one may report on, newest first."""
    return tuple(today().year - back for back in range(1, YEARS_KEPT))


def national(actor: Actor, text: str = "") -> NationalPage:
    """Return the draft of a closed year, last year by default. Twelve SQL queries at most."""
    require(actor, NATIONAL)
    known = years()
    year = int(text) if text.isascii() and text.isdigit() and int(text[:5]) in known else known[0]
    return NationalPage(_content(year), year, known)


def past(actor: Actor) -> tuple[PastSeries, ...]:
    """Return the numbers of past national reviews, series by series. One SQL query."""
    require(actor, PAST)
    return _past()


def _content(year: int) -> Content:
    gems = gems_in(list(departements()))
    made = [
        _cover(year, gems),
        _people(year),
        *_figures(year),
        _management(gems),
        _received(year, gems),
        _funders(year),
        _earlier(),
    ]
    return Content(
        kind="national",
        title=_("Rapport national des GEM"),
        place=_("FiGEM, brouillon du %(day)s") % {"day": date_format(today(), "j F Y")},
        year=year,
        source=_(
            "Les personnes : publication du mois, petits nombres cachés. Les associations : "
            "à partir de 3 GEM. Une moyenne parle des GEM qui ont répondu, pas de tous."
        ),
        parts=tuple(one for one in made if one is not None),
    )


def _cover(year: int, gems: Sequence[PlacedGem]) -> Part:
    open_then = [one for one in gems if one.status == GemStatus.ACTIF and _was_open(one, year)]
    rows = []
    for region in sorted(regions().values(), key=lambda one: normalised(one.name)):
        inside = [one for one in open_then if one.region_code == region.code]
        waiting = [
            one for one in gems
            if one.region_code == region.code and one.status == GemStatus.PREPARATION
        ]  # fmt: skip
        publics = [sum(one.public_focus == focus for one in inside) for focus in PublicFocus.values]
        rows.append([region.name, len(inside), len(waiting), *publics])
    columns = [_("Région"), _("GEM ouverts"), _("En préparation")]
    columns += [str(label) for label in PublicFocus.labels]
    here = {one.departement_code for one in open_then}
    empty = sorted(one.name for code, one in departements().items() if code not in here)
    return Part(
        "couverture",
        _("Où sont les GEM"),
        sentences=(
            _("GEM ouverts : %(n)s. Départements qui en ont : %(places)s.")
            % {"n": len(open_then), "places": len(here)},
            _("Départements sans GEM : %(names)s.") % {"names": ", ".join(empty)}
            if empty
            else _("Chaque département a un GEM."),
        ),
        tables=(_table(_("GEM par région et par public"), columns, rows),),
    )


def _was_open(gem: PlacedGem, year: int) -> bool:
    return gem.opened_on is None or gem.opened_on.year <= year


def _people(year: int) -> Part:
    tables = disclosure.disclosed_together(
        (*PEOPLE, "ATT-01-age", "ATT-01-sexe"), date(year, 12, 1)
    )
    if not tables:
        return Part(
            "personnes",
            _("Les personnes"),
            sentences=(_("Le mois de décembre de cette année n'a pas été publié."),),
        )
    whole = tables["ATT-01"]
    counted, here = whole.gems.get("FR", (0, 0))
    rows = [
        [name, *(_cell(tables[code].value(place)) for code in PEOPLE)]
        for place, name in [("FR", "France"), *_region_places()]
        if place in whole.places
    ]
    bands = [
        [_band(code), _cell(tables[name].value("FR", code))]
        for name in ("ATT-01-age", "ATT-01-sexe")
        for code in tables[name].categories
    ]
    month = month_period(whole.month).label_fr()
    return Part(
        "personnes",
        _("Les personnes"),
        sentences=(
            _("Mois compté : %(month)s. GEM comptés : %(n)s sur %(all)s.")
            % {"month": month, "n": counted, "all": here},
            _("Une personne qui va dans deux GEM compte deux fois."),
        ),
        tables=(
            _table(_("Personnes par région"), [_("Lieu"), *PEOPLE.values()], rows),
            _table(_("Qui vient"), [_("Groupe"), _("Personnes")], bands),
        ),
    )


BANDS = {
    "moins_35": "Moins de 35 ans", "35_49": "35 à 49 ans", "50_plus": "50 ans et plus",
    "non_dit": "Âge non dit", "femme": "Femmes", "homme": "Hommes",
    "autre_ou_non_dit": "Autre, ou non dit",
}  # fmt: skip


def _band(code: str) -> str:
    return BANDS[code]


def _figures(year: int) -> list[Part]:
    sections = _sections()
    codes = sorted({code for one in sections for code in one["figures"]})
    period = year_period(year)
    places = [place for place, _name in _region_places()]
    stored = [place[1:] for place in places]
    nation = organisation_figures(Level.NATION, [NATION], period, codes)
    found = organisation_figures(Level.REGION, stored, period, codes)
    made = []
    for one in sections:
        rows = [["France", *(_value(nation[NATION, code]) for code in one["figures"])]]
        rows += [
            [name, *(_value(found[place[1:], code]) for code in one["figures"])]
            for place, name in _region_places()
        ]
        columns = [_("Lieu"), *(_heading(code) for code in one["figures"])]
        sentences = tuple(_told(code, nation[NATION, code]) for code in one["figures"])
        made.append(
            Part(
                one["code"],
                one["title_fr"],
                sentences=tuple(text for text in sentences if text),
                tables=(_table(_("Région par région"), columns, rows),),
            )
        )
    return made


@cache
def _sections() -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load(SECTIONS.read_text(encoding="utf-8"))["sections"])


def _heading(code: str) -> str:
    return f"{definition(code).label_fr} ({unit_above(code)})"


def _told(code: str, one: Figure) -> str:
    if one.value is None:
        return ""
    return _("%(what)s : %(value)s, %(n)s GEM comptés.") % {
        "what": _heading(code),
        "value": number_fr(one.value),
        "n": one.gems,
    }


def _management(gems: Sequence[PlacedGem]) -> Part:
    here = [one for one in gems if one.status == GemStatus.ACTIF]
    said = (
        (_("Gestion"), ManagementMode, "management_mode"),
        (_("Local"), PremisesKind, "premises_kind"),
        (_("Association"), AssociationState, "association_state"),
    )
    tables = []
    for title, choices, name in said:
        rows = [
            [str(label), sum(getattr(one, name) == code for one in here)]
            for code, label in choices.choices
        ]
        unknown = sum(not getattr(one, name) for one in here)
        rows.append([_("Pas dit"), unknown])
        tables.append(_table(title, [title, _("GEM")], rows))
    return Part("gestion", _("Gestion, local, association"), tables=tuple(tables))


def _received(year: int, gems: Sequence[PlacedGem]) -> Part:
    tables = received(Reach("ars", everywhere=True), kind=Kind.BILAN, year=year)
    expected = [one for one in gems if one.status == GemStatus.ACTIF and _was_open(one, year)]
    in_time = sum(one.sent_at.date() <= due_on(year) for one in tables)
    rows = [
        [
            name,
            sum(one.region_code == place[1:] for one in tables),
            sum(one.region_code == place[1:] for one in expected),
        ]
        for place, name in _region_places()
    ]
    return Part(
        "bilans",
        _("Les bilans envoyés"),
        sentences=(
            _("Bilans envoyés : %(n)s sur %(all)s GEM. Avant le 28 février : %(soon)s.")
            % {"n": len(tables), "soon": in_time, "all": len(expected)},
        ),
        tables=(
            _table(_("Par région"), [_("Région"), _("Bilans envoyés"), _("GEM ouverts")], rows),
        ),
    )


def _funders(year: int) -> Part | None:
    names = dict(_region_places())
    found = parts(list(names), year)
    if not found:
        return None
    rows = [
        [names[place], _euros(one.credits_eur), _euros(one.other_credits_eur),
         _cell(one.visits), _cell(one.meetings), one.support or NOTHING,
         one.difficulties or NOTHING]
        for place, one in sorted(found.items(), key=lambda each: names[each[0]])
    ]  # fmt: skip
    columns = [
        _("Région"), _("Crédits GEM (CNSA)"), _("Autres crédits"), _("Visites"), _("Réunions"),
        _("Aide aux GEM"), _("Difficultés"),
    ]  # fmt: skip
    return Part("ars", _("Ce que disent les ARS"), tables=(_table(_("Par région"), columns, rows),))


def _earlier() -> Part | None:
    found = _past()
    if not found:
        return None
    columns = [_("Année"), _("Nombre"), _("Document"), _("Année du document"), _("À savoir")]
    tables = [
        Table(
            f"{one.name}, {when}",
            tuple(columns),
            tuple(
                (str(line.year), line.text, line.source, str(line.edition), line.note)
                for line in lines
            ),
        )
        for one in found
        for when, lines in ((_("avant 2016"), one.before), (_("depuis 2016"), one.after))
        if lines
    ]
    return Part(
        "avant",
        _("Les bilans nationaux d'avant"),
        sentences=(
            _("Ces nombres viennent d'autres documents. Ils ne se comparent pas aux nôtres."),
            _("En 2016 le formulaire a changé : avant et après ne se comparent pas."),
        ),
        tables=tuple(tables),
    )


def _past() -> tuple[PastSeries, ...]:
    series: dict[str, list[PastFigure]] = {}
    for one in PastFigure.objects.all():
        series.setdefault(one.series, []).append(one)
    return tuple(
        PastSeries(
            name,
            tuple(_past_line(one) for one in rows if one.year < BREAK),
            tuple(_past_line(one) for one in rows if one.year >= BREAK),
        )
        for name, rows in series.items()
    )


def _past_line(one: PastFigure) -> PastLine:
    text = f"{number_fr(one.value)} {one.unit}".strip()
    return PastLine(one.pk, one.year, text, one.source, one.edition, one.note)


def _region_places() -> list[tuple[str, str]]:
    ordered = sorted(regions().values(), key=lambda one: normalised(one.name))
    return [(f"R{one.code}", one.name) for one in ordered]


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    return Table(title, tuple(columns), tuple(tuple(str(cell) for cell in row) for row in rows))


def _cell(value: int | None) -> str:
    return HIDDEN if value is None else number_fr(Decimal(value))


def _euros(value: int | None) -> str:
    return NOTHING if value is None else f"{number_fr(Decimal(value))} €"


def _value(one: Figure) -> str:
    return NOTHING if one.value is None else number_fr(one.value)
