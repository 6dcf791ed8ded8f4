"""Stored codes of the imports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where an import is. Only a draft can be confirmed, only « done » can be undone."""

    READING = "reading", _("Lecture en cours")
    DRAFT = "draft", _("À relire")
    WORKING = "working", _("Ajout en cours")
    STOPPING = "stopping", _("Arrêt en cours")
    DONE = "done", _("Ajouté")
    UNDONE = "undone", _("Annulé")
    CANCELLED = "cancelled", _("Abandonné")
    FAILED = "failed", _("Pas ajouté")


UNFINISHED = (State.READING, State.DRAFT, State.WORKING, State.STOPPING)
"""States in which the file's content is still held as a draft."""


class FileKind(TextChoices):
    """What a file holds, as the person reads it."""

    UNKNOWN = "unknown", _("Fichier")
    ATTENDANCE = "attendance", _("Feuille de présence")
    VISITS = "visits", _("Cahier de passage")
    MEMBERS = "members", _("Liste d'adhérents")
    PROGRAMME = "programme", _("Programme")
    CALENDAR = "calendar", _("Agenda")
    BUDGET = "budget", _("Budget")
