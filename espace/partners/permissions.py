"""Who reads the numbers of a territory (dossier 3.2): those who hold a mandate over it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission
from espace.groups.territory import communes
from espace.partners.rules import Place, is_within, place_of_mandate

SEE = "partners.see_territory"
CAMPAIGN = "partners.see_campaign"
OPEN = "partners.read_sent_reports"
PART = "partners.write_part"
INBOX = "partners.see_inbox"
ANSWER = "partners.answer_report"
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


def may_follow(actor: Actor, place: Any) -> bool:
    """Counts of the campaign: the ARS and the CNSA for their place, and FiGEM."""
    held = _held_by(actor, (Role.ARS, Role.CNSA))
    return isinstance(place, Place) and (actor.holds(Role.FEDERATION) or is_within(place, held))


def may_open(actor: Actor, place: Any) -> bool:
    """Documents that were sent, by name: the ARS for its place, and FiGEM (dossier 3.2)."""
    held = _held_by(actor, (Role.ARS,))
    return isinstance(place, Place) and (actor.holds(Role.FEDERATION) or is_within(place, held))


def may_write_part(actor: Actor, place: Any) -> bool:
    """The part of an ARS is written by those who hold this very place."""
    return isinstance(place, Place) and place.code in _held_by(actor, (Role.ARS,))


def _held_by(actor: Actor, roles: tuple[Role, ...]) -> list[str]:
    held = {grant.territory for grant in actor.grants if grant.role in roles}
    return sorted({place_of_mandate(one, {}) for one in held} - {""})


def _receives(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.ARS, Role.MUNICIPALITY, Role.FEDERATION)


PERMISSIONS = {
    CAMPAIGN: Permission(
        may_follow, _("Les ARS et la CNSA pour leur territoire, et l'équipe de la FiGEM.")
    ),
    OPEN: Permission(may_open, _("Les ARS pour leur territoire, et l'équipe de la FiGEM.")),
    PART: Permission(may_write_part, _("L'ARS, pour son territoire.")),
    INBOX: Permission(_receives, _("Ceux à qui un GEM envoie un document.")),
    ANSWER: Permission(
        lambda actor, thing: actor.holds(Role.ARS, Role.MUNICIPALITY),
        _("Ceux à qui le GEM a envoyé ce document."),
    ),
    SEE: Permission(
        may_see,
        _("Les ARS, la CNSA et les communes pour leur territoire, la FiGEM et ses délégués."),
    ),
}
