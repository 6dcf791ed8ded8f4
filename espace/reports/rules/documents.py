"""What a document is made of: sections of fields, sentences, words and photos, kept as data.

A definition is read from ``documents/*.yaml``; the mapping of the yearly table is one of them
(dossier 2.1: report field -> fact formula, never in code).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SOURCES = ("card", "indicator", "formula", "paper", "paper_end", "typed")
KINDS = ("count", "decimal", "euros", "percent", "share", "yes_no", "date", "year", "text")
NUMBERS = ("count", "decimal", "euros", "percent", "share", "year")


class DocumentError(ValueError):
    """A definition that says something we do not understand."""


@dataclass(frozen=True)
class OnlyIf:
    """The field is asked only when this line of the GEM's card holds one of these codes."""

    card: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One row: where its value is read, and how it is told.

    ``known`` counts the rows without which zero would be a lie; "" when it is always known.
    ``row`` is the line of the dossier it answers, "" when it answers none.
    """

    code: str
    label: str
    kind: str
    source: str
    what: str
    unit: str = ""
    known: str = ""
    row: str = ""
    about_people: bool = False
    optional: bool = False
    only_if: OnlyIf | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Words:
    """A sentence that members finish."""

    code: str
    start: str
    help: str


@dataclass(frozen=True)
class Section:
    """One part of a document. ``figures`` are catalogue codes told as sentences."""

    code: str
    title: str
    fields: tuple[Field, ...]
    figures: tuple[str, ...]
    words: tuple[Words, ...]
    photos: bool


@dataclass(frozen=True)
class Definition:
    """A whole document. ``zone`` is the ARS it is for ("": all), ``sent_to`` who receives it."""

    kind: str
    zone: str
    title: str
    purpose: str
    source: str
    sent_to: tuple[str, ...]
    large_type: bool
    sections: tuple[Section, ...]

    def section(self, code: str) -> Section | None:
        """Return a section by its code; None when there is none."""
        return next((one for one in self.sections if one.code == code), None)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)


def definition_of(kind: str, data: Mapping[str, Any], base: Definition | None = None) -> Definition:
    """Return what ``data`` defines; ``base`` is what it changes. Raises DocumentError."""
    if base is not None:
        return Definition(
            kind=base.kind,
            zone=str(data["zone"]),
            title=data.get("title_fr", base.title),
            purpose=data.get("purpose_fr", base.purpose),
            source=data.get("source_fr", base.source),
            sent_to=base.sent_to,
            large_type=base.large_type,
            sections=_merged(base.sections, [_section(one) for one in data.get("sections", [])]),
        )
    return Definition(
        kind=kind,
        zone="",
        title=data["title_fr"],
        purpose=data["purpose_fr"],
        source=data.get("source_fr", ""),
        sent_to=tuple(data["sent_to"]),
        large_type=bool(data.get("large_type", False)),
        sections=tuple(_section(one) for one in data["sections"]),
    )


def _merged(base: Sequence[Section], changes: Sequence[Section]) -> tuple[Section, ...]:
    """Fields and words of the same code are replaced, others are added at the end."""
    wanted = {one.code: one for one in changes}
    merged = [_merged_section(one, wanted.pop(one.code, None)) for one in base]
    return (*merged, *wanted.values())


def _merged_section(base: Section, change: Section | None) -> Section:
    if change is None:
        return base
    fields = {one.code: one for one in (*base.fields, *change.fields)}
    words = {one.code: one for one in (*base.words, *change.words)}
    return Section(
        code=base.code,
        title=change.title or base.title,
        fields=tuple(fields.values()),
        figures=change.figures or base.figures,
        words=tuple(words.values()),
        photos=base.photos or change.photos,
    )


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        code=data["code"],
        title=data.get("title_fr", ""),
        fields=tuple(field for one in data.get("fields", []) for field in _fields(one)),
        figures=tuple(data.get("figures", [])),
        words=tuple(Words(w["code"], w["start_fr"], w["help_fr"]) for w in data.get("words", [])),
        photos=bool(data.get("photos", False)),
    )


def _fields(data: Mapping[str, Any]) -> list[Field]:
    """A field with ``each`` is one field for every value of a list."""
    each = data.get("each")
    if not each:
        return [_field(data, "", "")]
    return [_field(data, value, label) for value, label in each.items()]


def _field(data: Mapping[str, Any], value: str, label: str) -> Field:
    def filled(text: str) -> str:
        return str(text).replace("{value}", value).replace("{label}", label)

    sources = [one for one in SOURCES if one in data]
    if len(sources) != 1:
        raise DocumentError(f"{data.get('code')}: one source, among {', '.join(SOURCES)}")
    source = sources[0]
    kind = data.get("kind", "text" if source in ("card", "typed") else "count")
    if kind not in KINDS:
        raise DocumentError(f"{data['code']}: unknown kind {kind}")
    only_if = data.get("only_if")
    name = filled(data["label_fr"])
    return Field(
        code=filled(data["code"]),
        label=name[:1].upper() + name[1:],
        kind=kind,
        source=source,
        what="" if source == "typed" else filled(data[source]).strip(),
        unit=data.get("unit", ""),
        known=filled(data.get("known", "")).strip(),
        row=str(data.get("row", "")),
        about_people=data.get("about") == "people",
        optional=bool(data.get("optional", False)),
        only_if=OnlyIf(only_if["card"], tuple(only_if["is"])) if only_if else None,
    )
