"""Stored codes of the programme and the day sheet: those of the catalogue's fact model."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Animation(TextChoices):
    AVEC_SALARIE = "avec_salarie", _("Avec un salarié")
    AUTOGEREE = "autogeree", _("Tenu par des adhérents")


class Outcome(TextChoices):
    """What became of an opening; empty while nobody said otherwise: it is then « ouvert »."""

    OUVERT = "ouvert", _("Ouvert")
    FERME_SALARIE_ABSENT = "ferme_salarie_absent", _("Fermé, salarié absent")
    FERME_CONGE = "ferme_conge", _("Fermé, congés ou jour férié")
    FERME_AUTRE = "ferme_autre", _("Fermé, autre raison")


class Category(TextChoices):
    """Who came. « proche » (relatives and friends) is counted apart, as the CNSA review asks."""

    ADHERENT = "adherent", _("Adhérents")
    DECOUVERTE = "decouverte", _("Visiteurs qui découvrent")
    BENEVOLE = "benevole", _("Bénévoles")
    PROCHE = "proche", _("Proches et amis")
    INVITE = "invite", _("Autres visiteurs")


class Family(TextChoices):
    """Activity families: the fact model's, and those the dossier adds (4.5)."""

    REPAS_CUISINE = "repas_cuisine", _("Cuisine et repas")
    CREATION = "creation", _("Arts et création")
    CULTURE_SORTIE = "culture_sortie", _("Culture et sorties")
    SPORT_NATURE = "sport_nature", _("Sport et nature")
    NATURE_JARDIN = "nature_jardin", _("Jardin")
    BIEN_ETRE = "bien_etre", _("Bien-être")
    PAROLE_ENTRAIDE = "parole_entraide", _("Accueil, parole et entraide")
    NUMERIQUE = "numerique", _("Numérique")
    CITOYENNETE = "citoyennete", _("Vie associative et citoyenneté")
    SANTE_DROITS = "sante_droits", _("Santé et droits, information")
    JEUX_CONVIVIALITE = "jeux_convivialite", _("Jeux")
    FETES = "fetes", _("Fêtes")
    SEJOUR = "sejour", _("Séjours")
    CHANTIERS_BRICOLAGE = "chantiers_bricolage", _("Chantiers et bricolage")
    AUTRE = "autre", _("Autre")


class Place(TextChoices):
    LOCAL = "local", _("Au local")
    VILLE = "ville", _("En ville")
    NATURE = "nature", _("Dans la nature")
    AUTRE_GEM = "autre_gem", _("Dans un autre GEM")
    EN_LIGNE = "en_ligne", _("En ligne")


OUTSIDE = (Place.VILLE, Place.NATURE, Place.AUTRE_GEM)
"""An activity there is an outing: it has a meeting point and an hour of return."""


class IdeaFrom(TextChoices):
    ADHERENTS = "adherents", _("Des adhérents")
    ENSEMBLE = "ensemble", _("Du groupe, ensemble")
    SALARIES = "salaries", _("Des salariés")
    PARTENAIRE = "partenaire", _("D'un partenaire")


class LedBy(TextChoices):
    ADHERENT = "adherent", _("Un adhérent")
    ADHERENT_ET_SALARIE = "adherent_et_salarie", _("Un adhérent et un salarié")
    SALARIE = "salarie", _("Un salarié")
    BENEVOLE = "benevole", _("Un bénévole")
    PARTENAIRE = "partenaire", _("Un partenaire")


class ActivityState(TextChoices):
    PREVUE = "prevue", _("Prévue")
    FAITE = "faite", _("Faite")
    ANNULEE = "annulee", _("Annulée")


class CancelledWhy(TextChoices):
    """Why an activity does not take place, in words that name nobody."""

    METEO = "meteo", _("La météo")
    ANIMATION = "animation", _("Personne pour animer")
    INSCRITS = "inscrits", _("Pas assez d'inscrits")
    LIEU = "lieu", _("Le lieu n'est pas libre")
    TRANSPORT = "transport", _("Un problème de transport")
    FERME = "ferme", _("Le GEM est fermé ce jour-là")
    AUTRE = "autre", _("Une autre raison")


class SeriesKind(TextChoices):
    OPENING = "opening", _("Ouverture")
    ACTIVITY = "activity", _("Activité")


class InputWay(TextChoices):
    """How a month was typed (fact model month_close.input_way)."""

    PAPIER_PHOTO = "papier_photo", _("Papier")
    TABLETTE = "tablette", _("Tablette")
    ORDINATEUR = "ordinateur", _("Ordinateur")
    TELEPHONE = "telephone", _("Téléphone")
    IMPORT = "import", _("Fichier")


class IdeaState(TextChoices):
    """What the members' meeting said of an idea; « boite » until it is asked."""

    BOITE = "boite", _("Dans la boîte")
    RETENUE = "retenue", _("Choisie")
    PLUS_TARD = "plus_tard", _("Plus tard")
    NON_MERCI = "non_merci", _("Non merci")


class IdeaWay(TextChoices):
    """How an idea came in."""

    TABLETTE = "tablette", _("Tablette du GEM")
    COMPTE = "compte", _("Mon Espace")
    LIEN = "lien", _("Lien de la boîte")
    PAPIER = "papier", _("Papier")
