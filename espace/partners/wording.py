"""Words of the partners' pages and files."""

from django.utils.translation import gettext_lazy as _

HIDDEN_FR = "caché"
MEASURES_FR = {
    "ATT-01": _("Personnes venues dans le mois"),
    "ADH-01": _("Adhérents de l'année"),
    "ATT-02": _("Passages du mois"),
}
CATEGORIES_FR = {
    "moins_35": _("Moins de 35 ans"),
    "35_49": _("35 à 49 ans"),
    "50_plus": _("50 ans et plus"),
    "non_dit": _("Âge non dit"),
    "50_plus_ou_non_dit": _("50 ans et plus, ou âge non dit"),
    "femme": _("Femmes"),
    "homme": _("Hommes"),
    "autre_ou_non_dit": _("Autre, ou non dit"),
}
