"""Who may read and write the programme and the day sheet (dossier 3.2, decisions 12, 14 and 14a).

The thing is the GEM's id, except for a day's sheet: there it is a ``Sheet``.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by

BUREAU_AND_STAFF = (Role.ELECTED, Role.ANIMATOR)
INSIDE = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One day of one GEM; ``on_duty`` when who asks said « je tiens le GEM » for that day."""

    gem_id: UUID
    day: date
    today: date
    on_duty: bool = False


def may_record(actor: Actor, sheet: Sheet) -> bool:
    """The bureau and the staff any day; whoever is on duty, that day; the device two days."""
    if actor.has(*BUREAU_AND_STAFF, gem_id=sheet.gem_id):
        return True
    if actor.has(Role.DEVICE, gem_id=sheet.gem_id) and actor.device_id is not None:
        return sheet.today - A_DAY <= sheet.day <= sheet.today
    return sheet.on_duty and actor.has(Role.MEMBER, Role.VOLUNTEER, gem_id=sheet.gem_id)


def _may_hold(actor: Actor, gem_id: Any) -> bool:
    """A person, never a device: holding the place is someone's word."""
    return actor.account_id is not None and actor.has(*INSIDE, gem_id=gem_id)


_EVERYONE_INSIDE = _("Les adhérents, les élus, les salariés et les bénévoles du GEM.")
_BUREAU_OR_STAFF = _("Les élus et les salariés du GEM.")
_BUREAU = _("Les élus du GEM.")

PERMISSIONS = {
    "activities.see_today": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "activities.record_attendance": Permission(
        may_record,
        _("Les élus, les salariés, et la personne qui tient le GEM ce jour-là."),
    ),
    "activities.hold_the_place": Permission(_may_hold, _EVERYONE_INSIDE),
    "activities.finish_month": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.see_month_card": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "activities.fill_month_card": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    # Sticks of help on the shared tablet, as on the wall: nobody is behind one.
    "activities.count_help": Permission(
        by(*BUREAU_AND_STAFF, Role.DEVICE), _("Les élus, les salariés, et la tablette du GEM.")
    ),
    "activities.choose_tensions": Permission(by(Role.ELECTED), _BUREAU),
    "activities.type_week": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.print_week": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.import_attendance": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.fold_names": Permission(
        lambda actor, gem_id: False, _("La plateforme seule, la nuit.")
    ),
    "activities.see_programme": Permission(
        by(*INSIDE, Role.DEVICE, Role.SPONSOR, Role.MANAGER),
        _("Les personnes qui ont un rôle dans le GEM."),
    ),
    "activities.write_programme": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.follow_programme": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "activities.renew_calendar_link": Permission(by(Role.ELECTED), _BUREAU),
    "activities.see_ideas": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "activities.add_idea": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "activities.hide_idea": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.pick_ideas": Permission(
        by(*BUREAU_AND_STAFF, Role.DEVICE),
        _("Les élus, les salariés, et la réunion des adhérents sur la tablette du GEM."),
    ),
    "activities.undo_pick": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.sign_up": Permission(_may_hold, _EVERYONE_INSIDE),
    "activities.keep_list": Permission(
        by(*BUREAU_AND_STAFF, Role.DEVICE), _("Les élus, les salariés, et la tablette du GEM.")
    ),
    "activities.see_idea_link": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "activities.open_idea_link": Permission(by(Role.ELECTED), _BUREAU),
    "activities.close_idea_link": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
}
