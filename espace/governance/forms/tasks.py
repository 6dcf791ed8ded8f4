"""Forms of tasks: a sheet, and who takes or passes it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.governance.choices.tasks import TaskKind
from espace.ui.fields import DayField, choice_field


def _text(label: Any, most: int, help_text: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        error_messages={
            "required": _("Il manque cette réponse."),
            "max_length": _("C'est trop long : %(limit_value)d signes au plus."),
        },
        **more,
    )


class TaskForm(forms.Form):
    """The short sheet of a task."""

    sorte = forms.ChoiceField(
        label=_("Quelle sorte de tâche ?"),
        choices=TaskKind.choices,
        error_messages={"required": _("Choisissez une sorte de tâche.")},
    )
    nom = _text(_("Son nom"), 60, _("Exemple : les clés du local."))
    quand = _text(_("Quand ?"), 60, _("Exemple : chaque mardi."), required=False)
    quoi = _text(
        _("Que faut-il faire ?"),
        400,
        _("Trois phrases courtes suffisent."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papiers = _text(_("Quels papiers ?"), 160, required=False)
    prochaine = DayField(label=_("Prochaine date"), required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)


class MoveForm(forms.Form):
    """Who takes or passes a task, and the decision that says so when it must."""

    personne = forms.TypedChoiceField(coerce=UUID, empty_value=None, required=False)
    decision = forms.TypedChoiceField(coerce=UUID, empty_value=None, required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        decisions: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("personne", people), ("decision", decisions)):
            choice_field(self, name).choices = [("", ""), *choices]
