"""What people type to prepare a meeting, and kind words when it cannot be read."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.governance.choices.meetings import (
    ElectionTie,
    Majority,
    MeetingKind,
    Quorum,
    Tie,
    Voters,
)
from espace.groups.rules.labels import LabelError, read_label
from espace.groups.rules.opening_hours import read_hour
from espace.ui.fields import DayField, LineField

LONGEST_POINT = 140
FURTHEST = timedelta(days=2 * 366)
OLDEST = timedelta(days=30 * 366)
UNKNOWN = ("", _("Nous ne savons pas"))
YES_NO = [UNKNOWN, ("oui", _("Oui")), ("non", _("Non"))]


class HourField(forms.CharField):
    """An hour typed « 14h30 », « 14 h » or « 14:30 »."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Il manque l'heure. Exemple : 14 h.")})
        super().__init__(max_length=12, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, time):
            return value
        return f"{value.hour} h {value.minute:02d}" if value.minute else f"{value.hour} h"

    def clean(self, value: Any) -> time | None:
        hour = read_hour(super().clean(value))
        if hour is None:
            raise forms.ValidationError(
                _("Cette heure n'est pas comprise. Exemple : 14 h ou 14 h 30.")
            )
        return hour


class MeetingForm(forms.Form):
    """Kind, day, hour, place, and the first points if one has them."""

    kind = forms.ChoiceField(
        label=_("Quelle réunion ?"), choices=MeetingKind.choices, widget=forms.RadioSelect
    )
    day = DayField(label=_("Quel jour ?"))
    hour = HourField(label=_("À quelle heure ?"), help_text=_("Exemple : 14 h."))
    place = LineField(
        label=_("Où ?"), help_text=_("Exemple : au local."), max_length=120, required=False
    )
    extraordinary = forms.BooleanField(
        label=_("C'est une assemblée extraordinaire"),
        help_text=_("Par exemple pour changer les statuts."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.today - OLDEST <= day <= self.today + FURTHEST:
            raise forms.ValidationError(_("Vérifiez l'année. Exemple : 22/11/2026."))
        return day

    @property
    def chosen(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "kind": values["kind"],
            "date": values["day"],
            "starts_at": values["hour"],
            "place": values["place"],
            "extraordinary": values["extraordinary"] and values["kind"] == MeetingKind.AG,
        }


class PrepareForm(MeetingForm):
    """A new meeting, with its first points."""

    points = forms.CharField(
        label=_("De quoi parler ?"),
        help_text=_("Un point par ligne. Chacun pourra en ajouter."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        required=False,
    )
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_points(self) -> tuple[str, ...]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["points"].splitlines()]
        points = tuple(line.lstrip("-–•* ") for line in lines if line.strip("-–•* "))
        if any(len(point) > LONGEST_POINT for point in points):
            raise forms.ValidationError(
                _("Un point est trop long : %(most)s lettres au plus. Tout est gardé ici."),
                params={"most": LONGEST_POINT},
            )
        return points


class ChangeMeetingForm(MeetingForm):
    """The same, and the day people were told."""

    told_on = DayField(
        label=_("Quel jour les personnes ont-elles été prévenues ?"),
        help_text=_("Pour compter les jours demandés par les statuts."),
    )


class SignedPointForm(forms.Form):
    """For someone with an account: their first name is one tick away."""

    sujet = forms.CharField(
        label=_("Votre point"),
        help_text=_("De quoi voulez-vous parler ? Une phrase courte."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": _("Il manque votre point. Une phrase suffit.")},
    )
    prenom: forms.Field = forms.BooleanField(label=_("Mettre mon prénom"), required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_sujet(self) -> str:
        text = " ".join(self.cleaned_data["sujet"].split())
        if len(text) > LONGEST_POINT:
            raise forms.ValidationError(
                _("Votre phrase est longue : %(most)s lettres au plus. Elle est gardée ici."),
                params={"most": LONGEST_POINT},
            )
        return text

    @property
    def signature(self) -> str:
        return ""

    @property
    def with_my_name(self) -> bool:
        return self.cleaned_data["prenom"] is True


class FreePointForm(SignedPointForm):
    """For the tablet: a first name may be written."""

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

    @property
    def signature(self) -> str:
        return str(self.cleaned_data["prenom"])

    @property
    def with_my_name(self) -> bool:
        return False


def _days(label: Any, help_text: Any = "") -> forms.IntegerField:
    return _number(label, help_text, most=365)


def _number(label: Any, help_text: Any = "", *, most: int, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Écrivez un nombre, ou laissez vide."),
            "min_value": _("Ce nombre est trop petit."),
            "max_value": _("Ce nombre semble trop grand. Vérifiez-le dans le texte."),
        },
    )


def _choice(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[UNKNOWN, *choices], required=False, help_text=help_text
    )


SHARES = [choice for choice in Quorum.choices if choice[0] != Quorum.NOMBRE]


class StatutesForm(forms.Form):
    """What the statutes say; every question may be left « we do not know »."""

    notice_days = _days(
        _("Combien de jours avant prévient-on les adhérents ?"),
        _("Pour l'assemblée générale. Exemple : 15."),
    )
    voters = _choice(_("Qui vote à l'assemblée générale ?"), Voters.choices)
    quorum = _choice(_("Combien de personnes faut-il ?"), Quorum.choices)
    quorum_number = _number(_("Si c'est un nombre : combien ?"), most=10_000, least=1)
    quorum_with_proxies = forms.ChoiceField(
        label=_("Les personnes représentées comptent-elles ?"), choices=YES_NO, required=False
    )
    proxies_each = _number(
        _("Combien de pouvoirs une personne peut-elle porter ?"),
        _("0 si les pouvoirs ne sont pas permis."),
        most=50,
    )
    majority = _choice(_("Quand une proposition est-elle adoptée ?"), Majority.choices)
    tie = _choice(_("Et s'il y a autant de oui que de non ?"), Tie.choices)
    election_tie = _choice(
        _("Et si deux personnes ont autant de voix pour une place ?"), ElectionTie.choices
    )
    second_notice_days = _days(_("Combien de jours avant la deuxième réunion ?"))
    second_quorum = _choice(_("Combien de personnes à la deuxième réunion ?"), SHARES)
    extra_quorum = _choice(_("Combien de personnes à une assemblée extraordinaire ?"), SHARES)
    extra_majority = _choice(_("Quand y adopte-t-on une proposition ?"), Majority.choices)
    board_quorum = _choice(_("Combien d'élus faut-il à une réunion du CA ?"), SHARES)
    term_years = _number(_("Combien d'années dure un mandat d'élu ?"), most=20, least=1)
    checked_on = DayField(
        label=_("Quand avez-vous lu cela dans le texte ?"),
        help_text=_("Laissez vide si c'est de mémoire."),
        required=False,
    )

    def clean_quorum_with_proxies(self) -> bool | None:
        return {"oui": True, "non": False}.get(self.cleaned_data["quorum_with_proxies"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("quorum") == Quorum.NOMBRE and not cleaned.get("quorum_number"):
            if "quorum_number" not in self.errors:
                self.add_error("quorum_number", _("Il manque le nombre de personnes."))
        elif cleaned.get("quorum") != Quorum.NOMBRE:
            cleaned["quorum_number"] = None
        return cleaned
