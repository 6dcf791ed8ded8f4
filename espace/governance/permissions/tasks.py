"""Who reads and moves tasks: each for oneself; the bureau and the staff for everyone."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by
from espace.governance.permissions.money import BUREAU_AND_STAFF, INSIDE

PERMISSIONS = {
    "governance.see_tasks": Permission(
        by(*INSIDE, Role.DEVICE),
        _("Les adhérents, les élus, les salariés et les bénévoles du GEM."),
    ),
    "governance.take_task": Permission(
        by(*INSIDE), _("Les adhérents, les élus, les salariés et les bénévoles du GEM.")
    ),
    "governance.write_tasks": Permission(
        by(*BUREAU_AND_STAFF), _("Les élus et les salariés du GEM.")
    ),
}
