"""The form that says someone paid."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.governance.forms.money import EuroField


class FeeForm(forms.Form):
    """An amount, left empty when nobody knows, and whether it is in the cash box."""

    montant = EuroField(
        label=_("Montant en euros"),
        help_text=_("Laissez vide si vous ne savez pas."),
        required=False,
    )
    especes = forms.BooleanField(label=_("C'est de l'argent mis dans la caisse"), required=False)
    personne = forms.UUIDField(widget=forms.HiddenInput)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    @property
    def who(self) -> UUID:
        """The line of the roll."""
        found: UUID = self.cleaned_data["personne"]
        return found
