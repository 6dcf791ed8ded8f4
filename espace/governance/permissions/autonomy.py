"""Who reads and writes the way to self-management: everyone inside reads, the bureau writes."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by
from espace.governance.permissions.money import INSIDE

PERMISSIONS = {
    "governance.see_autonomy": Permission(
        by(*INSIDE), _("Les adhérents, les élus, les salariés et les bénévoles du GEM.")
    ),
    "governance.write_autonomy": Permission(by(Role.ELECTED), _("Les élus du GEM.")),
}
