"""Who reads the numbers of a territory (dossier 3.2): those who hold a mandate over it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission
from espace.groups.territory import communes
from espace.partners.rules import Place, is_within, place_of_mandate

SEE = "partners.see_territory"
ROLES = (Role.ARS, Role.CNSA, Role.MUNICIPALITY, Role.FEDERATION, Role.DELEGATE)


def held_places(actor: Actor) -> list[str]:
    """Return the published codes of the places the actor holds a mandate over, sorted."""
    held = {grant.territory for grant in actor.grants if grant.role in ROLES}
    if actor.holds(Role.FEDERATION):
        held.add("nation")
    towns = {
        code: communes()[code].departement
        for kind, _, code in (territory.partition(":") for territory in held)
        if kind == "commune" and code in communes()
    }
    return sorted({place_of_mandate(one, towns) for one in held} - {""})


def may_see(actor: Actor, place: Any) -> bool:
    """The thing is a Place; None stands for « some place »."""
    held = held_places(actor)
    return is_within(place, held) if isinstance(place, Place) else bool(held)


PERMISSIONS = {
    SEE: Permission(
        may_see,
        _("Les ARS, la CNSA et les communes pour leur territoire, la FiGEM et ses délégués."),
    )
}
