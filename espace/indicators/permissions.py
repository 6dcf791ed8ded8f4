"""Who sees a GEM's own figures, and who chooses its sentences (dossier 3.2)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission


def may_read_figures(actor: Actor, gem_id: Any) -> bool:
    """Everyone of the GEM, and its own tablet; nobody else without a gesture of the GEM."""
    return _inside(actor, gem_id, Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.DEVICE)


def may_choose_sentences(actor: Actor, gem_id: Any) -> bool:
    return _inside(actor, gem_id, Role.ELECTED, Role.ANIMATOR)


def _inside(actor: Actor, gem_id: UUID | None, *roles: str) -> bool:
    return actor.has(*roles, gem_id=gem_id)


PERMISSIONS = {
    "indicators.read_figures": Permission(
        may_read_figures, _("Les adhérents, les élus et les salariés du GEM.")
    ),
    "indicators.choose_sentences": Permission(
        may_choose_sentences, _("Les élus et les salariés du GEM.")
    ),
}
