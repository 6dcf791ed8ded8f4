"""What people write for the idea box."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.activities.choices import Family
from espace.activities.rules.ideas import (
    LONGEST_IDEA,
    MOST_AT_ONCE,
    ideas_of_lines,
    tidy_idea,
)
from espace.groups.rules.labels import LabelError, read_label
from espace.groups.rules.private_text import seems_private

MOST_TYPED = MOST_AT_ONCE * (LONGEST_IDEA + 10)


class IdeaForm(forms.Form):
    """One sentence; everything else may be left."""

    idee = forms.CharField(
        label=_("Votre idée"),
        help_text=_("Une phrase courte. Exemple : aller voir la mer."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": _("Il manque votre idée. Une phrase suffit.")},
    )
    famille = forms.ChoiceField(
        label=_("Sorte d'activité"),
        choices=[("", _("Je ne sais pas")), *Family.choices],
        required=False,
    )
    mener = forms.BooleanField(label=_("Je veux bien la mener"), required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_idee(self) -> str:
        text = tidy_idea(self.cleaned_data["idee"])
        if not text:
            raise forms.ValidationError(_("Il manque votre idée. Une phrase suffit."))
        if len(text) > LONGEST_IDEA:
            raise forms.ValidationError(
                _("Votre phrase est longue : %(most)s lettres au plus. Elle est gardée ici."),
                params={"most": LONGEST_IDEA},
            )
        return text

    @property
    def seems_private(self) -> frozenset[str]:
        """« phone » and « mail », to say so kindly before the idea is read by everyone."""
        return seems_private(self.cleaned_data.get("idee", ""))


class SignedIdeaForm(IdeaForm):
    """For someone with an account: their first name is one tick away."""

    prenom = forms.BooleanField(label=_("Mettre mon prénom"), required=False)


class FreeIdeaForm(IdeaForm):
    """For the tablet and the link: a first name may be written."""

    prenom = forms.CharField(
        label=_("Votre prénom, si vous voulez"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_prenom(self) -> str:
        """Keep the first name alone: never a surname, not even its letter."""
        text = self.cleaned_data["prenom"]
        if not text.strip():
            return ""
        try:
            return read_label(text).first_name
        except LabelError as error:
            raise forms.ValidationError(
                _("Ce prénom ne peut pas être lu. Vous pouvez le laisser vide.")
            ) from error


class PaperIdeasForm(forms.Form):
    """Ideas copied from paper: one per line."""

    idees = forms.CharField(
        label=_("Les idées"),
        help_text=_("Une idée par ligne. Ne recopiez pas les noms."),
        widget=forms.Textarea(attrs={"autocomplete": "off"}),
        max_length=MOST_TYPED,
        error_messages={
            "required": _("Il manque les idées. Écrivez-en une par ligne."),
            "max_length": _("C'est beaucoup pour une fois. Enregistrez d'abord la moitié."),
        },
    )
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_idees(self) -> list[str]:
        ideas = ideas_of_lines(self.cleaned_data["idees"])
        if not ideas:
            raise forms.ValidationError(_("Il manque les idées. Écrivez-en une par ligne."))
        if len(ideas) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("C'est beaucoup pour une fois : %(most)s lignes au plus. Tout est gardé ici."),
                params={"most": MOST_AT_ONCE},
            )
        long = next((idea for idea in ideas if len(idea) > LONGEST_IDEA), None)
        if long:
            raise forms.ValidationError(
                _("Une ligne est trop longue : « %(start)s… ». 140 lettres au plus."),
                params={"start": long[:30]},
            )
        return ideas

    @property
    def seems_private(self) -> frozenset[str]:
        """What the lines seem to hold beside ideas."""
        return seems_private("\n".join(self.cleaned_data.get("idees", [])))


class LikeForm(forms.Form):
    """« Ça me plaît aussi », or one less."""

    geste = forms.ChoiceField(choices=[("plus", ""), ("moins", "")])
    cle = forms.UUIDField()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        return cleaned | {"by": 1 if cleaned.get("geste") == "plus" else -1}
