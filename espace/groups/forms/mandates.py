"""Shape of what is typed to give a role, to end one, and to enrol a device."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Role
from espace.accounts.rules import is_one_letter
from espace.groups.choices import Function
from espace.ui.fields import DayField


class RoleForm(forms.Form):
    """A role for someone: by e-mail address, or by first name alone."""

    role = forms.ChoiceField(
        label=_("Quel rôle ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un rôle."),
            "invalid_choice": _("Choisissez un rôle de la liste."),
        },
    )
    first_name = forms.CharField(
        label=_("Prénom ou surnom"),
        max_length=40,
        error_messages={"required": _("Écrivez un prénom, ou un surnom.")},
    )
    initial = forms.CharField(
        label=_("Première lettre du nom"),
        required=False,
        help_text=_("Une seule lettre. Nous ne gardons pas le nom."),
        max_length=40,
    )
    email = forms.EmailField(
        # Someone else's address: the browser must not offer one's own.
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        label=_("Adresse e-mail"),
        required=False,
        max_length=254,
        help_text=_("Elle sert à entrer. Sans elle, le rôle est noté, c'est tout."),
        error_messages={
            "invalid": _("Cette adresse n'est pas complète. Exemple : prenom@exemple.fr.")
        },
    )
    started_on = DayField(label=_("Depuis le"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, roles: Sequence[Role], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.fields["started_on"].initial = today
        if Role.ELECTED in roles:
            self._ask_about_elected_people()

    def _ask_about_elected_people(self) -> None:
        self.fields["function"] = forms.ChoiceField(
            label=_("Pour un élu : quelle place ?"),
            required=False,
            choices=[("", _("Choisissez")), *Function.choices],
            help_text=_("Plusieurs personnes peuvent avoir la même place."),
        )
        self.fields["shared"] = forms.BooleanField(
            label=_("Cette place est partagée à plusieurs"), required=False
        )
        self.fields["is_first"] = forms.BooleanField(
            label=_("C'est son premier mandat"), required=False
        )
        after = ["role", "function", "shared", "is_first", "first_name", "initial", "email"]
        self.order_fields(after)

    def clean_initial(self) -> str:
        text: str = self.cleaned_data["initial"].strip().rstrip(".")
        if text and not is_one_letter(text):
            raise forms.ValidationError(_("Écrivez une seule lettre. Nous ne gardons pas le nom."))
        return text.upper()


class AddressForm(forms.Form):
    """Another e-mail address for someone of the GEM."""

    email = forms.EmailField(
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        label=_("Nouvelle adresse e-mail"),
        max_length=254,
        error_messages={
            "required": _("Écrivez la nouvelle adresse."),
            "invalid": _("Cette adresse n'est pas complète. Exemple : prenom@exemple.fr."),
        },
    )


class EndForm(forms.Form):
    """The day a role ends."""

    ended_on = DayField(label=_("Dernier jour"))


class DeviceForm(forms.Form):
    """The name of a device, so that it is known in the list."""

    name = forms.CharField(
        label=_("Nom de l'appareil"),
        max_length=60,
        help_text=_("Exemple : tablette de l'entrée."),
        error_messages={"required": _("Donnez un nom à cet appareil.")},
    )
