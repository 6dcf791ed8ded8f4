"""What the living page of components shows: invented names, invented months."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.ui.icons import drawings

NAMES = (
    "Amina B.", "Bernard T.", "Camille R.", "Denis L.", "Élise G.", "Fatou D.", "Gérard P.",
    "Hélène V.", "Idris M.", "Jeanne K.", "Karim S.", "Louise A.", "Marc-Antoine F.", "Nadia Z.",
    "Olivier C.", "Paulette H.", "Quentin J.", "Rosa N.", "Serge W.", "Thérèse I.",
)  # fmt: skip


class EveryField(forms.Form):
    """One field of each sort."""

    first_name = forms.CharField(
        label=gettext_lazy("Prénom ou surnom"),
        help_text=gettext_lazy("Comme vous voulez être appelé."),
        error_messages={"required": gettext_lazy("Il manque le prénom. Un surnom suffit.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Adresse e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("L'adresse n'est pas complète. Exemple : marie@exemple.fr")
        },
    )
    moment = forms.ChoiceField(
        label=gettext_lazy("Quand préférez-vous venir ?"),
        choices=[
            ("matin", gettext_lazy("Le matin")),
            ("soir", gettext_lazy("Le soir")),
            ("?", gettext_lazy("Je ne sais pas")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez une réponse, même « Je ne sais pas ».")
        },
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Lieu"),
        choices=[("local", gettext_lazy("Au local")), ("ville", gettext_lazy("En ville"))],
    )
    note = forms.CharField(label=gettext_lazy("Un mot"), required=False, widget=forms.Textarea)
    reminder = forms.BooleanField(label=gettext_lazy("Recevoir un rappel"), required=False)


def examples() -> dict[str, Any]:
    """Return what the templates of the living page draw."""
    words = (_("Juin"), _("Juillet"), _("Août"), _("Septembre"), _("Octobre"))
    months = zip(words, (61, 48, 35, 66, 72), strict=True)
    return {
        "icons": sorted(drawings()),
        "names": [(name, "true" if row % 3 == 0 else "false") for row, name in enumerate(NAMES)],
        "rows": [*((m, n, "mark-1") for m, n in months), (_("Novembre"), 58, "mark-open")],
        "empty": EveryField(prefix="vide"),
        "wrong": EveryField({"faux-email": "marie@"}, prefix="faux"),
    }
