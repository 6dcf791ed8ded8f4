"""Who reads and writes the binder: everyone inside reads, the bureau and the staff write (14a)."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by

PERMISSIONS = {
    "binder.see": Permission(
        by(Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER),
        _("Les adhérents, les élus, les salariés et les bénévoles du GEM."),
    ),
    "binder.write": Permission(
        by(Role.ELECTED, Role.ANIMATOR), _("Les élus et les salariés du GEM.")
    ),
}
