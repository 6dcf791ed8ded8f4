"""Levels above the GEM."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NATION = "FR"


class Level(TextChoices):
    """A sort of place."""

    DEPARTEMENT = "departement", _("Département")
    REGION = "region", _("Région")
    NATION = "nation", _("France")
