"""Reads the catalogue's files into frozen dataclasses, and checks every line of them.

A fault is told with its file, the indicator's code, and the line and column in that file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from espace.indicators.formulas import tree
from espace.indicators.formulas.check import FactField, Language, check, expand
from espace.indicators.formulas.parse import FormulaError, parse
from espace.indicators.formulas.tree import Node

CATALOGUE = Path(__file__).with_name("catalogue")
ABOUT = ("people", "organisation")
NULL_RULES = ("N0", "N1", "N2", "N3", "N4", "N5")
DAILY_GESTURES = ("1", "2")
"""Gestures whose facts may still change until the month is finished: day sheet, monthly form."""


@dataclass(frozen=True)
class Fault:
    """Something wrong in a catalogue file, and where."""

    file: str
    code: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, {self.code}, line {self.line}, column {self.column}: {self.message}"


class CatalogueError(Exception):
    """The catalogue cannot be used; ``faults`` says all that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Indicator:
    """One indicator, as its file says it. ``data`` keeps the fields the code does not name."""

    code: str
    label_fr: str
    question_fr: str
    reading_fr: str
    sentence_fr: Mapping[str, str]
    about: str
    pack: str
    release: int
    unit: str
    audience: tuple[str, ...]
    numerator: str
    denominator: str | None
    factor: int
    nulls: str
    sensitivity: str
    direction: str
    file: str
    data: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def theme(self) -> str:
        """Return the three letters of the theme: ATT, ADH…"""
        return self.code[:3]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The whole catalogue, in the order of its files; read once, compared by identity."""

    folder: Path
    version: int
    indicators: Mapping[str, Indicator]
    themes: Mapping[str, str]
    fact_model: Mapping[str, Mapping[str, FactField]]
    gestures: Mapping[str, str]
    functions: frozenset[str]
    groupings: Mapping[str, Mapping[str, str]]
    coverage: tuple[str, str]
    words: Mapping[str, Any]

    @cached_property
    def language(self) -> Language:
        """Return what formulas may name."""
        return Language(self.fact_model, self.functions, self.groupings, self.indicators.keys())

    def formulas(self, code: str) -> tuple[Node, Node | None, int]:
        """Return numerator, denominator and factor of an indicator, as written."""
        found = self.indicators[code]
        below = parse(found.denominator) if found.denominator else None
        return parse(found.numerator), below, found.factor

    def expanded(self, code: str) -> tuple[Node, Node | None, int]:
        """Return the same with every {CODE} replaced by its own formula."""
        return _expanded(self, code)

    def entities(self, code: str) -> tuple[str, ...]:
        """Return the sorts of facts an indicator counts, in order of appearance."""
        return _entities(self, code)

    def is_monthly(self, code: str) -> bool:
        """True when some fact comes from the day sheet or the monthly form."""
        return any(self.gestures[name].startswith(DAILY_GESTURES) for name in self.entities(code))


@cache
def _expanded(found: Catalogue, code: str) -> tuple[Node, Node | None, int]:
    above, below, factor = found.formulas(code)
    return (
        expand(above, found.formulas, (code,)),
        expand(below, found.formulas, (code,)) if below else None,
        factor,
    )


@cache
def _entities(found: Catalogue, code: str) -> tuple[str, ...]:
    above, below, _ = found.expanded(code)
    nodes = [*above.walk(), *(below.walk() if below else ())]
    named = [n.entity for n in nodes if isinstance(n, tree.Fact | tree.EntityName)]
    return tuple(dict.fromkeys(named))


@cache
def catalogue(folder: Path = CATALOGUE) -> Catalogue:
    """Return the catalogue of ``folder``, read once. Raises CatalogueError when it is faulty."""
    found, faults = read(folder)
    if faults or found is None:
        raise CatalogueError(faults)
    return found


def read(folder: Path) -> tuple[Catalogue | None, tuple[Fault, ...]]:
    """Return the catalogue and every fault found in it (None when it cannot be read at all)."""
    try:
        found, faults = _assemble(folder)
    except (OSError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        place = getattr(error, "problem_mark", None)
        line, column = (place.line + 1, place.column + 1) if place else (1, 1)
        return None, (Fault(folder.name, "catalogue", line, column, repr(error)),)
    return found, (*faults, *_formula_faults(found))


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _assemble(folder: Path) -> tuple[Catalogue, list[Fault]]:
    base, model = _load(folder / "base.yaml"), _load(folder / "facts.yaml")["fact_model"]
    faults: list[Fault] = []
    indicators: dict[str, Indicator] = {}
    for path in sorted(folder.glob("theme_*.yaml")):
        for entry in _load(path):
            found = _indicator(entry, path.name)
            if found.code in indicators:
                faults.append(_fault_at(folder, found, ("code",), "this code is already used", 1))
            faults += _shape_faults(folder, found, base)
            indicators[found.code] = found
    coverage = base["coverage"]["names"]
    return (
        Catalogue(
            folder=folder,
            version=base["meta"]["version"],
            indicators=indicators,
            themes=base["themes"],
            fact_model={e["entity"]: _fields(e["fields"]) for e in model["entities"]},
            gestures={e["entity"]: e["gesture"] for e in model["entities"]},
            functions=frozenset(base["notation"]["functions"]),
            groupings=base["notation"]["groupings"],
            coverage=(coverage["numerator"], coverage["denominator"]),
            words=_load(folder / "words.yaml"),
        ),
        faults,
    )


def _fields(described: Mapping[str, Any]) -> dict[str, FactField]:
    return {
        name: FactField(how["type"], tuple(how["values"])) if isinstance(how, dict)
        else FactField(how)
        for name, how in described.items()
    }  # fmt: skip


def _indicator(entry: Mapping[str, Any], file: str) -> Indicator:
    definition = entry["definition"]
    return Indicator(
        code=entry["code"],
        label_fr=entry["label_fr"],
        question_fr=entry["question_fr"],
        reading_fr=entry.get("reading_fr", ""),
        sentence_fr=entry.get("sentence_fr", {}),
        about=entry["about"],
        pack=entry["pack"],
        release=entry["release"],
        unit=entry["unit"],
        audience=tuple(entry["audience"]),
        numerator=definition["numerator"],
        denominator=definition["denominator"],
        factor=definition["factor"],
        nulls=definition["nulls"],
        sensitivity=entry["sensitivity"],
        direction=entry["direction"],
        file=file,
        data=entry,
    )


def _shape_faults(folder: Path, found: Indicator, base: Mapping[str, Any]) -> Iterator[Fault]:
    if found.about not in ABOUT:
        yield _fault_at(folder, found, ("about",), "people or organisation is needed")
    if found.nulls not in NULL_RULES:
        yield _fault_at(folder, found, ("definition", "nulls"), "unknown null rule")
    if found.theme not in base["themes"]:
        yield _fault_at(folder, found, ("code",), "unknown theme")
    if found.sentence_fr and not (
        "other" in found.sentence_fr or {"yes", "no"} <= found.sentence_fr.keys()
    ):
        yield _fault_at(folder, found, ("sentence_fr",), "'other', or 'yes' and 'no', are needed")


def _formula_faults(found: Catalogue) -> Iterator[Fault]:
    for one in found.indicators.values():
        for part, text in (("numerator", one.numerator), ("denominator", one.denominator)):
            if text is None:
                continue
            try:
                check(parse(text), found.language)
                expand(parse(text), found.formulas, (one.code,))
            except FormulaError as error:
                yield _formula_fault(found.folder, one, part, text, error)


def _formula_fault(
    folder: Path, found: Indicator, part: str, text: str, error: FormulaError
) -> Fault:
    lines = text.splitlines(keepends=True)
    offset = sum(map(len, lines[: error.position.line - 1])) + error.position.column - 1
    return _fault_at(folder, found, ("definition", part), error.message, offset=offset)


def _fault_at(
    folder: Path, found: Indicator, keys: tuple[str, ...], message: str,
    skip: int = 0, offset: int = 0,
) -> Fault:  # fmt: skip
    """Find where ``keys`` of an indicator stand in its file; ``offset`` counts inside the value."""
    source = (folder / found.file).read_text(encoding="utf-8")
    document: Any = yaml.compose(source, yaml.CSafeLoader)
    entries = [entry for entry in document.value if _code(entry) == found.code]
    node = entries[min(skip, len(entries) - 1)]
    for key in keys:
        node = next((value for name, value in node.value if name.value == key), node)
    index = _index_in_source(source, node, offset) if offset else _first_letter(source, node)
    before = source[:index]
    line = before.count("\n") + 1
    return Fault(found.file, found.code, line, index - before.rfind("\n"), message)


def _code(entry: Any) -> str:
    return next((value.value for name, value in entry.value if name.value == "code"), "")


def _first_letter(source: str, node: Any) -> int:
    return (
        _index_in_source(source, node, 0) if isinstance(node.value, str) else node.start_mark.index
    )


def _index_in_source(source: str, node: Any, offset: int) -> int:
    """Folding and quoting only move blanks: the n-th letter of the value is that of the file."""
    wanted = len("".join(node.value[:offset].split()))
    index: int = node.start_mark.index
    if node.style in (">", "|"):
        index = source.index("\n", index)
    elif node.style in ("'", '"'):
        index += 1
    while True:
        if not source[index].isspace():
            if wanted == 0:
                return index
            wanted -= 1
        if node.style == "'" and source[index : index + 2] == "''":
            index += 1
        index += 1
