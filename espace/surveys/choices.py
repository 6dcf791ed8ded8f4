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


class NationalState(TextChoices):
    """Where a survey drawn up by the federation stands."""

    DRAFT = "brouillon", _("Brouillon")
    PUBLISHED = "publiee", _("Publiée")
    CLOSED = "terminee", _("Terminée")


class Scale(TextChoices):
    """How a closed question is answered; the words are those of the shipped questionnaire."""

    ACCORD = "accord", _("Pas du tout, un peu, plutôt oui, tout à fait")
    SOUVENT = "souvent", _("De jamais à tout le temps")
