"""Shape of what is typed to change the state of a GEM."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.groups.choices import GemStatus, StateReason
from espace.ui.fields import DayField

BUREAU_REASONS = (
    StateReason.WORKS,
    StateReason.TEAM,
    StateReason.FUNDING,
    StateReason.REST,
    StateReason.ASSEMBLY,
    StateReason.RETURN,
    StateReason.OTHER,
)
STOPS = frozenset({StateReason.WORKS, StateReason.TEAM, StateReason.FUNDING, StateReason.REST})
EITHER = frozenset({StateReason.ASSEMBLY, StateReason.OTHER})
"""Reasons to stop are not offered to whoever starts again, nor « le GEM reprend » to the others."""


class StateForm(forms.Form):
    """The new state, its day, and why in one choice: no text, so no one is named."""

    state = forms.ChoiceField(
        label=_("Le nouvel état"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un état.")},
    )
    since = DayField(label=_("Depuis le"))
    reason = forms.ChoiceField(
        label=_("Pourquoi"),
        widget=forms.RadioSelect,
        choices=[(reason.value, reason.label) for reason in BUREAU_REASONS],
        error_messages={"required": _("Choisissez une raison.")},
    )

    def __init__(self, states: Sequence[GemStatus], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state.value, state.label) for state in states]
        self.fields["since"].initial = today
        if len(states) == 1:
            self.fields["state"].initial = states[0].value
            starts_again = states[0] == GemStatus.ACTIF
            self.fields["reason"].choices = [
                (reason.value, reason.label)
                for reason in BUREAU_REASONS
                if (reason in STOPS) != starts_again or reason in EITHER
            ]

    def values(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return {
            "state": GemStatus(self.cleaned_data["state"]),
            "since": self.cleaned_data["since"],
            "reason": StateReason(self.cleaned_data["reason"]),
        }
