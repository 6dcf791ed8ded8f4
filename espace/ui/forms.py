"""The « Affichage » form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.ui.display import CHOICES

WORDS = {
    "text": {
        "100": _("Normale"),
        "115": _("Un peu plus grande"),
        "130": _("Plus grande"),
        "150": _("Grande"),
        "175": _("Très grande"),
        "200": _("Deux fois plus grande"),
    },
    "spacing": {"normal": _("Normal"), "large": _("Plus d'espace entre les lignes")},
    "theme": {
        "auto": _("Comme mon appareil"),
        "light": _("Clair"),
        "dark": _("Sombre"),
        "cream": _("Crème"),
        "contrast": _("Contraste fort"),
    },
    "typeface": {"system": _("Celle de mon appareil"), "atkinson": _("Atkinson, très lisible")},
    "motion": {"auto": _("Comme mon appareil"), "less": _("Rien ne bouge")},
    "items": {"all": _("Tout montrer"), "fewer": _("Montrer le principal")},
}
QUESTIONS = {
    "text": _("Taille du texte"),
    "spacing": _("Espacement"),
    "theme": _("Couleurs"),
    "typeface": _("Forme des lettres"),
    "motion": _("Mouvements"),
    "items": _("Dessins et conseils"),
}


class DisplayForm(forms.Form):
    """One choice per question, all with a safe answer already chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in CHOICES.items():
            self.fields[name] = forms.ChoiceField(
                label=QUESTIONS[name],
                choices=[(value, WORDS[name][value]) for value in values],
                widget=forms.RadioSelect,
            )
