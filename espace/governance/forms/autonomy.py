"""Forms of the way to self-management."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.governance.rules.autonomy import UNKNOWN, content
from espace.ui.fields import choice_field


class StepForm(forms.Form):
    """The decision that proves a step."""

    decision = forms.TypedChoiceField(
        label=_("Quelle décision le dit ?"),
        coerce=UUID,
        error_messages={
            "required": _("Choisissez la décision du registre."),
            "invalid_choice": _("Cette décision n'est plus dans le registre."),
        },
    )

    def __init__(self, *args: Any, decisions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "decision").choices = [
            ("", _("Choisissez")),
            *decisions,
        ]


class WhoForm(forms.Form):
    """Twenty questions, an actor each; not knowing is an answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in content().questions:
            self.fields[one.code] = forms.ChoiceField(
                label=one.text,
                choices=list(content().actors.items()),
                initial=UNKNOWN,
                error_messages={"invalid_choice": _("Choisissez une réponse de la liste.")},
            )
