"""Words of the money: codes are those of the fact model (``budget_line``, ``budget_event``)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """Money that comes in, or money that goes out."""

    RECETTE = "recette", _("Argent reçu")
    DEPENSE = "depense", _("Argent dépensé")


class Category(TextChoices):
    """Families in plain words; the first seven are money received, the others money spent."""

    SUBVENTION_ARS = "subvention_ars", _("Subvention de l'ARS")
    COMMUNE = "commune_intercommunalite", _("Aide de la commune")
    DEPARTEMENT = "departement_region", _("Aide du département ou de la région")
    DONS = "fondations_dons", _("Dons et fondations")
    COTISATIONS = "cotisations", _("Cotisations")
    VENTES = "activites_ventes", _("Participations et ventes")
    AUTRE_RECETTE = "autre_recette", _("Autre argent reçu")
    SALAIRES = "salaires", _("Salaires")
    LOYER = "loyer_charges", _("Loyer, énergie, assurance")
    ACTIVITES = "activites", _("Activités et sorties")
    TRANSPORT = "transport", _("Transport")
    FRAIS_GESTION = "frais_gestion", _("Frais de gestion")
    FORMATION = "formation", _("Formation")
    COMMUNICATION = "communication", _("Communication")
    AUTRE_DEPENSE = "autre_depense", _("Autre dépense")


class Credit(TextChoices):
    """On which credit of the ARS a grant is paid (asked by the yearly report)."""

    GEM = "gem_cnsa", _("Crédits GEM (CNSA)")
    AUTRE = "autre_ars", _("Autres crédits de l'ARS")


RECEIVED = tuple(Category)[:7]
SPENT = tuple(Category)[7:]


class CashMove(TextChoices):
    """What moves the cash box and is neither money received nor money spent."""

    DEPART = "depart", _("Argent déjà dans la caisse")
    BANQUE = "banque", _("Entre la banque et la caisse")
    ECART = "ecart", _("Écart de caisse")


class DecidedBy(TextChoices):
    """Who decided a cost, as people say it; empty when nobody was asked yet."""

    ASSEMBLEE = "assemblee", _("L'assemblée générale")
    BUREAU = "bureau", _("Le bureau ou le conseil")
    REUNION = "reunion", _("La réunion des adhérents")
    GESTIONNAIRE = "gestionnaire", _("Le gestionnaire")
    NE_SAIT_PAS = "ne_sait_pas", _("Nous ne savons pas")


class BudgetMoment(TextChoices):
    """Dates of the life of a budget."""

    POINT = "point_budget_adherents", _("Point sur l'argent avec les adhérents")
    BUDGET_CA = "budget_presente_ca", _("Budget présenté au bureau ou au conseil")
    BUDGET_AG = "budget_vote_ag", _("Budget voté en assemblée générale")
    COMPTES_CA = "comptes_presentes_ca", _("Comptes présentés au bureau ou au conseil")
    COMPTES_AG = "comptes_votes_ag", _("Comptes votés en assemblée générale")
    NOTIFIEE = "subvention_notifiee", _("Subvention annoncée par courrier")
    VERSEE = "subvention_versee", _("Subvention arrivée sur le compte")
