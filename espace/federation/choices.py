"""Stored codes of the federation, and the stages its page names."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HelpTopic(TextChoices):
    """What a GEM asks help for: about the organisation, never about a person."""

    ENTER = "entrer", _("Entrer, les rôles, les cartes")
    COUNT = "compter", _("Noter qui est là, imprimer")
    FILE = "fichier", _("Apporter un fichier")
    LIFE = "vie", _("La vie du GEM : assemblée, bureau, pause")
    PARTNERS = "partenaires", _("Le parrain, le gestionnaire, l'ARS")
    OTHER = "autre", _("Autre chose")


class ListState(TextChoices):
    """Where a list of the network is. Only a draft can be confirmed, only « done » undone."""

    DRAFT = "draft", _("À relire")
    DONE = "done", _("Ajoutée")
    UNDONE = "undone", _("Annulée")
    CANCELLED = "cancelled", _("Abandonnée")


class Stage(TextChoices):
    """How far a GEM is with us, from facts about the organisation only."""

    TO_INVITE = "a-inviter", _("À inviter")
    INVITED = "invite", _("Invité")
    OPEN = "ouvert", _("Ouvert")
    FIRST_MONTH = "premier-mois", _("Premier mois fini")
    PAUSED = "pause", _("En pause")
    CLOSED = "ferme", _("Fermé")


HELP_ASKED = "aide"
"""The filter « a demandé de l'aide », which goes with any stage."""
