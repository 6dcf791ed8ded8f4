"""The facts registry: which countable facts exist, and where their rows are.

Each package that owns facts has a room ``facts.py``; it describes its entities (names and fields
are those of the indicator catalogue) and registers them in its ``AppConfig.ready()``. The package
``indicators`` compiles the catalogue's formulas on this registry, so it never imports a model of
the packages below it, and a package can change its tables without touching a formula.

A fact row says what happened, never what it means: no figure is computed here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.db.models import Expression, QuerySet


class FactType(StrEnum):
    """Types of the small formula language, as written in the catalogue's fact model."""

    REF = "ref"
    """An identity: can be counted and compared with another REF, never shown."""
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    INT = "int"
    BOOL = "bool"
    TEXT = "text"
    ENUM = "enum"
    MONTH = "month"
    """A whole month, stored as the date of its first day."""


@dataclass(frozen=True)
class Field:
    """One field of an entity.

    ``source`` is an ORM path from the entity's rows ("day", "slot_id", "person__first_seen_on")
    or a Django expression (Case, Value, F…). ``values`` lists what an ENUM may hold; it must be
    within the catalogue's list, which a system check of ``indicators`` verifies.
    """

    type: FactType
    source: str | Expression
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entity:
    """One sort of fact: its rows (of all GEM) and the fields a formula may name.

    ``rows`` returns a fresh queryset of what counts as a fact (cancelled or erased rows already
    left out); ``gem`` is the ORM path of the GEM's id in it. A national fact has an empty ``gem``.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    fields: Mapping[str, Field] = field(default_factory=dict)
    gem: str = "gem_id"


class FactRegistrationError(Exception):
    """Two packages claim the same entity, or an entity is described badly."""


_entities: dict[str, Entity] = {}


def register(entity: Entity) -> None:
    """Add an entity; the same package may register it again (``ready()`` can run twice).

    Raises FactRegistrationError when another package already owns that name, or when an ENUM
    lists no value.
    """
    known = _entities.get(entity.name)
    if known is not None and known.rows.__module__ != entity.rows.__module__:
        raise FactRegistrationError(
            f"The entity '{entity.name}' is registered by {known.rows.__module__} "
            f"and by {entity.rows.__module__}."
        )
    for name, described in entity.fields.items():
        if described.type is FactType.ENUM and not described.values:
            raise FactRegistrationError(f"The enum '{entity.name}.{name}' lists no value.")
    _entities[entity.name] = entity


def registered() -> Mapping[str, Entity]:
    """All entities known so far, by name (read only)."""
    return MappingProxyType(_entities)
