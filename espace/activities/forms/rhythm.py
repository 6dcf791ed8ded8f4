"""« Cela revient » : a first choice in five words; the rest, and the dates, on a second step."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from espace.activities.queries.rhythms import RANKS, say_rhythm
from espace.activities.rules.recurrence import (
    MOST_EVERY,
    MOST_TIMES,
    Pattern,
    Refused,
    RuleError,
    next_days,
    pattern,
)
from espace.activities.rules.recurrence import WEEKDAYS as CODES
from espace.ui.fields import DayField

ONCE, MONTHLY, OTHER = "0", "mois", "autre"
KEEP = ("garder", _("Comme avant"))
RHYTHMS = [
    (ONCE, _("Une seule fois")),
    ("1", _("Chaque semaine")),
    ("2", _("Toutes les 2 semaines")),
    (MONTHLY, _("Chaque mois")),
    (OTHER, _("Autre rythme")),
]
BY_DATE = "date"
SHOWN_DAYS = 5
_DAYS = [(str(number + 1), WEEKDAYS[number]) for number in range(7)]
_UNITS = {"semaine": "WEEKLY", "mois": "MONTHLY", "an": "YEARLY", "jour": "DAILY"}
WHY_REFUSED = {
    Refused.NEVER: _("Ce rythme ne tombe sur aucun jour. Vérifiez les réponses."),
    Refused.TOO_RARE: _("C'est trop rare pour un rythme. Ajoutez chaque fois à part."),
    Refused.TOO_MANY: _("Vérifiez le nombre de fois : 1 000 au plus."),
}
_NOT_UNDERSTOOD = _("Ce rythme n'est pas compris. Choisissez-en un autre.")


class RhythmForm(forms.Form):
    """How something comes back, from the day of the field ``START`` on.

    ``step`` says which rhythm the second step was about: it is asked once for each. Without
    JavaScript, the first step's answers travel in hidden fields.
    """

    rhythm = forms.ChoiceField(label=_("Cela revient"), choices=RHYTHMS, initial=ONCE)
    step = forms.CharField(required=False, widget=forms.HiddenInput)
    every = forms.IntegerField(
        label=_("Toutes les combien ?"),
        help_text=_("1 : à chaque fois. 2 : une fois sur deux."),
        min_value=1,
        max_value=MOST_EVERY["WEEKLY"],
        required=False,
        error_messages={
            "invalid": _("Écrivez un nombre, par exemple 3."),
            "min_value": _("Écrivez 1 ou plus."),
            "max_value": _("Vérifiez ce nombre : 52 au plus."),
        },
    )
    unit = forms.ChoiceField(
        label=_("En semaines, en mois…"),
        choices=[
            ("semaine", _("semaines")),
            ("mois", _("mois")),
            ("an", _("années")),
            ("jour", _("jours")),
        ],
        required=False,
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Quels jours de la semaine ?"),
        choices=_DAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    month_rank = forms.ChoiceField(
        label=_("Quel jour du mois ?"),
        choices=[
            *((str(rank), _("Le %(rank)s") % {"rank": RANKS[rank]}) for rank in (1, 2, 3, 4, -1)),
            (BY_DATE, _("Toujours à la même date")),
        ],
        required=False,
    )
    month_weekday = forms.ChoiceField(label=_("Ce jour-là est un…"), choices=_DAYS, required=False)
    month_day = forms.IntegerField(
        label=_("Ou cette date du mois"),
        help_text=_("Si c'est toujours à la même date. Exemple : 15"),
        min_value=1,
        max_value=31,
        required=False,
        error_messages={
            "invalid": _("Écrivez un nombre de 1 à 31."),
            "min_value": _("Écrivez un nombre de 1 à 31."),
            "max_value": _("Écrivez un nombre de 1 à 31."),
        },
    )
    last_on = DayField(label=_("Jusqu'au"), required=False)
    times = forms.IntegerField(
        label=_("Ou un nombre de fois"),
        help_text=_("Sans réponse, cela continue."),
        min_value=1,
        max_value=MOST_TIMES,
        required=False,
        error_messages={
            "invalid": _("Écrivez un nombre, par exemple 10."),
            "min_value": _("Écrivez 1 ou plus."),
            "max_value": WHY_REFUSED[Refused.TOO_MANY],
        },
    )
    START = ""
    ASKING: ClassVar[tuple[str, ...]] = (MONTHLY, OTHER)
    WEEKLY_ASKS_DAYS = False
    _OF_WEEK = ("weekdays",)
    _OF_MONTH = ("month_rank", "month_weekday", "month_day")
    _ANSWERED = ("every", "unit", "month_rank", "month_weekday")
    _ENDS = ("last_on", "times")
    _SECOND = ("every", "unit", *_OF_WEEK, *_OF_MONTH, *_ENDS)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self.kept: Pattern | None = None
        if data is not None and data.get("step") != data.get("rhythm"):
            data = self._with_answers(data)
        super().__init__(data, **kwargs)
        if data is not None and data.get("rhythm") in (MONTHLY, OTHER):
            for field in self.second_fields:
                # These always hold an answer: no « si vous voulez » beside them.
                field.field.required = field.name in self._ANSWERED
        if data is not None and data.get("rhythm") == OTHER:
            self.fields["weekdays"].help_text = _("Pour un rythme en semaines.")
            self.fields["month_rank"].help_text = _("Pour un rythme en mois ou en années.")

    @property
    def at_second(self) -> bool:
        """True when the second step about this rhythm was answered."""
        return bool(self.data.get("step")) and self.data.get("step") == self.data.get("rhythm")

    @property
    def shows_second(self) -> bool:
        """True when the page to show now is the second step."""
        if not self.is_bound or "retour" in self.data:
            return False
        wrong = set(self.errors)
        if wrong - set(self._SECOND) or (wrong and not self.at_second):
            return False
        asks = self.cleaned_data.get("rhythm") in self.ASKING and not self.at_second
        return asks or "voir" in self.data or bool(wrong)

    @property
    def shows_first_end(self) -> bool:
        """True when the end of a rhythm, in the first step, needs a correction."""
        return any(name in self.errors for name in self._ENDS)

    @property
    def hidden_answers(self) -> list[forms.BoundField]:
        """The first step's answers, which travel with the second."""
        shown = {field.name for field in self.second_fields}
        return [field for field in self if field.name not in shown and field.name != "step"]

    @property
    def second_fields(self) -> list[forms.BoundField]:
        """What the second step asks about the chosen rhythm."""
        rhythm = self.data.get("rhythm")
        names: tuple[str, ...] = ()
        if rhythm == OTHER:
            names = ("every", "unit", *self._OF_WEEK, *self._OF_MONTH)
        elif rhythm == MONTHLY:
            names = self._OF_MONTH
        elif rhythm != ONCE and self.WEEKLY_ASKS_DAYS:
            names = self._OF_WEEK
        return [self[name] for name in (*names, *(self._ENDS if rhythm != ONCE else ()))]

    @property
    def words(self) -> str:
        """The rhythm said in French."""
        if self.kept is None:
            return _now("Une seule fois")
        return say_rhythm(self.kept.rule, self.kept.last_on)

    @property
    def next_dates(self) -> list[date]:
        """The first days it gives."""
        start = self.cleaned_data.get(self.START)
        if self.kept is None:
            return [start] if start else []
        return next_days(self.kept, SHOWN_DAYS)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, last = cleaned.get(self.START), cleaned.get("last_on")
        if start and last and last < start:
            self.add_error("last_on", _("La fin vient avant le début. Vérifiez les deux jours."))
        elif start and not set(self.errors) & {"rhythm", *self._SECOND}:
            self._keep(cleaned, start)
        return cleaned

    def _keep(self, cleaned: dict[str, Any], start: date) -> None:
        rule = self._rule(cleaned)
        if not rule:
            return
        ends = {"last_on": cleaned.get("last_on"), "times": cleaned.get("times")}
        try:
            self.kept = pattern(rule, start, **ends)
        except RuleError as error:
            where = "times" if error.why == Refused.TOO_MANY else "rhythm"
            where = self.second_fields[0].name if self.at_second and where == "rhythm" else where
            self.add_error(where, WHY_REFUSED.get(error.why, _NOT_UNDERSTOOD))

    def _rule(self, cleaned: dict[str, Any]) -> str:
        rhythm = cleaned["rhythm"]
        if rhythm in (ONCE, KEEP[0]):
            return ""
        if rhythm == MONTHLY:
            return f"FREQ=MONTHLY;{self._of_month(cleaned)}"
        if rhythm != OTHER:
            days = self._of_week(cleaned) if self.WEEKLY_ASKS_DAYS else ""
            return f"FREQ=WEEKLY;INTERVAL={rhythm}{days}"
        freq = _UNITS[cleaned.get("unit") or "semaine"]
        rule = f"FREQ={freq};INTERVAL={cleaned.get('every') or 1}"
        if freq == "WEEKLY":
            return rule + self._of_week(cleaned)
        if freq == "DAILY":
            return rule
        month = f";BYMONTH={cleaned[self.START].month}" if freq == "YEARLY" else ""
        return f"{rule}{month};{self._of_month(cleaned)}"

    @staticmethod
    def _of_week(cleaned: dict[str, Any]) -> str:
        days = [CODES[int(number) - 1] for number in cleaned.get("weekdays") or ()]
        return f";BYDAY={','.join(days)}" if days else ""

    def _of_month(self, cleaned: dict[str, Any]) -> str:
        rank = cleaned.get("month_rank") or BY_DATE
        if rank != BY_DATE:
            day = cleaned.get("month_weekday") or cleaned[self.START].isoweekday()
            return f"BYDAY={rank}{CODES[int(day) - 1]}"
        return f"BYMONTHDAY={cleaned.get('month_day') or cleaned[self.START].day}"

    @classmethod
    def _with_answers(cls, data: Any) -> Any:
        """Begin the second step with the answers that the chosen day gives."""
        try:
            day = DayField().clean(data.get(cls.START, ""))
        except forms.ValidationError:
            return data
        filled = data.copy()
        rank = (day.day - 1) // 7 + 1
        first = {
            "every": "1",
            "unit": "semaine",
            "month_rank": str(rank if rank < 5 else -1),
            "month_weekday": str(day.isoweekday()),
            "month_day": str(day.day),
        }
        for name, value in first.items():
            filled.setdefault(name, value)
        if "weekdays" not in filled:
            filled.setlist("weekdays", [str(day.isoweekday())])
        return filled
