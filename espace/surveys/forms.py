"""Forms of the surveys: open one, print papers, answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.surveys.choices import Paper, Scale
from espace.surveys.rules import (
    FRENCH,
    LONGEST_WORDS,
    MOST_QUESTIONS,
    Questionnaire,
    draft_content,
    shipped_scales,
)
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
    nationale = forms.UUIDField(widget=forms.HiddenInput, required=False)
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
            if one.is_open:
                self.fields[one.code] = forms.CharField(
                    label=one.text,
                    help_text=_("N'écrivez pas de nom. 300 signes au plus."),
                    required=False,
                    max_length=LONGEST_WORDS,
                    widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
                    error_messages={"max_length": _("C'est trop long : 300 signes au plus.")},
                )
                continue
            levels = [(str(level), label) for level, label in one.levels]
            self.fields[one.code] = forms.ChoiceField(
                label=one.text,
                choices=[*levels, ("", _("Je ne sais pas, ou je ne veux pas répondre"))],
                widget=forms.RadioSelect,
                required=False,
            )


class NationalForm(forms.Form):
    """A survey of the federation: one question a line, in French and in another language if any."""

    titre = forms.CharField(
        label=_("Le titre de l'enquête"),
        max_length=120,
        error_messages={"required": _("Il manque le titre.")},
    )
    questions = forms.CharField(
        label=_("Les questions, une par ligne"),
        help_text=_("Une ligne qui commence par « ? » est une question ouverte."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Écrivez au moins une question.")},
    )
    echelle = forms.ChoiceField(
        label=_("On répond comment ?"), choices=Scale.choices, initial=Scale.ACCORD
    )
    langue = forms.RegexField(
        label=_("Une autre langue"),
        help_text=_("Son code. Exemple : en, ar, uk."),
        regex=r"^[a-z]{2}$",
        required=False,
        error_messages={"invalid": _("Un code de langue a deux lettres. Exemple : en.")},
    )
    titre_traduit = forms.CharField(
        label=_("Le titre dans cette langue"), max_length=120, required=False
    )
    questions_traduites = forms.CharField(
        label=_("Les mêmes questions dans cette langue, une par ligne"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    depuis = forms.UUIDField(widget=forms.HiddenInput, required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        lines = {FRENCH: _lines(cleaned["questions"])}
        title = {FRENCH: cleaned["titre"]}
        language = cleaned["langue"]
        if language and language != FRENCH:
            lines[language] = _lines(cleaned["questions_traduites"])
            title[language] = cleaned["titre_traduit"] or cleaned["titre"]
        if len(lines[FRENCH]) > MOST_QUESTIONS:
            self.add_error("questions", _("30 questions au plus."))
            return cleaned
        try:
            cleaned["content"] = draft_content(title, lines, cleaned["echelle"], shipped_scales())
        except ValueError:
            words = _("Il faut autant de lignes dans les deux langues.")
            self.add_error("questions_traduites", words)
        return cleaned


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
