"""Words of tasks: kinds are those of the fact model (``responsibility``), and the three offices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskKind(TextChoices):
    """What a task is about."""

    CLES = "cles", _("Clés et ouverture")
    ACCUEIL = "accueil", _("Accueil")
    CAISSE = "caisse", _("Caisse")
    ATELIER = "atelier", _("Atelier")
    COMMUNICATION = "communication", _("Affiches et nouvelles")
    CUISINE = "cuisine_courses", _("Cuisine et courses")
    NUMERIQUE = "numerique", _("Numérique")
    REPRESENTE = "represente_le_gem", _("Représenter le GEM")
    AUTRE = "autre", _("Autre")
    PRESIDENCE = "presidence", _("Présidence")
    TRESORERIE = "tresorerie", _("Trésorerie")
    SECRETARIAT = "secretariat", _("Secrétariat")
    BANQUE = "banque", _("Signature à la banque")


GUARDED = (TaskKind.PRESIDENCE, TaskKind.TRESORERIE, TaskKind.SECRETARIAT, TaskKind.BANQUE)
"""A legal mandate or a bank signature: it moves only by a minuted decision."""
RESPONSIBILITIES = tuple(kind for kind in TaskKind if kind not in GUARDED)
"""Those the catalogue counts as roles chosen by people."""


class DeadlineKind(TextChoices):
    """A day of the statutory calendar."""

    REPORT = "bilan", _("Bilan de l'année à l'ARS")
    ASSEMBLY = "ag", _("Assemblée générale de l'année")
    ACCOUNTS = "comptes", _("Comptes de l'année d'avant, votés en assemblée")
    ENDING = "fin", _("Fin d'un document ou d'une convention")
