"""Forms of the budget: a line, a date, accounts that are promised."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.governance.choices.money import (
    RECEIVED,
    SPENT,
    BudgetMoment,
    Category,
    Credit,
    DecidedBy,
    Side,
)
from espace.governance.forms.money import EuroField, LabelField, check_day
from espace.governance.rules.money import named_in
from espace.ui.fields import DayField, choice_field

TWO_YEARS = timedelta(days=730)
YEARS_BACK = 6


class BudgetLineForm(forms.Form):
    """One line of the budget; amounts may be left empty, and may be below zero (a correction)."""

    libelle = LabelField(
        label=_("Quelle ligne ?"),
        help_text=_("Exemple : loyer du local. N'écrivez pas de nom de personne."),
    )
    famille = forms.ChoiceField(
        label=_("Famille"),
        choices=[
            (_("Argent dépensé"), [(one.value, one.label) for one in SPENT]),
            (_("Argent reçu"), [(one.value, one.label) for one in RECEIVED]),
        ],
        error_messages={"required": _("Choisissez une famille.")},
    )
    prevu = EuroField(
        label=_("Prévu, en euros"),
        help_text=_("Exemple : 1200. Laissez vide si vous ne savez pas."),
        below_zero=True,
        required=False,
    )
    realise = EuroField(
        label=_("Réalisé, en euros"),
        help_text=_("Ce qui est dépensé ou reçu pour de vrai."),
        below_zero=True,
        required=False,
    )
    sans_argent = forms.BooleanField(
        label=_("C'est une aide sans argent (prêt, bénévolat)"), required=False
    )
    credit = forms.ChoiceField(
        label=_("Si c'est l'ARS : sur quel crédit ?"),
        choices=[("", _("Je ne sais pas")), *Credit.choices],
        required=False,
    )
    compte = forms.RegexField(
        label=_("Numéro de compte"),
        help_text=_("Exemple : 61. Il est écrit sur les comptes."),
        regex=r"^[1-8]\d{0,5}$",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Un compte a un à six chiffres. Exemple : 61.")},
    )
    decide_par = forms.ChoiceField(
        label=_("Qui a décidé ?"),
        choices=[("", _("Ce n'est pas noté")), *DecidedBy.choices],
        required=False,
    )
    decide_le = DayField(label=_("Décidé le"), required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_decide_le(self) -> date | None:
        day: date | None = self.cleaned_data["decide_le"]
        return day and check_day(day, self.today)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("credit") and cleaned.get("famille") != Category.SUBVENTION_ARS:
            cleaned["credit"] = ""
        if not self.errors and cleaned["prevu"] is None and cleaned["realise"] is None:
            self.add_error("prevu", _("Écrivez au moins un montant, prévu ou réalisé."))
        return cleaned

    @property
    def side(self) -> str:
        """The side that the family says."""
        received = self.cleaned_data["famille"] in RECEIVED
        return Side.RECETTE if received else Side.DEPENSE

    def named(self, first_names: Collection[str]) -> str:
        """Return what in the label seems to name someone: only to say so."""
        return named_in(self.cleaned_data.get("libelle", ""), first_names)


class MomentForm(forms.Form):
    """A date of the life of a budget."""

    quoi = forms.ChoiceField(
        label=_("Que s'est-il passé ?"),
        choices=BudgetMoment.choices,
        error_messages={"required": _("Choisissez ce qui s'est passé.")},
    )
    jour = DayField(label=_("Quel jour ?"))
    annee = forms.TypedChoiceField(
        label=_("C'était le budget de quelle année ?"),
        coerce=int,
        error_messages={"required": _("Choisissez une année.")},
    )
    simple = forms.TypedChoiceField(
        label=_("C'était dit avec des mots simples ?"),
        choices=[("", _("Je ne sais pas")), ("oui", _("Oui")), ("non", _("Non"))],
        coerce=lambda value: value == "oui",
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years = range(today.year + 1, today.year - YEARS_BACK, -1)
        choice_field(self, "annee").choices = [(year, str(year)) for year in years]

    def clean_jour(self) -> date:
        return check_day(self.cleaned_data["jour"], self.today)


class PromiseForm(forms.Form):
    """Accounts that someone promised for a day."""

    comptes = LabelField(
        label=_("Quels comptes ?"), help_text=_("Exemple : comptes du premier semestre.")
    )
    pour = DayField(label=_("Promis pour quel jour ?"))
    cle_promesse = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_pour(self) -> date:
        return check_day(self.cleaned_data["pour"], self.today, ahead=TWO_YEARS)
