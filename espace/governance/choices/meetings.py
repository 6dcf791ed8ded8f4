"""Words of the meetings; stored codes of facts are those of the catalogue (decision 0023)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    REUNION_ADHERENTS = "reunion_adherents", _("Réunion des adhérents")
    BUREAU = "bureau", _("Réunion du bureau")
    CA = "ca", _("Conseil d'administration")
    AG = "ag", _("Assemblée générale")
    COMMISSION = "commission", _("Commission, petit groupe")
    RENCONTRE_PARRAIN = "rencontre_parrain", _("Rencontre avec le parrain")
    RENCONTRE_GESTIONNAIRE = "rencontre_gestionnaire", _("Rencontre avec le gestionnaire")
    BILAN_ARS = "bilan_ars", _("Bilan avec l'ARS")


class MeetingState(TextChoices):
    PREPAREE = "preparee", _("Prévue")
    TENUE = "tenue", _("A eu lieu")
    ANNULEE = "annulee", _("Annulée")


class AgendaBy(TextChoices):
    """Who chose what the meeting speaks of."""

    ADHERENTS = "adherents", _("Les adhérents")
    ENSEMBLE = "ensemble", _("Tout le monde ensemble")
    SALARIES = "salaries", _("Les salariés")
    GESTIONNAIRE = "gestionnaire", _("Le gestionnaire")


class PointFrom(TextChoices):
    """How a point came on the agenda."""

    COMPTE = "compte", _("Compte")
    TABLETTE = "tablette", _("Tablette du GEM")


class Subject(TextChoices):
    ACTIVITES = "activites", _("Les activités")
    BUDGET = "budget", _("L'argent")
    RECRUTEMENT = "recrutement", _("L'équipe, une embauche")
    LOCAL = "local", _("Le local")
    REGLEMENT = "reglement", _("Les règles du GEM")
    PARTENARIAT = "partenariat", _("Les partenaires")
    PROJET = "projet", _("Un projet")
    AUTRE = "autre", _("Autre chose")


class TakenBy(TextChoices):
    ADHERENTS = "adherents", _("Les adhérents")
    CA = "ca", _("Les élus")
    SALARIES = "salaries", _("Les salariés")
    GESTIONNAIRE = "gestionnaire", _("Le gestionnaire")
    PARRAIN = "parrain", _("Le parrain")
    FINANCEUR = "financeur", _("Le financeur")


class DecisionState(TextChoices):
    A_FAIRE = "a_faire", _("À faire")
    EN_COURS = "en_cours", _("En cours")
    FAITE = "faite", _("Faite")
    ABANDONNEE = "abandonnee", _("Abandonnée")


class CarrierFunction(TextChoices):
    """Who carries a decision, when it is a place in the GEM and not someone of the roll."""

    PRESIDENCE = "presidence", _("La présidence")
    TRESORERIE = "tresorerie", _("La trésorerie")
    SECRETARIAT = "secretariat", _("Le secrétariat")
    BUREAU = "bureau", _("Le bureau")
    SALARIES = "salaries", _("Les salariés")
    ADHERENTS = "adherents", _("Le groupe des adhérents")
    PARRAIN = "parrain", _("Le parrain")
    GESTIONNAIRE = "gestionnaire", _("Le gestionnaire")


class Quorum(TextChoices):
    """How many people must be there; empty when the GEM does not know."""

    AUCUN = "aucun", _("Pas de minimum")
    QUART = "quart", _("Un quart")
    TIERS = "tiers", _("Un tiers")
    MOITIE = "moitie", _("La moitié")
    PLUS_MOITIE = "plus_moitie", _("Plus de la moitié")
    DEUX_TIERS = "deux_tiers", _("Deux tiers")
    NOMBRE = "nombre", _("Un nombre de personnes")


class Voters(TextChoices):
    ADHERENTS = "adherents", _("Tous les adhérents")
    A_JOUR = "a_jour", _("Les adhérents à jour de cotisation")


class Majority(TextChoices):
    SIMPLE = "simple", _("Plus de oui que de non")
    ABSOLUE = "absolue", _("Oui pour plus de la moitié des voix présentes ou représentées")
    DEUX_TIERS = "deux_tiers", _("Oui pour deux tiers des oui et des non")
    DEUX_TIERS_PRESENTS = (
        "deux_tiers_presents",
        _("Oui pour deux tiers des voix présentes ou représentées"),
    )
    UNANIMITE = "unanimite", _("Personne ne dit non")


class Tie(TextChoices):
    """As many yes as no."""

    NON_ADOPTEE = "non_adoptee", _("La proposition n'est pas adoptée")
    PRESIDENCE = "presidence", _("La voix de la présidence compte double")
    NOUVEAU_VOTE = "nouveau_vote", _("On en parle encore, puis on revote")


class ElectionTie(TextChoices):
    """As many voices for two people, and one seat."""

    NOUVEAU_TOUR = "nouveau_tour", _("On revote entre ces personnes")
    TIRAGE = "tirage", _("On tire au sort")
    PLUS_ANCIEN = "plus_ancien", _("L'adhérent le plus ancien est élu")
    PLUS_AGE = "plus_age", _("La personne la plus âgée est élue")
    """Nobody's age is known here: the meeting says who it is."""
