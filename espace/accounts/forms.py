"""Shape of what a person types to enter and to say who they are."""

from typing import Any, ClassVar

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Pictogram
from espace.accounts.models import Account
from espace.accounts.rules import is_one_letter


class AskCodeForm(RequestLoginCodeForm):
    """The e-mail address that receives the code."""

    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Écrivez votre adresse e-mail."),
            "invalid": _("Cette adresse n'est pas complète. Exemple : prenom@exemple.fr."),
        },
    )


class CodeField(forms.CharField):
    """A code of figures, pasted with whatever stood around it in the mail."""

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value)
        return "".join(sign for sign in text if sign.isdecimal()) or text


class CodeForm(ConfirmLoginCodeForm):
    """The code received; spaces, dashes and words around a pasted code do no harm."""

    code = CodeField(
        label=_("Le code reçu"),
        help_text=_("6 chiffres. Vous pouvez le coller."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": _("Écrivez le code reçu par e-mail."),
            "max_length": _("Ce texte est trop long. Le code a 6 chiffres."),
        },
    )


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """First name or nickname, one initial, a pictogram: never a surname."""

    class Meta:
        model = Account
        fields = ("first_name", "initial", "pictogram")
        help_texts: ClassVar[dict[str, Any]] = {
            "initial": _("Une seule lettre. Nous ne gardons pas votre nom."),
            "pictogram": _("Un dessin, si une autre personne a le même prénom."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"})
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "first_name": {"required": _("Écrivez votre prénom, ou un surnom.")},
        }

    pictogram = forms.ChoiceField(
        label=_("Pictogramme"),
        choices=Pictogram.choices,
        required=False,
        help_text=_("Un dessin, si une autre personne a le même prénom."),
    )

    def clean_initial(self) -> str:
        text: str = self.cleaned_data["initial"].strip().rstrip(".")
        if text and not is_one_letter(text):
            raise forms.ValidationError(
                _("Écrivez une seule lettre. Nous ne gardons pas votre nom.")
            )
        return text.upper()
