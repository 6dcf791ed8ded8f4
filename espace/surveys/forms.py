"""Forms of the surveys: open one, print papers, answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.surveys.choices import Paper
from espace.surveys.rules import Questionnaire
from espace.ui.fields import DayField

MOST_PEOPLE = 300


def _number(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    words = _("Écrivez un nombre, de 1 à %(most)s.") % {"most": most}
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )


class OpenForm(forms.Form):
    """The survey of the year."""

    invites = _number(
        _("Combien de personnes invitez-vous ?"),
        MOST_PEOPLE,
        _("Tous les adhérents, même ceux qui viennent peu."),
    )
    fin = DayField(label=_("Jusqu'à quel jour ?"), required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_fin(self) -> date | None:
        day: date | None = self.cleaned_data["fin"]
        if day and day < self.today:
            raise forms.ValidationError(_("Ce jour est passé. Choisissez un jour à venir."))
        return day


class PrintForm(forms.Form):
    """Papers to print, each with a code."""

    quoi = forms.ChoiceField(
        label=_("Que voulez-vous imprimer ?"),
        choices=Paper.choices,
        widget=forms.RadioSelect,
        initial=Paper.SLIP,
        error_messages={"required": _("Choisissez ce que vous imprimez.")},
    )
    nombre = _number(_("Combien ?"), 100, _("Un papier par personne."))


class AnswerForm(forms.Form):
    """The ten questions; each may be left aside."""

    def __init__(self, *args: Any, asked: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked.questions:
            levels = [(str(level), label) for level, label in one.levels]
            self.fields[one.code] = forms.ChoiceField(
                label=one.text,
                choices=[*levels, ("", _("Je ne sais pas, ou je ne veux pas répondre"))],
                widget=forms.RadioSelect,
                required=False,
            )
