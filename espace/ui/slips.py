"""The code of a slip of paper, typed by who holds it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.slips import read_code


class SlipForm(forms.Form):
    """The code of a slip of paper."""

    code = forms.CharField(
        label=_("Le code de votre papier"),
        help_text=_("Dix lettres et chiffres. Exemple : abcde-fgh23."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={
            "required": _("Écrivez le code de votre papier."),
            "max_length": _("C'est trop long pour un code. Il a dix lettres et chiffres."),
        },
    )

    def clean_code(self) -> str:
        return read_code(self.cleaned_data["code"])
