"""Fills a document: figures place themselves, what the GEM typed goes over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from espace.accounts.access import Actor
from espace.binder.queries import PaperDates, paper_dates
from espace.disclosure.rules.shares import share_percent, vague_fr
from espace.groups.queries.profile import Profile, Said, profile
from espace.groups.territory import departements
from espace.indicators.queries import definition, evaluate, measure, say
from espace.indicators.rules import Measure, Period, year_period
from espace.reports.choices import Origin
from espace.reports.reading import definition_for
from espace.reports.rules.content import (
    Content,
    Line,
    Part,
    Picture,
    Value,
    as_number,
    read_typed,
    tell,
)
from espace.reports.rules.documents import Definition, Field, Section

FIGURES = "chiffres:"
"""Prefix of the answer that holds the figures a GEM chose for a section."""


@dataclass(frozen=True)
class Filled:
    """A definition and what it gives for a GEM and a year, before and after what was typed."""

    definition: Definition
    content: Content
    counted: Mapping[str, Line]
    """What Mon Espace knows of each field by itself, by code."""


def fill(
    actor: Actor,
    gem_id: UUID,
    kind: str,
    year: int,
    answers: Mapping[str, str],
    pictures: Mapping[str, Sequence[Picture]],
    today: date,
) -> Filled:
    """Return the document as it stands. Eight SQL queries at most.

    ``answers`` is what the GEM typed, by code; ``pictures`` the photos by section.
    """
    card = profile(actor, gem_id)
    made = definition_for(kind, card.ars_zone)
    period = year_period(year)
    known = _Known(
        card=card,
        papers=paper_dates(actor, gem_id, min(period.end, today)),
        measures=_measures(actor, gem_id, made, answers, period, today),
        formulas=_formulas(actor, gem_id, made, period, today),
        period=period,
        is_shared=bool(made.sent_to),
    )
    fields = [one for one in made.fields if known.asks(one)]
    counted = {one.code: known.line(one) for one in fields}
    lines = {
        one.code: _with_typed(one, counted[one.code], answers.get(one.code, "")) for one in fields
    }
    parts = tuple(
        Part(
            code=section.code,
            title=section.title,
            sentences=tuple(known.sentences(chosen_figures(section, answers))),
            lines=tuple(lines[one.code] for one in section.fields if one.code in lines),
            words=tuple(_words(section, answers)),
            pictures=tuple(pictures.get(section.code, ())),
        )
        for section in made.sections
    )
    content = Content(kind, made.title, f"{card.name}, {card.commune}", year, made.source, parts)
    return Filled(made, content, counted)


def chosen_figures(section: Section, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the figures told in a section: those the GEM chose, else those of the definition."""
    typed = answers.get(f"{FIGURES}{section.code}")
    return section.figures if typed is None else tuple(typed.split())


def _measures(
    actor: Actor,
    gem_id: UUID,
    made: Definition,
    answers: Mapping[str, str],
    period: Period,
    today: date,
) -> dict[str, Measure]:
    codes = [one.what for one in made.fields if one.source == "indicator"]
    codes += [code for section in made.sections for code in chosen_figures(section, answers)]
    if not codes:
        return {}
    found = measure(actor, gem_id, [period], codes, today)
    return {code: found[code, period] for code in codes}


def _formulas(
    actor: Actor, gem_id: UUID, made: Definition, period: Period, today: date
) -> dict[str, Value]:
    texts = {one.what for one in made.fields if one.source == "formula"}
    texts |= {one.known for one in made.fields if one.known}
    found = evaluate(actor, gem_id, {text: text for text in sorted(texts)}, [period], today)
    return {text: found[text, period] for text in texts}


