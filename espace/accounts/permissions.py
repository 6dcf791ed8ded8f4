"""The one permission table: every package adds its lines, every action asks here first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.accounts.access import SYSTEM, Actor
from espace.accounts.choices import Role


@dataclass(frozen=True)
class Permission:
    """A test on (actor, thing) without SQL, and in plain French who may do it.

    ``when_closed`` says whether people of a closed GEM keep it; unsaid, reading stays and writing
    stops: the name tells which (see, read, print, export).
    """

    allows: Callable[[Actor, Any], bool]
    who: str | Promise
    when_closed: bool | None = None


def by(*roles: Role) -> Callable[[Actor, Any], bool]:
    """Return the test « holds one of ``roles`` in this very GEM »; the thing is the GEM's id."""

    def allows(actor: Actor, gem_id: Any) -> bool:
        return actor.has(*roles, gem_id=gem_id)

    return allows


class NotAllowed(PermissionDenied):
    """The thing is visible but this person may not do it; ``who`` says who can."""

    def __init__(self, name: str, who: str | Promise) -> None:
        super().__init__(name)
        self.name = name
        self.who = who


READING = ("see", "read", "print", "export")
WHO_REOPENS = _("L'équipe de la FiGEM rouvre le GEM : il est fermé.")

_table: dict[str, Permission] = {}


def declare(lines: Mapping[str, Permission]) -> None:
    """Add a package's lines to the table; the same name twice is a programming error."""
    for name, permission in lines.items():
        if _table.get(name, permission) != permission:
            raise ValueError(f"permission declared twice: {name}")
        _table[name] = permission


def table() -> Mapping[str, Permission]:
    """Return every permission by name."""
    return dict(_table)


def can(actor: Actor, name: str, thing: Any = None) -> bool:
    """Tell whether ``actor`` may do ``name`` to ``thing``. Unknown names raise KeyError."""
    permission = _table[name]
    if actor == SYSTEM:
        return True
    return permission.allows(actor, thing) and not _stopped(actor, name, thing)


def require(actor: Actor, name: str, thing: Any = None) -> None:
    """Raise NotAllowed unless ``actor`` may do ``name`` to ``thing``."""
    if not can(actor, name, thing):
        raise NotAllowed(name, WHO_REOPENS if _stopped(actor, name, thing) else _table[name].who)


def stops_when_closed(name: str) -> bool:
    """Tell whether people of a closed GEM lose this permission."""
    said = _table[name].when_closed
    return not name.partition(".")[2].startswith(READING) if said is None else not said


def _stopped(actor: Actor, name: str, thing: Any) -> bool:
    """Tell whether the thing is of a closed GEM, where nothing more is written."""
    return getattr(thing, "gem_id", thing) in actor.closed and stops_when_closed(name)


def _has_account(actor: Actor, thing: Any) -> bool:
    return actor.account_id is not None


PERMISSIONS = {
    "accounts.edit_own_account": Permission(_has_account, _("Chaque personne, pour elle-même.")),
}
