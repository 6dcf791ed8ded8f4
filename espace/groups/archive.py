"""Everything a GEM can take with it: packages register their parts at start.

Two sorts: files made to be read by people (``Part``), and every table of the GEM as open data. A
table that stays here says why (``leave_out``); none is forgotten in silence, a test sees to it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.functional import Promise

from espace.accounts.access import Actor
from espace.groups.models import Gem

OURS = "espace."
SECRET = ("_hash", "token", "secret")
"""Ends of the names of columns that never leave."""


@dataclass(frozen=True)
class Part:
    """Files that go in ``folder``; ``make`` yields their names and contents."""

    folder: str
    title: Promise
    make: Callable[[Actor, UUID], Iterator[tuple[str, bytes]]]


_parts: dict[str, Part] = {}
_left_out: dict[str, str] = {}


def register(part: Part) -> None:
    """Add a part; the same one may be registered again."""
    if _parts.get(part.folder, part).make is not part.make:
        raise ValueError(f"part registered twice: {part.folder}")
    _parts[part.folder] = part


def parts() -> list[Part]:
    """Return the parts in the order of their registration."""
    return list(_parts.values())


def leave_out(label: str, why: str) -> None:
    """Say that the rows of a table stay here, and why."""
    _left_out[label] = why


def left_out() -> dict[str, str]:
    """Return the tables that stay here, and why."""
    return dict(_left_out)


def path_to_gem(model: type[Model]) -> str:
    """Return the ORM path from a row to its GEM, « pk » for the GEM itself, empty when none.

    The shortest one; a link that may be empty is taken only when no other leads there.
    """
    if model is Gem:
        return "pk"
    return _way(model, sure=True) or _way(model, sure=False)


def _way(model: type[Model], *, sure: bool) -> str:
    seen = {model}
    ways: list[tuple[type[Model], tuple[str, ...]]] = [(model, ())]
    for current, way in ways:
        for link in current._meta.get_fields():
            if not isinstance(link, ForeignKey) or (sure and link.null):
                continue
            target = link.related_model
            if target is Gem:
                return "__".join((*way, link.name))
            if isinstance(target, type) and target not in seen and _is_ours(target):
                seen.add(target)
                ways.append((target, (*way, link.name)))
    return ""


def tables() -> list[type[Model]]:
    """Return every table with rows of a GEM that leave with it."""
    return [
        model
        for model in apps.get_models()
        if _is_ours(model) and path_to_gem(model) and model._meta.label not in _left_out
    ]


def rows_of(model: type[Model], gem_id: UUID) -> QuerySet[Model]:
    """Return the rows of one GEM. No query yet."""
    rows: QuerySet[Model] = model._default_manager.filter(**{path_to_gem(model): gem_id})
    return rows.order_by("pk")


def columns(model: type[Model]) -> list[str]:
    """Return the columns that leave: neither secrets nor links to accounts of this place."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if not field.name.endswith(SECRET) and not _is_account(field)
    ]


def _is_account(field: object) -> bool:
    target = getattr(field, "related_model", None)
    return isinstance(target, type) and target.__module__.startswith("espace.accounts")


def _is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith(OURS)
