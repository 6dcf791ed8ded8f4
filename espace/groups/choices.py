"""Stored codes of the GEM's profile: those of the catalogue's fact model (decision 9)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class PublicFocus(TextChoices):
    """The public of the GEM. Never the health of a person."""

    PSYCHIQUE = "psychique", _("Troubles psychiques")
    LESION_CEREBRALE = "lesion_cerebrale", _("Lésion cérébrale acquise")
    TSA_TND = "tsa_tnd", _("Autisme et troubles du neurodéveloppement")
    MIXTE = "mixte", _("Plusieurs publics")


class ManagementMode(TextChoices):
    DIRECTE = "directe", _("Le GEM gère seul")
    PARTIELLE = "partielle", _("Une partie est confiée à un gestionnaire")
    DELEGUEE = "deleguee", _("Un gestionnaire tient la gestion")


class AssociationState(TextChoices):
    DECLAREE = "declaree", _("Association déclarée")
    EN_CREATION = "en_creation", _("Association en création")
    ABSENTE = "absente", _("GEM porté par une autre structure")


class PremisesKind(TextChoices):
    """Where the GEM lives. « partage » and « itinerant » come from the dossier (7.1)."""

    LOUE = "loue", _("Loué")
    LOYER_REDUIT = "loyer_reduit", _("Loué à prix réduit")
    PRET_GRATUIT = "pret_gratuit", _("Prêté gratuitement")
    PARTAGE = "partage", _("Partagé avec une autre structure")
    PROPRIETAIRE = "proprietaire", _("Acheté par le GEM")
    ITINERANT = "itinerant", _("Itinérant, par exemple un camping-car")
    SANS_LOCAL = "sans_local", _("Pas de local pour l'instant")


class Accessibility(TextChoices):
    OUI = "oui", _("Oui")
    PARTIEL = "partiel", _("En partie")
    NON = "non", _("Non")


class GemStatus(TextChoices):
    """State of the GEM. « preparation » comes with the network import (not counted as active)."""

    PREPARATION = "preparation", _("En préparation")
    ACTIF = "actif", _("Ouvert")
    PAUSE = "pause", _("En pause")
    FERME = "ferme", _("Fermé")


class StateReason(TextChoices):
    """Why the state of a GEM changed: a short code, never a person nor a story."""

    LIST = "liste", _("Liste du réseau")
    LETTER = "lettre", _("Ouvert avec sa lettre")
    NEW = "nouveau", _("Le GEM commence")
    WORKS = "travaux", _("Travaux ou déménagement")
    TEAM = "equipe", _("L'équipe change")
    FUNDING = "financement", _("Le financement s'arrête")
    REST = "repos", _("Le groupe fait une pause")
    ASSEMBLY = "assemblee", _("Décision de l'assemblée générale")
    RETURN = "retour", _("Le GEM reprend")
    MISTAKE = "erreur", _("C'était une erreur")
    OTHER = "autre", _("Autre raison")


class HeardFrom(TextChoices):
    """How a GEM heard of this place: asked once, at opening, about the GEM and not a person."""

    FIGEM = "figem", _("Par la FiGEM ou un délégué régional")
    GEM = "autre_gem", _("Par un autre GEM")
    SPONSOR = "parrain", _("Par notre parrain")
    MANAGER = "gestionnaire", _("Par notre gestionnaire")
    ARS = "ars", _("Par l'Agence régionale de santé")
    MEETING = "rencontre", _("Pendant une rencontre ou une formation")
    MAIL = "courrier", _("Seulement par cette lettre")
    OTHER = "autre", _("Autrement")


class Counting(TextChoices):
    """How the GEM counts who comes: it chooses, and may change (decision 1)."""

    NAMES = "names", _("Avec les prénoms")
    STICKS = "sticks", _("Avec des bâtons, sans prénom")


class DirectoryLevel(TextChoices):
    """What the public directory shows of the GEM."""

    NOTHING = "rien", _("Rien")
    TOWN = "ville", _("Le nom et la ville")
    FULL = "tout", _("Le nom, l'adresse et les horaires")


class OrganisationKind(TextChoices):
    USERS = "association_concernes", _("Association de personnes concernées")
    FAMILIES = "association_familles", _("Association de familles")
    CARE = "soins", _("Établissement de soins")
    MEDICO_SOCIAL = "medico_social", _("Association médico-sociale")
    MUTUAL = "mutuelle", _("Mutuelle")
    OTHER = "autre", _("Autre structure")


class PartnerPlace(TextChoices):
    """The two places that two different organisations should hold beside a GEM."""

    SPONSOR = "parrain", _("Parrain")
    MANAGER = "gestionnaire", _("Gestionnaire")


class Function(TextChoices):
    """Function of an elected member (fact model: mandate.role)."""

    PRESIDENCE = "presidence", _("Présidence")
    TRESORERIE = "tresorerie", _("Trésorerie")
    SECRETARIAT = "secretariat", _("Secrétariat")
    AUTRE_BUREAU = "autre_bureau", _("Autre place au bureau")
    ADMINISTRATEUR = "administrateur", _("Membre du CA")


class AgeBand(TextChoices):
    MOINS_25 = "moins_25", _("Moins de 25 ans")
    DE_25_34 = "25_34", _("25 à 34 ans")
    DE_35_49 = "35_49", _("35 à 49 ans")
    DE_50_64 = "50_64", _("50 à 64 ans")
    PLUS_65 = "65_plus", _("65 ans et plus")
    NON_DIT = "non_dit", _("Non dit")


class Gender(TextChoices):
    FEMME = "femme", _("Femme")
    HOMME = "homme", _("Homme")
    AUTRE = "autre", _("Autre")
    NON_DIT = "non_dit", _("Non dit")


class Weekday(IntegerChoices):
    """ISO numbers, as in the catalogue's notation: 1 Monday … 7 Sunday."""

    LUNDI = 1, _("lundi")
    MARDI = 2, _("mardi")
    MERCREDI = 3, _("mercredi")
    JEUDI = 4, _("jeudi")
    VENDREDI = 5, _("vendredi")
    SAMEDI = 6, _("samedi")
    DIMANCHE = 7, _("dimanche")
