"""Who opens and reads the survey of the year. Answering asks for a code, never for an account."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by


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
