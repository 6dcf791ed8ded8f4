"""Who reads and writes the money: everyone inside reads, the bureau and the staff write (14a)."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by

BUREAU_AND_STAFF = (Role.ELECTED, Role.ANIMATOR)
INSIDE = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER)


PERMISSIONS = {
    "governance.see_money": Permission(
        by(*INSIDE, Role.DEVICE),
        _("Les adhérents, les élus, les salariés et les bénévoles du GEM."),
    ),
    "governance.write_money": Permission(
        by(*BUREAU_AND_STAFF), _("Les élus et les salariés du GEM.")
    ),
}
