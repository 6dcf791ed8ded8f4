"""Who reads and writes the money: everyone inside reads, the bureau and the staff write (14a)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission

BUREAU_AND_STAFF = (Role.ELECTED, Role.ANIMATOR)
INSIDE = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER)


def by(*roles: Role) -> Callable[[Actor, Any], bool]:
    """Return the test « holds one of ``roles`` in this very GEM »; the thing is the GEM's id."""

    def allows(actor: Actor, gem_id: Any) -> bool:
        return actor.has(*roles, gem_id=gem_id)

    return allows


PERMISSIONS = {
    "governance.see_money": Permission(
        by(*INSIDE, Role.DEVICE),
        _("Les adhérents, les élus, les salariés et les bénévoles du GEM."),
    ),
    "governance.write_money": Permission(
        by(*BUREAU_AND_STAFF), _("Les élus et les salariés du GEM.")
    ),
}
