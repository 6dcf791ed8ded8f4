"""What people type in the programme and the day sheet, and kind words when it cannot be read."""

from datetime import time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Pictogram
from espace.activities.choices import (
    Animation,
    CancelledWhy,
    Family,
    IdeaFrom,
    LedBy,
    Outcome,
    Place,
)
from espace.activities.forms.rhythm import KEEP, MONTHLY, OTHER, RHYTHMS, RhythmForm
from espace.activities.rules.moments import parse_duration, parse_time, say_duration, say_time
from espace.activities.rules.series import follows_usual_hours
from espace.ui.fields import DayField, choice_field

MOST_SEATS = 500
MOST_EUROS = 1000


class HourField(forms.CharField):
    """An hour typed « 10h30 », « 10 h » or « 10:30 »."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Il manque l'heure. Exemple : 14 h.")})
        super().__init__(max_length=12, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return say_time(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> time | None:
        text = super().clean(value)
        if not text:
            return None
        hour = parse_time(text)
        if hour is None:
            raise forms.ValidationError(
                _("Cette heure n'est pas comprise. Exemple : 14 h ou 14 h 30.")
            )
        return hour


class DurationField(forms.CharField):
    """A duration typed « 2 h », « 1h30 », « 1,5 » or « 45 min »."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Il manque la durée. Exemple : 2 h.")})
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return say_duration(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        hours = parse_duration(text)
        if hours is None:
            raise forms.ValidationError(
                _("Cette durée n'est pas comprise. Exemple : 2 h ou 1 h 30, jusqu'à 24 h.")
            )
        return hours


class TickForm(forms.Form):
    """One tap on a name: who, and whether they came."""

    venu = forms.UUIDField(required=False)
    pas_venu = forms.UUIDField(required=False)
    activite = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        person = cleaned.get("venu") or cleaned.get("pas_venu")
        if person is None:
            raise forms.ValidationError("nobody")
        return cleaned | {"person_id": person, "present": bool(cleaned.get("venu"))}


class CountForm(forms.Form):
    """One tap on « +1 » or « −1 »: « adherent:1 »."""

    geste = forms.RegexField(r"^[a-z]+:-?\d{1,3}$")
    cle = forms.UUIDField()
    activite = forms.UUIDField(required=False)

    def clean_geste(self) -> tuple[str, int]:
        category, _colon, by = self.cleaned_data["geste"].partition(":")
        return category, int(by)


class NewcomerForm(forms.Form):
    """A newcomer in one field."""

    nom = forms.CharField(
        label=_("Prénom et première lettre du nom"),
        help_text=_("Exemple : Nadia B"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Il manque le prénom. Exemple : Nadia B"),
            "max_length": _("Ce nom est trop long. Un prénom et une lettre suffisent."),
        },
    )
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class HomonymForm(NewcomerForm):
    """The same, once it is sure that it is another person: a drawing tells them apart."""

    nom = forms.CharField(widget=forms.HiddenInput, max_length=80)
    dessin = forms.ChoiceField(
        label=_("Un dessin pour les reconnaître"),
        help_text=_("Sans dessin, ce sera un numéro."),
        choices=[("", _("Pas de dessin")), *Pictogram.choices[1:]],
        required=False,
    )


class OutcomeForm(forms.Form):
    """Was the place open that day."""

    ouverture = forms.ChoiceField(
        label=_("Le GEM a-t-il ouvert ce jour-là ?"),
        choices=[
            (Outcome.OUVERT, _("Oui, ouvert")),
            (Outcome.FERME_SALARIE_ABSENT, Outcome.FERME_SALARIE_ABSENT.label),
            (Outcome.FERME_CONGE, Outcome.FERME_CONGE.label),
            (Outcome.FERME_AUTRE, Outcome.FERME_AUTRE.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )


class OpeningForm(forms.Form):
    """An opening: from when, how long, and who holds the place."""

    starts_at = HourField(label=_("Heure d'ouverture"), help_text=_("Exemple : 10 h"))
    hours = DurationField(label=_("Durée"), help_text=_("Exemple : 7 h ou 3 h 30"))
    animation = forms.ChoiceField(
        label=_("Qui tient le GEM ?"),
        choices=Animation.choices,
        initial=Animation.AVEC_SALARIE,
        widget=forms.RadioSelect,
    )


class SlotForm(OpeningForm):
    """One opening of the programme, with what becomes of it."""

    outcome = forms.ChoiceField(
        label=_("Cette ouverture a-t-elle lieu ?"),
        choices=[("", _("Comme prévu")), *Outcome.choices[1:]],
        required=False,
        widget=forms.RadioSelect,
    )


class DescriptionForm(forms.Form):
    """What is said of an activity: three fields, the rest may be left."""

    title = forms.CharField(
        label=_("Titre"),
        help_text=_("Exemple : atelier cuisine"),
        max_length=80,
        error_messages={
            "required": _("Il manque le titre. Exemple : atelier cuisine."),
            "max_length": _("Ce titre est trop long : 80 lettres au plus."),
        },
    )
    starts_at = HourField(label=_("Heure"), help_text=_("Exemple : 14 h 30"))
    hours = DurationField(label=_("Durée"), help_text=_("Exemple : 2 h"))
    family = forms.ChoiceField(
        label=_("Sorte d'activité"), choices=Family.choices, initial=Family.AUTRE, required=False
    )
    place = forms.ChoiceField(
        label=_("Lieu"), choices=Place.choices, initial=Place.LOCAL, required=False
    )
    place_detail = forms.CharField(label=_("Où exactement"), max_length=80, required=False)
    meeting_point = forms.CharField(
        label=_("Pour une sortie : le rendez-vous"),
        help_text=_("Exemple : devant le GEM, ou à la gare"),
        max_length=80,
        required=False,
    )
    back_at = HourField(
        label=_("Pour une sortie : le retour"), help_text=_("Exemple : 18 h"), required=False
    )
    idea_from = forms.ChoiceField(
        label=_("L'idée vient de"),
        choices=[("", _("Je ne sais pas")), *IdeaFrom.choices],
        required=False,
    )
    led_by = forms.ChoiceField(
        label=_("Qui anime"), choices=[("", _("Je ne sais pas")), *LedBy.choices], required=False
    )
    open_to_public = forms.BooleanField(label=_("Ouverte aux habitants"), required=False)
    families_welcome = forms.BooleanField(label=_("Ouverte aux proches"), required=False)
    seats = forms.IntegerField(
        label=_("Nombre de places"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        error_messages={
            "invalid": _("Écrivez un nombre, par exemple 12."),
            "min_value": _("Il faut au moins une place."),
            "max_value": _("Vérifiez ce nombre : 500 places au plus."),
        },
    )
    sign_up = forms.BooleanField(
        label=_("Sur inscription"),
        help_text=_("Avec un nombre de places, il y a toujours une liste."),
        required=False,
    )
    price = forms.DecimalField(
        label=_("Prix pour un adhérent, en euros"),
        min_value=0,
        max_value=MOST_EUROS,
        max_digits=6,
        decimal_places=2,
        required=False,
        localize=True,
        error_messages={
            "invalid": _("Écrivez un prix, par exemple 2,50."),
            "min_value": _("Un prix ne peut pas être négatif."),
            "max_value": _("Vérifiez ce prix : 1 000 euros au plus."),
            "max_digits": _("Vérifiez ce prix : 1 000 euros au plus."),
            "max_decimal_places": _("Écrivez un prix, par exemple 2,50."),
            "max_whole_digits": _("Vérifiez ce prix : 1 000 euros au plus."),
        },
    )
    FEW = ("title", "starts_at", "hours")
    MORE = (
        "family",
        "place",
        "place_detail",
        "meeting_point",
        "back_at",
        "idea_from",
        "led_by",
        "open_to_public",
        "families_welcome",
        "seats",
        "sign_up",
        "price",
    )

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields behind « Plus de précisions »."""
        return [self[name] for name in self.MORE]

    @property
    def more_is_open(self) -> bool:
        """True when one of them needs a correction."""
        return any(name in self.errors for name in self.MORE)

    def description(self) -> dict[str, Any]:
        """Return the cleaned values under the names of the action; cents for the price."""
        values = {name: self.cleaned_data[name] for name in (*self.FEW, *self.MORE)}
        price = values.pop("price")
        values["price_cents"] = int(price * 100) if price else 0
        values["family"] = values["family"] or Family.AUTRE
        values["place"] = values["place"] or Place.LOCAL
        return values

    @staticmethod
    def start_from(description: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows of a stored description."""
        price = Decimal(description["price_cents"]) / 100
        return description | {"price": price or None}


class PartnerForm(forms.Form):
    """With which partner of the binder an activity is done."""

    partner_id = forms.TypedChoiceField(coerce=UUID, empty_value=None, required=False)
    following = forms.BooleanField(required=False)

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "partner_id").choices = [("", ""), *partners]


class AddForm(RhythmForm, DescriptionForm):
    """Something new in the programme, once or coming back."""

    day = DayField(label=_("Jour"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    START = "day"


class AddOpeningForm(RhythmForm, OpeningForm):
    """An opening more, once or coming back."""

    day = DayField(label=_("Jour"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    START = "day"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        usual = self.kept and follows_usual_hours(self.kept.rule, self.kept.last_on)
        if usual and not self.errors:
            self.add_error(
                "last_on",
                _(
                    "Dites jusqu'à quel jour. Pour toujours : "
                    "changez les horaires habituels dans Notre GEM."
                ),
            )
        return cleaned


class ChangeActivityForm(DescriptionForm):
    """One activity of one day."""

    day = DayField(label=_("Jour"))


class ChangeSeriesForm(RhythmForm, DescriptionForm):
    """What comes back, changed from a day on."""

    from_day = DayField(label=_("À partir du"))
    rhythm = forms.ChoiceField(
        label=_("Cela revient"), choices=[KEEP, *RHYTHMS[1:]], initial=KEEP[0]
    )
    START = "from_day"
    ASKING = ("1", "2", MONTHLY, OTHER)
    WEEKLY_ASKS_DAYS = True


class CancelForm(forms.Form):
    """Why something does not take place; readers of the programme see it."""

    why = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=CancelledWhy.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Quelques mots de plus"),
        help_text=_("Ils se lisent dans le programme, sans prénom. Exemple : orage annoncé."),
        max_length=120,
        required=False,
    )


class StopForm(forms.Form):
    """From which day something no longer comes back."""

    from_day = DayField(label=_("À partir du"))
