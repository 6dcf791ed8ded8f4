"""Words of the reports: the documents, how they were agreed to, what is said of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The documents a GEM writes; each has its file in ``documents``."""

    BILAN = "bilan", _("Bilan de l'année")
    ACTIVITE = "activite", _("Rapport d'activité")
    ASSEMBLEE = "assemblee", _("Chiffres pour l'assemblée")
    RENOUVELLEMENT = "renouvellement", _("Dossier de renouvellement")
    COMMUNE = "commune", _("Deux pages pour la mairie")


class Recipient(TextChoices):
    """Who reads a document once it is sent (fact « report_share »)."""

    ARS = "ars", _("l'ARS")
    COMMUNE = "commune", _("la mairie")


class Via(TextChoices):
    """How an elected person said yes."""

    SCREEN = "ecran", _("à l'écran")
    TABLET = "tablette", _("sur la tablette du GEM")
    PAPER = "papier", _("sur papier")


class Said(TextChoices):
    """A line between who receives a document and the GEM."""

    RECEIPT = "recu", _("Bien reçu")
    QUESTION = "question", _("Question")
    ANSWER = "reponse", _("Réponse")


class Stage(TextChoices):
    """How far a document is; read from its versions, never stored."""

    DRAFT = "brouillon", _("À écrire")
    READING = "relecture", _("Le bureau relit")
    AGREED = "accord", _("Le bureau est d'accord")
    SENT = "envoye", _("Envoyé")


class Origin(TextChoices):
    """Where an answer comes from; the document says so."""

    COUNTED = "compte", _("compté par Mon Espace")
    CARD = "fiche", _("écrit sur la fiche du GEM")
    ESTIMATED = "estime", _("estimé par le GEM")
    WRITTEN = "ecrit", _("écrit par le GEM")
    TOO_FEW = "trop_peu", _("trop peu de personnes pour le dire")
    EMPTY = "vide", _("pas connu")
