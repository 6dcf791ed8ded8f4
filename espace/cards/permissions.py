"""Who makes, replaces and withdraws cards. The thing is the GEM's id.

Whose card may be made is for ``rules.reach``: an employee makes those of members and volunteers.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission
from espace.cards.rules.reach import MAKERS

BUREAU_OR_STAFF = _("Les élus et les salariés du GEM.")
WHO_MAKES = _("Les élus du GEM. Les salariés font celles des adhérents et des bénévoles.")


def _makers(actor: Actor, gem_id: Any) -> bool:
    return actor.has(*MAKERS, gem_id=gem_id)


def waits_as_elected(actor: Actor) -> bool:
    """Tell whether a role of elected person waits for a second factor."""
    return any(grant.role == Role.ELECTED for grant in actor.withheld)


PERMISSIONS = {
    "cards.read": Permission(_makers, BUREAU_OR_STAFF),
    "cards.make": Permission(_makers, WHO_MAKES),
    "cards.withdraw": Permission(_makers, WHO_MAKES),
}
