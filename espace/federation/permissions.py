"""Who asks FiGEM for help, and who answers (dossier 3.2).

Seeing and running the network are lines of ``groups``, whose tables they are about.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, can


def _may_ask(actor: Actor, gem_id: Any) -> bool:
    return actor.account_id is not None and actor.has(Role.ELECTED, Role.ANIMATOR, gem_id=gem_id)


def _may_answer(actor: Actor, where: Any) -> bool:
    """The thing says where the GEM is, as for « groups.see_in_network »."""
    return can(actor, "groups.see_in_network", where)


PERMISSIONS = {
    "federation.ask_help": Permission(
        _may_ask, _("Les élus et les salariés du GEM."), when_closed=True
    ),
    "federation.answer_help": Permission(
        _may_answer, _("L'équipe de la FiGEM, et les délégués pour leur région."), when_closed=True
    ),
}
