"""Shape of what a person types to enter and to say who they are."""

from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context, ratelimit
from django import forms
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Pictogram
from espace.accounts.known_devices import limit_key
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

    def clean_email(self) -> str:
        """Count the codes asked for this address; the answer is the same for any address."""
        email: str = self.cleaned_data["email"]
        users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        self._user = users[0] if users else None
        key = limit_key(context.request, self._user, email)
        if not ratelimit.consume(context.request, action="request_login_code", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        return email


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


class SecondCodeForm(forms.Form):
    """A code of the application, or one of the printed spare codes."""

    code = CodeField(
        label=_("Le code de votre application"),
        help_text=_("6 chiffres. Ou un code de secours, de 8 chiffres."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": _("Écrivez le code de votre application."),
            "max_length": _("Ce texte est trop long. Le code a 6 chiffres."),
        },
    )


class NewAddressForm(forms.Form):
    """Another e-mail address for a person."""

    email = forms.EmailField(
        label=_("Nouvelle adresse e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Écrivez la nouvelle adresse."),
            "invalid": _("Cette adresse n'est pas complète. Exemple : prenom@exemple.fr."),
        },
    )


class AddressCodeForm(forms.Form):
    """The code sent to a new address."""

    code = CodeField(
        label=_("Le code reçu"),
        help_text=_("6 chiffres. Vous pouvez le coller."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Écrivez le code reçu par e-mail.")},
    )


class PasskeyForm(forms.Form):
    """What the browser answers when a person shows a passkey."""

    credential = forms.JSONField(widget=forms.HiddenInput)


class NewPasskeyForm(PasskeyForm):
    """A passkey just made, and the name its person gives it."""

    name = forms.CharField(
        label=_("Le nom de cette clé"),
        help_text=_("Un nom pour la reconnaître. Exemple : mon téléphone."),
        max_length=40,
        required=False,
    )

    def clean_name(self) -> str:
        # The key is already in the telephone: a missing name must not lose it.
        return self.cleaned_data["name"].strip() or str(_("Ma clé"))


class RenamePasskeyForm(forms.Form):
    """Another name for a passkey."""

    passkey = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Nouveau nom"),
        max_length=40,
        error_messages={"required": _("Écrivez un nom.")},
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
