"""Who prepares meetings, adds a point, writes and reads; the thing is the GEM's id.

The tablet stands in the room: it adds points and reads the agenda, never the minutes.
"""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by

BUREAU_AND_STAFF = (Role.ELECTED, Role.ANIMATOR)
INSIDE = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER)


_EVERYONE_INSIDE = _("Les adhérents, les élus, les salariés et les bénévoles du GEM.")
_BUREAU_OR_STAFF = _("Les élus et les salariés du GEM.")

PERMISSIONS = {
    "governance.see_meetings": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "governance.add_point": Permission(by(*INSIDE, Role.DEVICE), _EVERYONE_INSIDE),
    "governance.read_minutes": Permission(by(*INSIDE), _EVERYONE_INSIDE),
    "governance.convene": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "governance.note_presences": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "governance.write_minutes": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "governance.follow_decisions": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "governance.read_statutes": Permission(by(*INSIDE), _EVERYONE_INSIDE),
    "governance.write_statutes": Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    "governance.forget_presences": Permission(
        lambda actor, gem_id: False, _("La plateforme seule, la nuit.")
    ),
}
