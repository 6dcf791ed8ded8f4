"""Who sees the figures of one GEM, who chooses its sentences (dossier 3.2, decisions 5, 12)."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission

SEE = "indicators.see"
CHOOSE = "indicators.choose_sentences"


def may_see(actor: Actor, gem_id: UUID) -> bool:
    """Everyone of this very GEM, and its own tablet: nobody else, until the GEM shares."""
    return actor.has(Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.DEVICE, gem_id=gem_id)


def may_choose(actor: Actor, gem_id: UUID) -> bool:
    return actor.has(Role.ELECTED, Role.ANIMATOR, gem_id=gem_id)


PERMISSIONS = {
    SEE: Permission(may_see, _("Les adhérents, les élus et les salariés du GEM.")),
    CHOOSE: Permission(may_choose, _("Les élus et les salariés du GEM.")),
}
