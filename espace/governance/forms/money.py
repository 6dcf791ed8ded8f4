"""Fields and forms of the money."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.governance.choices.money import RECEIVED, SPENT, CashMove, Side
from espace.governance.rules.money import (
    LONGEST_LABEL,
    AmountError,
    named_in,
    parse_cents,
    tidy_label,
)
from espace.ui.fields import DayField

OLDEST = timedelta(days=3660)
WRONG = {
    "empty": _("Il manque le montant. Exemple : 12,50."),
    "not_money": _("Ce montant ne peut pas être lu. Exemple : 12,50."),
    "too_big": _("Ce montant est trop grand. Vérifiez les chiffres."),
}


class EuroField(forms.CharField):
    """Euros typed as one writes them; gives whole cents, None when left empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, below_zero: bool = False, zero: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": WRONG["empty"]})
        super().__init__(max_length=40, **kwargs)
        self.below_zero, self.zero = below_zero, zero

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            cents = parse_cents(text)
        except AmountError as error:
            raise forms.ValidationError(WRONG[error.reason]) from error
        if cents < 0 and not self.below_zero:
            raise forms.ValidationError(_("Écrivez le montant sans signe moins."))
        if cents == 0 and not self.zero:
            raise forms.ValidationError(_("Zéro euro : il n'y a rien à noter."))
        return cents


class LabelField(forms.CharField):
    """A few words on one line."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages", {"required": _("Dites en quelques mots de quoi il s'agit.")}
        )
        super().__init__(max_length=400, **kwargs)

    def clean(self, value: Any) -> str:
        text = tidy_label(super().clean(value))
        if not text and self.required:
            raise forms.ValidationError(_("Dites en quelques mots de quoi il s'agit."))
        if len(text) > LONGEST_LABEL:
            raise forms.ValidationError(
                _("C'est trop long : %(most)s lettres au plus. Votre texte est gardé ici."),
                params={"most": LONGEST_LABEL},
            )
        return text


def check_day(day: date, today: date, *, ahead: timedelta = timedelta(0)) -> date:
    """Return ``day``; raise when it is to come, or older than ten years."""
    if day > today + ahead:
        raise forms.ValidationError(_("Ce jour n'est pas encore venu. Vérifiez la date."))
    if day < today - OLDEST:
        raise forms.ValidationError(_("Ce jour est très ancien. Vérifiez l'année."))
    return day


class CashLineForm(forms.Form):
    """One line of the cash book."""

    date = DayField(label=_("Jour"))
    libelle = LabelField(
        label=_("Pour quoi ?"),
        help_text=_("Exemple : courses du repas. N'écrivez pas de nom de personne."),
    )
    sens = forms.ChoiceField(
        label=_("L'argent…"),
        choices=[(Side.DEPENSE, _("sort de la caisse")), (Side.RECETTE, _("entre dans la caisse"))],
        initial=Side.DEPENSE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si l'argent sort ou entre.")},
    )
    montant = EuroField(label=_("Montant en euros"), help_text=_("Exemple : 12,50."), zero=False)
    famille = forms.ChoiceField(
        label=_("Famille"),
        choices=[
            (_("L'argent sort"), [(one.value, one.label) for one in SPENT]),
            (_("L'argent entre"), [(one.value, one.label) for one in RECEIVED]),
            (
                _("L'un ou l'autre"),
                [(one.value, one.label) for one in (CashMove.DEPART, CashMove.BANQUE)],
            ),
        ],
        initial=SPENT[2].value,
        error_messages={"required": _("Choisissez une famille.")},
    )
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_date(self) -> date:
        return check_day(self.cleaned_data["date"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        side, family = cleaned.get("sens"), cleaned.get("famille")
        # Money given back is a cost taken back: an entry may be of a family of costs.
        if side == Side.DEPENSE and family in RECEIVED:
            self.add_error(
                "famille", _("Cette famille est pour l'argent qui entre. Choisissez-en une autre.")
            )
        cents = cleaned.get("montant") or 0
        return cleaned | {"cents": -cents if side == Side.DEPENSE else cents}

    def named(self, first_names: Collection[str]) -> str:
        """Return what in the label seems to name someone: only to say so."""
        return named_in(self.cleaned_data.get("libelle", ""), first_names)


class CountForm(forms.Form):
    """« Compté en caisse »."""

    date = DayField(label=_("Jour"))
    compte = EuroField(
        label=_("Argent compté dans la caisse"), help_text=_("En euros. Exemple : 84,50.")
    )
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_date(self) -> date:
        return check_day(self.cleaned_data["date"], self.today)


class ReceiptForm(forms.Form):
    """The photo of a ticket."""

    photo = forms.FileField(
        label=_("La photo du ticket"),
        help_text=_("Une photo JPEG, PNG ou WebP. 10 Mo au plus."),
        error_messages={
            "required": _("Choisissez une photo."),
            "empty": _("Ce fichier est vide. Reprenez la photo."),
        },
    )
