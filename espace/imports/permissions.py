"""Who may bring a file in: those who may write the GEM's sheets (decisions.md, 14a)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission

BRINGERS = (Role.ELECTED, Role.ANIMATOR)


def may_bring(actor: Actor, gem_id: Any) -> bool:
    """True for the elected and the animators of that GEM."""
    return actor.account_id is not None and actor.has(*BRINGERS, gem_id=gem_id)


_BUREAU_OR_STAFF = _("Les élus du bureau ou du CA, et les salariés du GEM.")

PERMISSIONS = {
    "imports.bring_records": Permission(may_bring, _BUREAU_OR_STAFF),
}
