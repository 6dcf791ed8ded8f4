"""Who closes a month: the platform by itself, never a person (trust note, section 8)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import SYSTEM, Actor
from espace.accounts.permissions import Permission

CLOSE = "disclosure.close_month"


def _may_close(actor: Actor, thing: Any) -> bool:
    return actor == SYSTEM


PERMISSIONS = {CLOSE: Permission(_may_close, _("La plateforme, une fois par mois."))}
