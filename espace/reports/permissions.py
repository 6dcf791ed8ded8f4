"""Who writes, agrees to, sends and receives reports (dossier 3.2, rules 2 and 5).

Members write their own report: the dossier gave drafts to the bureau and the staff only, but a
report « written by members » is the point (ADR 0066). Nothing leaves without the bureau.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission, by

SEE = "reports.see"
WRITE = "reports.write"
FINISH = "reports.finish"
AGREE = "reports.agree"
SEND = "reports.send"
NATIONAL = "reports.see_national"
PAST = "reports.keep_past_figures"

INSIDE = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR)
BUREAU_AND_STAFF = (Role.ELECTED, Role.ANIMATOR)


def _of_the_federation(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.FEDERATION)


_INSIDE = _("Les adhérents, les élus et les salariés du GEM.")
_BUREAU_OR_STAFF = _("Les élus et les salariés du GEM.")

PERMISSIONS = {
    SEE: Permission(by(*INSIDE), _INSIDE),
    WRITE: Permission(by(*INSIDE), _INSIDE),
    FINISH: Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    AGREE: Permission(by(Role.ELECTED), _("Les élus du GEM.")),
    SEND: Permission(by(*BUREAU_AND_STAFF), _BUREAU_OR_STAFF),
    NATIONAL: Permission(_of_the_federation, _("L'équipe de la FiGEM."), when_closed=True),
    PAST: Permission(_of_the_federation, _("L'équipe de la FiGEM."), when_closed=True),
}
