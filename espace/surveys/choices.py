"""Words of surveys: question codes are those of the fact model (« survey_answer »)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """Where a survey of the year stands."""

    OPEN = "ouverte", _("Ouverte")
    CLOSED = "terminee", _("Terminée")


class Paper(TextChoices):
    """What is printed, each with a code of its own."""

    SLIP = "papiers", _("Des petits papiers, pour répondre sur un téléphone ou la tablette")
    SHEET = "feuilles", _("Des feuilles, pour répondre au stylo")
