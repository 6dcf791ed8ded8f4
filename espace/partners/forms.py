"""Shape of what partners type: a question about a document, the part of an ARS."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.reports.queries.received import PartSaid

MOST_EUROS, MOST = 2_000_000_000, 9999
LONGEST = 2000


def _number(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Écrivez un nombre entier. Exemple : 12."),
            "max_value": _("Ce nombre est trop grand."),
            "min_value": _("Ce nombre est trop petit."),
        },
    )


def _text(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("N'écrivez pas de nom de personne."),
    )


class PartForm(forms.Form):
    """What an ARS says of its own year (dossier 2.3, part 3)."""

    credits_eur = _number(_("Crédits GEM de la CNSA versés dans l'année, en euros"), MOST_EUROS)
    other_credits_eur = _number(_("Autres crédits de l'ARS, en euros"), MOST_EUROS)
    visits = _number(_("Visites de GEM"), MOST)
    meetings = _number(_("Réunions avec les GEM du territoire"), MOST)
    support = _text(_("Ce qui a été fait pour aider les GEM"))
    difficulties = _text(_("Les difficultés de l'année"))

    def __init__(self, said: PartSaid | None, data: Any = None) -> None:
        names = ("credits_eur", "other_credits_eur", "visits", "meetings", "support")
        initial = {name: getattr(said, name) for name in (*names, "difficulties")} if said else {}
        super().__init__(data, initial=initial)


class QuestionForm(forms.Form):
    """A question to the GEM; ``cle`` makes two taps one question."""

    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)
    text = forms.CharField(
        label=_("Votre question au GEM"),
        help_text=_("Une seule question, en phrases courtes. Sans nom de personne."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez votre question.")},
    )
