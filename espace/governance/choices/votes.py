"""Codes of secret votes, stored in the database; labels are what people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VoteKind(TextChoices):
    """What a secret vote decides."""

    OUI_NON = "oui_non", _("Une question : oui ou non")
    ELECTION = "election", _("Une élection : des personnes pour des places")


class VoteState(TextChoices):
    """Where a secret vote stands; it never goes back."""

    PREPARE = "prepare", _("Préparé")
    OUVERT = "ouvert", _("Ouvert")
    CLOS = "clos", _("Terminé")
