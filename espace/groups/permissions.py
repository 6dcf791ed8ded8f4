"""Who may do what around a GEM, its roll, its roles and its devices (dossier 3.2).

The thing is always the GEM's id. Whatever an employee may write, the bureau may write
(decision 14a): a test reads this whole table.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by

BUREAU_AND_STAFF = (Role.ELECTED, Role.ANIMATOR)
INSIDE = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER)


def _may_give_roles(actor: Actor, gem_id: Any) -> bool:
    """FiGEM comes in for the first elected mandate only: the rules of mandates decide."""
    return actor.has(*BUREAU_AND_STAFF, gem_id=gem_id) or actor.holds(Role.FEDERATION)


def _bureau_staff_or_oneself(actor: Actor, person: Any) -> bool:
    """The thing is a line of the roll (``gem_id``, ``account_id``), or the GEM's id.

    Someone who left the GEM opens nothing there any more, their own line included: they ask for it.
    """
    gem_id = getattr(person, "gem_id", person)
    account_id = getattr(person, "account_id", None)
    mine = account_id is not None and actor.account_id == account_id
    return actor.has(*(INSIDE if mine else BUREAU_AND_STAFF), gem_id=gem_id)


@dataclass(frozen=True)
class Where:
    """A GEM of the network as the federation's permissions look at it: which one, and where."""

    gem_id: UUID | None
    region_code: str
    departement_code: str


def _in_territory(actor: Actor, where: Any) -> bool:
    """FiGEM's team everywhere; a delegate in the territory of their mandate."""
    known = ("nation", f"region:{where.region_code}", f"departement:{where.departement_code}")
    return actor.holds(Role.FEDERATION) or any(
        grant.role == Role.DELEGATE and grant.territory in known for grant in actor.grants
    )


def _of_the_federation(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.FEDERATION)


def _of_the_network(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.FEDERATION, Role.DELEGATE)


_FEDERATION = _("L'équipe de la FiGEM.")
_NETWORK = _("L'équipe de la FiGEM, et les délégués pour leur région.")
_EVERYONE_INSIDE = _("Les adhérents, les élus, les salariés et les bénévoles du GEM.")
_BUREAU_OR_STAFF = _("Les élus et les salariés du GEM.")
_BUREAU = _("Les élus du GEM.")
_ONESELF_TOO = _("Les élus et les salariés du GEM, et la personne elle-même.")

PERMISSIONS = {
    "groups.read_profile": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "groups.edit_profile": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "groups.choose_counting": Permission(by(Role.ELECTED), _BUREAU),
    "groups.read_roll": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "groups.edit_roll": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "groups.read_line": Permission(_bureau_staff_or_oneself, _ONESELF_TOO),
    "groups.edit_line": Permission(_bureau_staff_or_oneself, _ONESELF_TOO),
    "groups.welcome_newcomer": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "groups.choose_partners": Permission(by(Role.ELECTED), _BUREAU),
    "groups.forget_those_who_left": Permission(
        lambda actor, gem_id: False, _("La plateforme seule, la nuit.")
    ),
    "groups.bring_people": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "groups.read_roles": Permission(by(*INSIDE), _EVERYONE_INSIDE),
    "groups.read_accounts": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "groups.give_roles": Permission(_may_give_roles, _BUREAU_OR_STAFF),
    "groups.change_address": Permission(by(Role.ELECTED), _BUREAU),
    "groups.end_roles": Permission(by(*INSIDE), _EVERYONE_INSIDE, when_closed=True),
    "groups.read_devices": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "groups.enrol_device": Permission(by(Role.ELECTED), _BUREAU),
    "groups.revoke_device": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF, when_closed=True),
    "groups.take_archive": Permission(by(Role.ELECTED), _BUREAU, when_closed=True),
    "groups.pause": Permission(by(Role.ELECTED), _BUREAU),
    "groups.see_network": Permission(_of_the_network, _NETWORK),
    "groups.see_in_network": Permission(_in_territory, _NETWORK),
    "groups.run_network": Permission(_of_the_federation, _FEDERATION, when_closed=True),
}
