"""Who runs a secret vote, and who reads its result; voting itself only asks for a code."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by
from espace.governance.permissions.meetings import INSIDE

PERMISSIONS = {
    "governance.see_votes": Permission(
        by(*INSIDE), _("Les adhérents, les élus, les salariés et les bénévoles du GEM.")
    ),
    # An employee never makes an elected person (dossier 3.2): the bureau holds the box.
    "governance.run_votes": Permission(by(Role.ELECTED), _("Les élus du GEM.")),
}
