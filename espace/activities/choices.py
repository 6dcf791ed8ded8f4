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


class Section(TextChoices):
    """The parts of the month card, in the order of the screen and of the paper."""

    ENTRAIDE = "entraide", _("Coups de main")
    RELAIS = "relais", _("Relais")
    ARRIVEES = "arrivees", _("Nouvelles personnes")
    BENEVOLAT = "benevolat", _("Bénévolat")
    TENSIONS = "tensions", _("Tensions")


class HelpKind(TextChoices):
    ECOUTE = "ecoute", _("Écouter")
    VISITE = "visite", _("Rendre visite")
    APPEL_NOUVELLES = "appel_nouvelles", _("Appeler, prendre des nouvelles")
    DEMARCHES = "demarches", _("Aider pour un papier")
    TRANSPORT = "transport", _("Emmener quelqu'un")
    NUMERIQUE = "numerique", _("Aider avec un téléphone, un ordinateur")
    ALLER_VERS_SOIN = "aller_vers_soin", _("Accompagner à un rendez-vous")
    REPAS_COURSES = "repas_courses", _("Repas, courses")
    AUTRE = "autre", _("Autre coup de main")


class HelpFrom(TextChoices):
    """Who helped, as a sort of person: never who, never whom."""

    ADHERENT = "adherent", _("Adhérents")
    SALARIE = "salarie", _("Salariés")
    BENEVOLE = "benevole", _("Bénévoles")


class Direction(TextChoices):
    VERS_GEM = "vers_gem", _("Venus de là")
    DEPUIS_GEM = "depuis_gem", _("Partis là-bas")


class ReferralChannel(TextChoices):
    SOINS = "soins", _("Soins psychiques")
    MEDICO_SOCIAL = "medico_social", _("Service médico-social")
    SOCIAL_LOGEMENT = "social_logement", _("Aide sociale, logement")
    EMPLOI_FORMATION = "emploi_formation", _("Emploi, formation")
    MDPH_DROITS = "mdph_droits", _("MDPH, droits")
    SANTE_GENERALE = "sante_generale", _("Médecin, dentiste…")
    CULTURE_SPORT_LOISIRS = "culture_sport_loisirs", _("Culture, sport, loisirs")
    AUTRE_GEM = "autre_gem", _("Autre GEM")
    PAIRS_PROCHES = "pairs_proches", _("Amis, proches")
    AUTRE = "autre", _("Autre")


class ArrivalChannel(TextChoices):
    SOINS = "soins", _("Un service de soins")
    MEDICO_SOCIAL = "medico_social", _("Un service médico-social")
    SOCIAL = "social", _("Un service social")
    MDPH = "mdph", _("La MDPH")
    MEDECIN_VILLE = "medecin_ville", _("Un médecin de ville")
    PAIR = "pair", _("Quelqu'un du GEM, un ami")
    PROCHE = "proche", _("La famille, un proche")
    VILLE_COMMERCE = "ville_commerce", _("Mairie, commerce, affiche")
    INTERNET_MEDIA = "internet_media", _("Internet, un journal")
    AUTRE = "autre", _("Autre")
    NON_DIT = "non_dit", _("Pas dit")


class VolunteerFrom(TextChoices):
    ADHERENT = "adherent", _("Adhérents du GEM")
    EXTERIEUR = "exterieur", _("Personnes de l'extérieur")
