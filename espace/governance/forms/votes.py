"""Shape of what is typed around a secret vote: its question, its voters, its ballots."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.governance.choices.votes import VoteKind
from espace.governance.rules.ballots import MOST_OPTIONS, MOST_SEATS
from espace.ui.fields import choice_field

LONGEST_LABEL = 60


def _number(label: Any, most: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Il manque ce nombre."),
            "invalid": _("Écrivez un nombre, en chiffres."),
            "min_value": _("Ce nombre commence à 1."),
            "max_value": _("Ce nombre semble trop grand. Vérifiez-le."),
        },
    )


class VoteForm(forms.Form):
    """A question, or people for seats."""

    question = forms.CharField(
        label=_("Sur quoi vote-t-on ?"),
        help_text=_("Exemple : « Changeons-nous de local ? » ou « Élire le bureau »."),
        max_length=140,
        error_messages={"required": _("Il manque la question.")},
    )
    kind = forms.ChoiceField(
        label=_("C'est"),
        choices=VoteKind.choices,
        widget=forms.RadioSelect,
        initial=VoteKind.OUI_NON,
        error_messages={"required": _("Choisissez une des deux sortes de vote.")},
    )
    labels = forms.CharField(
        label=_("Pour une élection : qui se présente ?"),
        help_text=_("Une personne par ligne : prénom et première lettre du nom."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    seats = _number(_("Pour une élection : combien de places ?"), MOST_SEATS, 1)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_labels(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["labels"].splitlines())
        names = tuple(dict.fromkeys(line for line in lines if line))
        if len(names) > MOST_OPTIONS:
            raise forms.ValidationError(
                _("Il y a trop de noms : %(most)s au plus. Tout est gardé ici."),
                params={"most": MOST_OPTIONS},
            )
        if any(len(name) > LONGEST_LABEL for name in names):
            raise forms.ValidationError(_("Une ligne est trop longue. Tout est gardé ici."))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == VoteKind.ELECTION and cleaned.get("labels") == ():
            self.add_error("labels", _("Il manque les personnes qui se présentent."))
        return cleaned


class VotersForm(forms.Form):
    """Who may vote, ticked on the roll."""

    voters = forms.MultipleChoiceField(
        label=_("Qui peut voter ?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins une personne."),
            "invalid_choice": _("Une personne n'est plus dans le carnet. Vérifiez la liste."),
        },
    )

    def __init__(self, *args: Any, roll: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "voters").choices = list(roll)


class BallotForm(forms.Form):
    """A ballot: nothing marked is a blank one."""

    def __init__(
        self, *args: Any, options: Sequence[tuple[int, str]], seats: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(rank), label) for rank, label in options]
        wrong = {"invalid_choice": _("Ce choix n'est pas sur le bulletin. Rien n'est parti.")}
        if seats == 1:
            self.fields["choix"] = forms.ChoiceField(
                label=_("Votre choix"),
                widget=forms.RadioSelect,
                choices=[*choices, ("", _("Ni l'un ni l'autre : vote blanc"))],
                required=False,
                error_messages=wrong,
            )
        else:
            self.fields["choix"] = forms.MultipleChoiceField(
                label=_("Vos choix"),
                widget=forms.CheckboxSelectMultiple,
                choices=choices,
                required=False,
                error_messages=wrong,
            )

    @property
    def marks(self) -> list[int]:
        """The ranks marked."""
        chosen = self.cleaned_data["choix"]
        return [int(one) for one in ([chosen] if isinstance(chosen, str) else chosen) if one]


class PaperForm(BallotForm):
    """Paper ballots that say the same."""

    nombre = _number(_("Combien de bulletins disent cela ?"), 1000, 1)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