@dataclass(frozen=True)
class _Known:
    card: Profile
    papers: Mapping[str, PaperDates]
    measures: Mapping[str, Measure]
    formulas: Mapping[str, Value]
    period: Period
    is_shared: bool

    def asks(self, field: Field) -> bool:
        """Tell whether this GEM has that question: a GEM that manages itself has no manager."""
        only = field.only_if
        return only is None or self._code_on_card(only.card) in ("", *only.codes)

    def line(self, field: Field) -> Line:
        if field.kind == "share" and field.source == "indicator":
            return self._share(field)
        value = self._value(field)
        text = tell(field.kind, value)
        if not text:
            origin = Origin.EMPTY
        else:
            origin = Origin.COUNTED if field.source in ("indicator", "formula") else Origin.CARD
        return Line(
            field.code, field.label, text, as_number(value), field.unit, origin.value, field.row
        )

    def sentences(self, codes: Sequence[str]) -> list[str]:
        """Return one sentence for each figure that is known, in the words of the catalogue."""
        found = []
        for code in codes:
            measured = self.measures.get(code)
            if measured is None or measured.value is None:
                continue
            if self.is_shared and _says_too_much(measured):
                continue
            found.append(say(measured) or _plainly(measured))
        return found

    def _value(self, field: Field) -> Value:
        match field.source:
            case "card":
                return self._on_card(field.what)
            case "indicator":
                return self.measures[field.what].value
            case "formula":
                return self._computed(field)
            case "paper":
                paper = self.papers.get(field.what)
                return paper.dated_on if paper else None
            case "paper_end":
                paper = self.papers.get(field.what)
                return paper.ends_on if paper else None
            case _:
                return None

    def _computed(self, field: Field) -> Value:
        if field.known and not self.formulas[field.known]:
            return None
        value = self.formulas[field.what]
        return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def _share(self, field: Field) -> Line:
        """A share of people: in whole points, from thirty people on, vague near all and none."""
        measured = self.measures[field.what]
        part, whole = measured.numerator, measured.denominator
        if measured.value is None or part is None or not whole:
            return Line(field.code, field.label, "", None, field.unit, Origin.EMPTY, field.row)
        percent = share_percent(int(part), int(whole))
        if percent is None:
            text, number, origin = str(Origin.TOO_FEW.label), None, Origin.TOO_FEW
        elif vague := vague_fr(percent):
            text, number, origin = vague, None, Origin.COUNTED
        else:
            text, number, origin = f"{percent} %", float(percent), Origin.COUNTED
        return Line(field.code, field.label, text, number, field.unit, origin.value, field.row)

    def _on_card(self, name: str) -> Value:
        value = getattr(self.card, name)
        if isinstance(value, Said):
            return value.text
        if name == "departement":
            return f"{departements()[value].name} ({value})" if value in departements() else value
        if isinstance(value, int):
            return Decimal(value)
        found: Value = value
        return found

    def _code_on_card(self, name: str) -> str:
        value = getattr(self.card, name)
        return value.code if isinstance(value, Said) else str(value or "")


def _says_too_much(measured: Measure) -> bool:
    """Tell whether a share of people speaks of too few of them to leave the GEM."""
    about = definition(measured.code)
    if about.about != "people" or about.unit != "%":
        return False
    part, whole = measured.numerator, measured.denominator
    percent = share_percent(int(part), int(whole)) if part is not None and whole else None
    return percent is None or bool(vague_fr(percent))


def _plainly(measured: Measure) -> str:
    one = definition(measured.code)
    if isinstance(measured.value, bool):
        return f"{one.label_fr} : {tell('yes_no', measured.value)}."
    unit = "" if one.unit in ("%", "€") else f" {one.unit}"
    kind = {"%": "percent", "€": "euros"}.get(one.unit, "decimal")
    return f"{one.label_fr} : {tell(kind, measured.value)}{unit}."


def _with_typed(field: Field, counted: Line, typed: str) -> Line:
    """What the GEM typed goes over what we counted; its own numbers are « estimé par le GEM »."""
    if not typed:
        return counted
    try:
        value = read_typed(field.kind, typed)
    except ValueError:
        return counted
    is_number = isinstance(value, Decimal)
    origin = Origin.ESTIMATED if is_number else Origin.WRITTEN
    return Line(
        field.code, field.label, tell(field.kind, value), as_number(value), field.unit,
        origin.value, field.row,
    )  # fmt: skip


def _words(section: Section, answers: Mapping[str, str]) -> list[str]:
    found = []
    for one in section.words:
        text = answers.get(one.code, "").strip()
        if text:
            found.append(f"{one.start} {text}")
    return found
