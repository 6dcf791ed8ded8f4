"""What the meeting says of an idea, and of the activity it becomes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.activities.choices import IdeaFrom, IdeaState
from espace.activities.forms import DescriptionForm
from espace.activities.queries.picks import Placing, ToPlace
from espace.activities.rules.ideas import OpenDay
from espace.activities.rules.moments import say_time
from espace.ui.fields import DayField

USUAL_HOURS = Decimal(2)


class AnswerForm(forms.Form):
    """One press: this week, later, no thanks, or back in the box."""

    reponse = forms.ChoiceField(choices=IdeaState.choices)


class PlaceForm(DescriptionForm):
    """A picked idea: a day and an hour already proposed, the rest may be left.

    ``leave`` keeps the idea picked, for another time.
    """

    day = forms.ChoiceField(
        label=gettext_lazy("Jour"),
        error_messages={
            "required": gettext_lazy("Choisissez un jour."),
            "invalid_choice": gettext_lazy("Ce jour n'est pas dans la liste. Choisissez un jour."),
        },
    )
    other_day = DayField(label=gettext_lazy("Un autre jour"), required=False)
    leave = forms.BooleanField(label=gettext_lazy("Pas encore : garder pour après"), required=False)
    FIRST = ("title", "day", "starts_at")
    REST = ("other_day", "hours", "led_by", "place", "place_detail", "family", "idea_from", "seats")
    LAST = ("sign_up", "price", "families_welcome", "open_to_public")

    def __init__(self, *args: Any, idea: ToPlace, placing: Placing, **kwargs: Any) -> None:
        self.idea = idea
        start = {
            "title": idea.title,
            "day": idea.moment.date.isoformat(),
            "starts_at": idea.moment.starts_at,
            "hours": USUAL_HOURS,
            "family": idea.family,
            "led_by": idea.led_by,
            "idea_from": IdeaFrom.ADHERENTS,
        }
        super().__init__(*args, initial=start, prefix=f"i{idea.id.hex[:8]}", **kwargs)
        # An idea is often longer than a line: seen whole, also in very large letters.
        self.fields["title"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 80})
        days = placing.days or (OpenDay(placing.today, *(idea.moment.starts_at,) * 2),)
        self.fields["day"].choices = _days(days)
        self.fields["idea_from"].choices = [
            choice for choice in IdeaFrom.choices if choice[0] in ("adherents", "ensemble")
        ]
        self.today = placing.today

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields behind « Plus de précisions »."""
        return [self[name] for name in (*self.REST, *self.LAST)]

    @property
    def rest_is_open(self) -> bool:
        """True when one of them needs a correction."""
        return any(name in self.errors for name in (*self.REST, *self.LAST))

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and getattr(self, "cleaned_data", {}).get("leave"):
            self._errors = forms.utils.ErrorDict()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        other = cleaned.get("other_day")
        if other and other < self.today:
            self.add_error("other_day", _("Ce jour est passé. Choisissez un jour à venir."))
        return cleaned

    @property
    def chosen_day(self) -> date:
        """The day typed, else the day of the list."""
        other: date | None = self.cleaned_data["other_day"]
        return other or date.fromisoformat(self.cleaned_data["day"])


def _days(days: Sequence[OpenDay]) -> list[tuple[str, str]]:
    return [(day.date.isoformat(), _said(day)) for day in days]


def _said(day: OpenDay) -> str:
    if day.starts_at == day.ends_at:
        return date_format(day.date, "l j F")
    return _("%(day)s, de %(first)s à %(last)s") % {
        "day": date_format(day.date, "l j F"),
        "first": say_time(day.starts_at),
        "last": say_time(day.ends_at),
    }
