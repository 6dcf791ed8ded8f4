"""The catalogue is checked when the product starts: a faulty line says where it is."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from espace.core.facts import Entity, FactType, registered
from espace.indicators.catalogue_reading import CATALOGUE, Catalogue, read
from espace.indicators.formulas.check import FactField


def check_catalogue(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return one error per faulty line of the catalogue, and per fact it does not describe."""
    found, faults = read(CATALOGUE)
    errors: list[CheckMessage] = [Error(str(fault), id="indicators.E001") for fault in faults]
    if found is not None:
        errors += [Error(text, id="indicators.E002") for text in registry_faults(found)]
    return errors


def registry_faults(found: Catalogue) -> Iterator[str]:
    """Yield what the packages register otherwise than the fact model says."""
    for entity in registered().values():
        model = found.fact_model.get(entity.name)
        if model is None:
            yield f"The entity '{entity.name}' is not in the fact model."
            continue
        yield from _field_faults(entity, model)


def _field_faults(entity: Entity, model: dict[str, FactField] | Any) -> Iterator[str]:
    for name, described in entity.fields.items():
        expected = model.get(name)
        if expected is None:
            yield f"'{entity.name}.{name}' is not in the fact model."
        elif described.type != expected.type:
            yield f"'{entity.name}.{name}' is a {described.type}, not a {expected.type}."
        elif described.type is FactType.ENUM:
            strangers = sorted(set(described.values) - set(expected.values))
            if strangers:
                yield f"'{entity.name}.{name}' holds unknown values: {', '.join(strangers)}."
