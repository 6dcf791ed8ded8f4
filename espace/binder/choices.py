"""Words of the binder: codes are those of the fact model (« classeur de l'année »)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerCategory(TextChoices):
    """What sort of organisation a partner is (fact « partner »)."""

    COMMUNE = "commune", _("Mairie, CCAS, quartier")
    ASSOCIATION = "association_culture_sport", _("Association, culture, sport")
    SOINS = "soins", _("Lieu de soins")
    MEDICO_SOCIAL = "medico_social", _("Accompagnement (SAVS, SAMSAH, ESAT…)")
    INSERTION = "insertion_emploi", _("Emploi, insertion, formation")
    MDPH = "mdph", _("MDPH, droits")
    AUTRE_GEM = "autre_gem", _("Autre GEM")
    EDUCATION = "education", _("École, université")
    ENTREPRISE = "entreprise", _("Entreprise, commerce")
    AUTRE = "autre", _("Autre")


class Tie(TextChoices):
    """The place a partner has beside the GEM."""

    PARTENAIRE = "partenaire", _("Partenaire")
    PARRAIN = "parrain", _("Parrain du GEM")
    GESTIONNAIRE = "gestionnaire", _("Gestionnaire")
    FINANCEUR = "financeur", _("Il aide avec de l'argent")
    ACCUEIL = "accueil", _("Il prête ou loue un lieu")


class PartnerActionKind(TextChoices):
    """What was done with a partner (fact « partner_action »)."""

    ACTIVITE = "activite_commune", _("Une activité ensemble")
    RENCONTRE = "rencontre", _("Une rencontre")
    SENSIBILISATION = "sensibilisation", _("Une sensibilisation")
    EVENEMENT = "evenement_ville", _("Une fête ou un événement de la ville")
    INSTANCE = "instance", _("Une réunion officielle (CLSM, PTSM…)")
    PRET = "pret_lieu_materiel", _("Un prêt de lieu ou de matériel")
    SOUTIEN = "soutien_financier", _("Une aide en argent")


class Instance(TextChoices):
    """The official meeting one sat in."""

    AUCUNE = "aucune", _("Aucune")
    CLSM = "clsm", _("Conseil local de santé mentale (CLSM)")
    PTSM = "ptsm", _("Projet territorial de santé mentale (PTSM)")
    QUARTIER = "conseil_quartier", _("Conseil de quartier")
    CCAS = "ccas", _("CCAS")
    AUTRE = "autre", _("Autre")


class PostKind(TextChoices):
    """A sort of post (fact « staff_post »)."""

    SALARIE = "salarie", _("Salarié")
    MISE_A_DISPOSITION = "mise_a_disposition", _("Mis à disposition")
    SERVICE_CIVIQUE = "service_civique", _("Service civique")
    STAGIAIRE = "stagiaire", _("Stagiaire")


class Employer(TextChoices):
    """Who signs the contract."""

    GEM = "gem", _("Le GEM")
    GESTIONNAIRE = "gestionnaire", _("Le gestionnaire")
    AUTRE = "autre", _("Une autre structure")


class Contract(TextChoices):
    """The sort of contract."""

    CDI = "cdi", _("CDI")
    CDD = "cdd", _("CDD")
    AIDE = "aide", _("Contrat aidé")
    AUTRE = "autre", _("Autre")


class Qualification(TextChoices):
    """What the yearly report asks of a post or of volunteers: a family of skills."""

    ANIMATION = "animation", _("Animation")
    SOCIAL = "social", _("Travail social")
    PAIR_AIDANCE = "pair_aidance", _("Pair-aidance")
    ADMINISTRATIF = "administratif", _("Gestion, comptabilité")
    ART_SPORT = "art_sport", _("Art, sport, métier manuel")
    AUTRE = "autre", _("Autre")
    AUCUNE = "aucune", _("Aucune en particulier")


class TrainingTheme(TextChoices):
    """What a training was about (fact « training »)."""

    VIE_ASSOCIATIVE = "vie_associative", _("Vie de l'association")
    BUDGET = "budget", _("Budget")
    PAIR_AIDANCE = "pair_aidance", _("Pair-aidance")
    SECOURISME = "secourisme_pssm", _("Secourisme, PSSM")
    NUMERIQUE = "numerique", _("Numérique")
    ACCUEIL = "accueil_ecoute", _("Accueil et écoute")
    ROLE_SALARIE = "role_salarie", _("Rôle du salarié")
    ANALYSE = "analyse_pratiques", _("Analyse des pratiques")
    AUTRE = "autre", _("Autre")


class NetworkEventKind(TextChoices):
    """A moment with other GEM (fact « network_event »)."""

    INTERGEM = "intergem_adherents", _("Intergem d'adhérents")
    VISITE = "visite", _("Visite d'un GEM")
    ANALYSE = "analyse_pratiques", _("Analyse des pratiques")
    FORMATION = "formation_commune", _("Formation ensemble")
    JOURNEE = "journee", _("Journée du réseau")
    REUNION_ARS = "reunion_ars", _("Réunion avec l'ARS")


class DocumentKind(TextChoices):
    """A paper of the GEM (fact « document »)."""

    STATUTS = "statuts", _("Statuts")
    REGLEMENT = "reglement_interieur", _("Règlement intérieur")
    PROJET = "projet", _("Projet du GEM")
    CHARTE = "charte", _("Charte")
    CONVENTION_ARS = "convention_ars", _("Convention avec l'ARS")
    CONVENTION_PARRAINAGE = "convention_parrainage", _("Convention de parrainage")
    CONVENTION_GESTION = "convention_gestion", _("Convention de gestion")
    BAIL = "bail", _("Bail")
    ASSURANCE = "assurance", _("Assurance")
    RAPPORT = "rapport_activite", _("Rapport d'activité")
    AUTRE = "autre", _("Autre document")


class Thing(TextChoices):
    """What the premises are made of (fact « premises_item », catalogue version 2)."""

    SALLE = "salle_commune", _("Salle commune")
    BUREAU = "bureau", _("Bureau")
    CUISINE = "cuisine", _("Cuisine")
    SANITAIRES = "sanitaires", _("Toilettes, douche")
    ATELIER = "atelier", _("Atelier")
    EXTERIEUR = "exterieur", _("Jardin, cour, terrasse")
    VEHICULE = "vehicule", _("Véhicule")
    NUMERIQUE = "numerique", _("Ordinateur, tablette")
    AUTRE = "autre", _("Autre")
