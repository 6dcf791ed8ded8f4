"""Words of the accounts: roles a person may hold, pictograms that tell homonyms apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Every role of the permission matrix (dossier 3.2); DEVICE is a GEM's own enrolled tablet."""

    MEMBER = "member", _("Adhérent")
    ELECTED = "elected", _("Élu du bureau ou du CA")
    ANIMATOR = "animator", _("Salarié")
    VOLUNTEER = "volunteer", _("Bénévole")
    SPONSOR = "sponsor", _("Parrain")
    MANAGER = "manager", _("Gestionnaire")
    DEVICE = "device", _("Tablette du GEM")
    FEDERATION = "federation", _("Équipe de la FiGEM")
    DELEGATE = "delegate", _("Délégué régional")
    ARS = "ars", _("Agence régionale de santé")
    CNSA = "cnsa", _("CNSA")
    MUNICIPALITY = "municipality", _("Commune")


class Proof(TextChoices):
    """What someone showed to enter; two of them may make two factors (``rules.is_strong``)."""

    CODE = "code", _("Un code reçu par e-mail")
    TOTP = "totp", _("Un code de votre application")
    PASSKEY = "passkey", _("Une clé d'accès")
    CARD = "card", _("Votre carte d'accès")
    TABLET = "tablet", _("L'appareil du GEM")
    SECOND_ELECTED = "second_elected", _("Une autre personne élue")
    LETTER = "letter", _("La lettre d'ouverture")
    PROVIDER = "provider", _("Le compte de votre institution")
    PROVIDER_STRONG = "provider_strong", _("Le compte de votre institution, avec deux preuves")
    DEMONSTRATION = "demonstration", _("La démonstration")


class Matter(TextChoices):
    """What a line of the journal is about, to find it again."""

    SHEET = "presences", _("Les présences")
    PROGRAMME = "programme", _("Le programme")
    ROLL = "carnet", _("Le carnet")
    ROLES = "roles", _("Les rôles")
    GEM = "gem", _("La fiche et les chiffres du GEM")
    MONEY = "argent", _("L'argent")
    FILES = "fichiers", _("Les fichiers apportés")
    DEVICES = "appareils", _("Les appareils et les entrées")
    MEETINGS = "reunions", _("Les réunions et les décisions")
    BINDER = "classeur", _("Le classeur de l'année")
    REPORTS = "bilans", _("Les bilans et les rapports")
    OPENED = "lectures", _("Les données ouvertes")


class Pictogram(TextChoices):
    """Neutral signs, easy to name aloud: two homonyms each choose one."""

    NONE = "", _("Aucun")
    ARBRE = "arbre", _("Arbre")
    BATEAU = "bateau", _("Bateau")
    CERISE = "cerise", _("Cerise")
    CHAT = "chat", _("Chat")
    CLE = "cle", _("Clé")
    ETOILE = "etoile", _("Étoile")
    FEUILLE = "feuille", _("Feuille")
    FLEUR = "fleur", _("Fleur")
    LUNE = "lune", _("Lune")
    MAISON = "maison", _("Maison")
    OISEAU = "oiseau", _("Oiseau")
    PARAPLUIE = "parapluie", _("Parapluie")
    POISSON = "poisson", _("Poisson")
    SOLEIL = "soleil", _("Soleil")
    TASSE = "tasse", _("Tasse")
    VELO = "velo", _("Vélo")

    @property
    def icon(self) -> str:
        """Name of its drawing in ``espace.ui``; empty without a sign."""
        return SIGN_DRAWINGS.get(self, "")


SIGN_DRAWINGS: dict[str, str] = {
    Pictogram.ARBRE: "tree-deciduous",
    Pictogram.BATEAU: "sailboat",
    Pictogram.CERISE: "cherry",
    Pictogram.CHAT: "cat",
    Pictogram.CLE: "key",
    Pictogram.ETOILE: "star",
    Pictogram.FEUILLE: "leaf",
    Pictogram.FLEUR: "flower",
    Pictogram.LUNE: "moon",
    Pictogram.MAISON: "house",
    Pictogram.OISEAU: "bird",
    Pictogram.PARAPLUIE: "umbrella",
    Pictogram.POISSON: "fish",
    Pictogram.SOLEIL: "sun",
    Pictogram.TASSE: "coffee",
    Pictogram.VELO: "bike",
}
