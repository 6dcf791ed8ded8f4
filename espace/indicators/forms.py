"""What people may type on the figures' pages: a period, and the five sentences."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.clock import today as day_here
from espace.indicators.rules import Period, PeriodError, month_period, parse_period
from espace.ui.fields import DayField, choice_field

FIRST_YEAR = 2005
"""GEM entered the law in 2005 (law 2005-102): nothing to count before."""


def chosen_period(text: str | None, today: date) -> Period:
    """Return the period written in an address; today's month when it says nothing clear."""
    try:
        period = parse_period(text or "")
    except PeriodError:
        return month_period(today)
    in_reach = period.start.year >= FIRST_YEAR and period.end.year <= today.year + 1
    return period if in_reach and period.start <= today else month_period(today)


class PeriodForm(forms.Form):
    """Two dates of the reader's own choice."""

    first = DayField(label=_("Du"))
    last = DayField(label=_("Au"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error(
                "last", _("La fin est avant le début. Choisissez une date plus tardive.")
            )
        if first and first.year < FIRST_YEAR:
            self.add_error("first", _("Choisissez une date après 2005."))
        if last and last.year > day_here().year + 1:
            self.add_error("last", _("Cette fin est trop loin. Choisissez une date plus proche."))
        return values

    def period(self) -> Period:
        """Return the period typed; call it only on a form that is right."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


class SentencesForm(forms.Form):
    """Five places, each with one of the GEM's figures or nothing."""

    PLACES = 5

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, self.PLACES + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_("Phrase %(place)s") % {"place": place},
                choices=[("", _("Rien à cette place")), *choices],
                required=False,
            )

    def place(self, asked: str) -> forms.BoundField | None:
        """Return the field of a place, « 1 » to « 5 »; None for anything else."""
        name = f"place_{asked}"
        return self[name] if name in self.fields else None

    def chosen(self) -> list[tuple[int, str]]:
        """Return each place with the question chosen there at first, in words."""
        words = dict(choice_field(self, "place_1").choices)
        places = range(1, self.PLACES + 1)
        codes = [self.initial.get(f"place_{place}", "") for place in places]
        return [(place, words.get(code, words[""])) for place, code in enumerate(codes, start=1)]

    def codes(self) -> list[str]:
        """Return the codes chosen, in order, empty places left out."""
        places = range(1, self.PLACES + 1)
        return [code for place in places if (code := self.cleaned_data[f"place_{place}"])]
