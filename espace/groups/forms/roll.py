"""Forms of « Notre carnet »."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Pictogram
from espace.core.idempotency import new_key
from espace.groups.choices import AgeBand, Gender
from espace.groups.rules.labels import Label, LabelError, clean_first_name, clean_initial
from espace.ui.fields import DayField, choice_field

HIGHEST_FEE = 1000
NO_CHANGE = ("", _("Laisser comme c'est"))


class NameForm(forms.Form):
    """First name or nickname, and one letter. ``label`` holds both once the form is valid."""

    first_name = forms.CharField(
        label=_("Prénom ou surnom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Écrivez un prénom ou un surnom."),
            "max_length": _("Ce prénom est trop long. Gardez 40 lettres au plus."),
        },
    )
    initial_letter = forms.CharField(
        label=_("Première lettre du nom"),
        help_text=_("Une seule lettre. Le nom de famille n'est jamais écrit."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_first_name(self) -> str:
        try:
            return clean_first_name(self.cleaned_data["first_name"])
        except LabelError as error:
            if error.reason == "long":
                raise forms.ValidationError(
                    _("Ce prénom est trop long. Gardez 40 lettres au plus.")
                ) from error
            raise forms.ValidationError(_("Écrivez un prénom ou un surnom.")) from error

    def clean_initial_letter(self) -> str:
        return clean_initial(self.cleaned_data["initial_letter"])

    @property
    def typed_label(self) -> Label:
        """What to keep of what was typed."""
        return Label(self.cleaned_data["first_name"], self.cleaned_data["initial_letter"])


class AddForm(NameForm):
    """Someone new on the roll; the key makes a double click harmless."""

    key = forms.UUIDField(initial=new_key, widget=forms.HiddenInput)


class SomeoneElseForm(AddForm):
    """« C'est une autre personne »: the same name, and a sign to tell the two apart."""

    someone_else = forms.BooleanField(widget=forms.HiddenInput, initial=True)
    pictogram = forms.ChoiceField(
        label=_("Un dessin pour la reconnaître"),
        help_text=_("Sans dessin, la personne aura un numéro."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, taken: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget = forms.HiddenInput()
        self.fields["initial_letter"].widget = forms.HiddenInput()
        choice_field(self, "pictogram").choices = [
            (value, label) for value, label in Pictogram.choices if value not in taken
        ]


class SignForm(forms.Form):
    """One of the signs, or none."""

    pictogram = forms.ChoiceField(
        label=_("Le dessin de cette personne"),
        choices=Pictogram.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class SaidForm(forms.Form):
    """What someone wished to say; « non dit » has the same weight as the others."""

    age_band = forms.ChoiceField(
        label=_("Tranche d'âge"),
        choices=[NO_CHANGE, *AgeBand.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    gender = forms.ChoiceField(
        label=_("Genre"),
        choices=[NO_CHANGE, *Gender.choices],
        required=False,
        widget=forms.RadioSelect,
    )


class MembershipForm(forms.Form):
    """A membership of one year."""

    year = forms.TypedChoiceField(
        label=_("Année"),
        coerce=int,
        error_messages={"required": _("Choisissez une année.")},
    )
    started_on = DayField(label=_("Date d'adhésion"))
    fee = forms.CharField(
        label=_("Cotisation payée, en euros"),
        help_text=_("Par exemple 12 ou 12,50. Laissez vide si vous ne savez pas."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    is_first = forms.TypedChoiceField(
        label=_("C'est sa première adhésion ?"),
        choices=[("oui", _("Oui")), ("non", _("Non"))],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
        error_messages={"required": _("Répondez par oui ou par non.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years = range(today.year + 1, today.year - 5, -1)
        choice_field(self, "year").choices = [(year, str(year)) for year in years]

    def clean_fee(self) -> int | None:
        """Return the fee in cents; None when nothing is written."""
        text = self.cleaned_data["fee"].replace("€", "").replace(" ", "").replace("\u202f", "")
        if not text:
            return None
        whole, _comma, cents = text.replace(".", ",").partition(",")
        if not (whole.isascii() and whole.isdigit() and (cents or "0").isdigit()) or len(cents) > 2:
            raise forms.ValidationError(_("Écrivez un nombre d'euros, par exemple 12 ou 12,50."))
        euros = Decimal(f"{whole}.{cents or 0}")
        if euros > HIGHEST_FEE:
            raise forms.ValidationError(_("Cette cotisation est très haute. Vérifiez le nombre."))
        return int(euros * 100)

    def clean_started_on(self) -> date:
        day: date = self.cleaned_data["started_on"]
        if day > self.today:
            raise forms.ValidationError(_("Cette date n'est pas encore arrivée."))
        return day
