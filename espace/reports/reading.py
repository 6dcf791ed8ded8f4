"""Reads the definitions of ``documents/*.yaml``; a faulty one stops the product at start."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from espace.groups.territory import ars_zones
from espace.indicators.queries import formula_fault, has_indicator
from espace.reports.rules.documents import Definition, DocumentError, definition_of

DOCUMENTS = Path(__file__).parent / "documents"


@cache
def definitions() -> Mapping[tuple[str, str], Definition]:
    """Return every definition by (kind, ARS zone), zone "" being everyone's."""
    return read(DOCUMENTS)


def read(folder: Path) -> dict[tuple[str, str], Definition]:
    """Return the definitions of a folder. Raises DocumentError."""
    data = {path.stem: _loaded(path) for path in sorted(folder.glob("*.yaml"))}
    found = {}
    for name, one in data.items():
        if "extends" not in one:
            found[name, ""] = definition_of(name, one)
    for one in data.values():
        if "extends" in one:
            made = definition_of("", one, found[one["extends"], ""])
            found[made.kind, made.zone] = made
    return found


def definition_for(kind: str, zone: str) -> Definition:
    """Return the document of a kind, as the ARS of this zone asks for it."""
    known = definitions()
    return known.get((kind, zone)) or known[kind, ""]


def check_documents(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return one error per fault of the definitions: unknown figure, formula without meaning."""
    try:
        found = read(DOCUMENTS)
    except (DocumentError, KeyError, yaml.YAMLError) as error:
        return [Error(str(error), id="reports.E001")]
    return [
        Error(text, id="reports.E002")
        for one in found.values()
        for text in faults(one)
    ]  # fmt: skip


def faults(one: Definition) -> Iterator[str]:
    """Yield what a definition says that means nothing."""
    where = f"{one.kind} {one.zone}".strip()
    if one.zone and one.zone not in ars_zones():
        yield f"{where}: no ARS of that name."
    codes = [field.code for field in one.fields]
    for twice in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{where}: « {twice} » is there twice."
    for field in one.fields:
        if field.source == "indicator" and not has_indicator(field.what):
            yield f"{where}: {field.code}: no indicator {field.what}."
        for text in (field.what if field.source == "formula" else "", field.known):
            fault = formula_fault(text) if text else ""
            if fault:
                yield f"{where}: {field.code}: {fault}"
    for section in one.sections:
        for code in section.figures:
            if not has_indicator(code):
                yield f"{where}: {section.code}: no indicator {code}."


def _loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
