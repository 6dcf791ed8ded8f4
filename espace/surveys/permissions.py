"""Who opens and reads the survey of the year. Answering asks for a code, never for an account."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission


def by(*roles: Role) -> Callable[[Actor, Any], bool]:
    """Return the test « holds one of ``roles`` in this very GEM »; the thing is the GEM's id."""

    def allows(actor: Actor, gem_id: Any) -> bool:
        return actor.has(*roles, gem_id=gem_id)

    return allows


def _of_the_federation(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.FEDERATION)


PERMISSIONS = {
    "surveys.draw": Permission(_of_the_federation, _("L'équipe de la FiGEM."), when_closed=True),
    "surveys.see": Permission(
        by(Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER, Role.DEVICE),
        _("Les adhérents, les élus, les salariés et les bénévoles du GEM."),
    ),
    "surveys.run": Permission(
        by(Role.ELECTED, Role.ANIMATOR), _("Les élus et les salariés du GEM.")
    ),
}
