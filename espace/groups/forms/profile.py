"""Forms of the GEM's card, one topic each."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from espace.groups.choices import (
    Accessibility,
    AssociationState,
    Counting,
    DirectoryLevel,
    ManagementMode,
    OrganisationKind,
    PremisesKind,
    PublicFocus,
    Weekday,
)
from espace.groups.queries.profile import Partner, Profile
from espace.groups.rules.opening_hours import read_hour
from espace.groups.territory import Commune
from espace.ui.fields import DayField, LineField, choice_field

NOT_SAID = ("", _("Pas encore dit"))


class HourField(forms.CharField):
    """An hour typed « 14h30 », « 14 h » or « 14:30 »: one field, one stop of the keyboard."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(max_length=12, widget=widget, **kwargs)

    def clean(self, value: Any) -> time:
        hour = read_hour(super().clean(value))
        if hour is None:
            raise forms.ValidationError(_("Cette heure n'est pas comprise. Exemple : 14 h 30."))
        return hour


def one_of(choices: type[TextChoices], label: Any, **more: Any) -> forms.ChoiceField:
    """Return radio buttons of ``choices``, « pas encore dit » being one of them."""
    return forms.TypedChoiceField(
        label=label,
        choices=[*choices.choices, NOT_SAID],
        coerce=choices,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        **more,
    )


class PlaceForm(forms.Form):
    """Name, address and telephone of the GEM, never of a person."""

    name = LineField(
        label=_("Nom du GEM"),
        max_length=120,
        error_messages={"required": _("Écrivez le nom de votre GEM.")},
    )
    public_address = LineField(
        label=_("Adresse du local"),
        help_text=_("L'adresse du GEM, jamais celle d'une personne."),
        max_length=160,
        required=False,
    )
    public_phone = forms.RegexField(
        label=_("Téléphone du GEM"),
        help_text=_("Le numéro du GEM, jamais celui d'une personne."),
        regex=r"^[+0-9 .()-]{6,20}$",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Écrivez un numéro avec des chiffres, par exemple 02 00 00 00 00.")
        },
    )
    opened_on = DayField(label=_("Ouvert depuis le"), required=False)
    directory_level = forms.ChoiceField(
        label=_("Ce que l'annuaire public montre"),
        choices=DirectoryLevel.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_opened_on(self) -> date | None:
        day: date | None = self.cleaned_data["opened_on"]
        if day and not date(1980, 1, 1) <= day <= self.today:
            raise forms.ValidationError(_("Choisissez une date entre 1980 et aujourd'hui."))
        return day


class CommuneForm(forms.Form):
    """One of the communes found."""

    code = forms.ChoiceField(
        label=_("Votre commune"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une commune dans la liste.")},
    )

    def __init__(self, *args: Any, found: Sequence[Commune], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "code").choices = [
            (each.code, f"{each.name} – {each.departement_name}") for each in found
        ]


class PublicForm(forms.Form):
    """Whom the GEM is for; where its association stands."""

    public_focus = one_of(PublicFocus, _("Le public du GEM"))
    association_state = one_of(AssociationState, _("L'association"))
    association_planned_on = DayField(
        label=_("Si elle n'existe pas encore : quand est-elle prévue ?"), required=False
    )
    first_funded_year = forms.IntegerField(
        label=_("Première année de subvention de l'ARS"),
        help_text=_("Exemple : 2014. Laissez vide si vous ne savez pas."),
        required=False,
        min_value=2005,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            key: _("Écrivez une année, à partir de 2005. Exemple : 2014.")
            for key in ("invalid", "min_value", "max_value")
        },
    )


class PremisesForm(forms.Form):
    """Where the GEM lives."""

    premises_kind = one_of(PremisesKind, _("Le local"))
    premises_accessible = one_of(
        Accessibility, _("Une personne en fauteuil peut entrer et circuler ?")
    )


class ManagementForm(forms.Form):
    """Who manages the GEM."""

    mode = one_of(ManagementMode, _("Qui gère le GEM ?"))


class CountingForm(forms.Form):
    """First names or sticks."""

    counting = forms.ChoiceField(
        label=_("Nous comptons"),
        choices=Counting.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une façon de compter.")},
    )


class OpeningForm(forms.Form):
    """One usual opening."""

    weekday = forms.TypedChoiceField(
        label=_("Jour"),
        choices=Weekday.choices,
        coerce=int,
        error_messages={"required": _("Choisissez un jour.")},
    )
    starts_at = HourField(
        label=_("De"),
        help_text=_("Par exemple 14 h ou 14 h 30."),
        error_messages={"required": _("Écrivez l'heure d'ouverture.")},
    )
    ends_at = HourField(
        label=_("À"),
        error_messages={"required": _("Écrivez l'heure de fermeture.")},
    )
    member_run = forms.BooleanField(
        label=_("Tenu par des adhérents"),
        help_text=_("Des adhérents ouvrent et tiennent le GEM ensemble."),
        required=False,
    )


class PartnerForm(forms.Form):
    """A known organisation, a new one or none, and the reason when one holds both places."""

    organisation = forms.ChoiceField(
        label=_("La structure"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une structure dans la liste.")},
    )
    new_name = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    new_kind = forms.ChoiceField(
        label=_("Si c'est une nouvelle structure, laquelle ?"),
        choices=OrganisationKind.choices,
        initial=OrganisationKind.OTHER,
        required=False,
    )
    reason = forms.CharField(
        label=_("Pourquoi la même structure ?"),
        help_text=_("Une phrase suffit. Elle est montrée sur la fiche du GEM."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    NEW, NOBODY = "nouvelle", "aucune"

    def __init__(self, *args: Any, found: Sequence[Partner], typed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (
                str(each.id),
                format_html(
                    "<span><span data-user-content>{}</span>, {}</span>", each.name, each.kind
                ),
            )
            for each in found
        ]
        if typed:
            new = _("Une nouvelle structure : « %(name)s »") % {"name": typed}
            choices.append((self.NEW, format_html("<span data-user-content>{}</span>", new)))
        choices.append((self.NOBODY, format_html("{}", _("Aucune pour l'instant"))))
        choice_field(self, "organisation").choices = choices
        self.fields["new_name"].initial = typed

    def chosen(self) -> dict[str, Any]:
        """Return what ``choose_partner`` wants to know."""
        answer = self.cleaned_data["organisation"]
        new = answer == self.NEW
        return {
            "organisation_id": None if answer in (self.NEW, self.NOBODY) else answer,
            "new_name": self.cleaned_data["new_name"] if new else "",
            "new_kind": OrganisationKind(self.cleaned_data["new_kind"] or OrganisationKind.OTHER),
            "reason": self.cleaned_data["reason"].strip(),
        }


def first_values(card: Profile) -> dict[str, Any]:
    """Return what the forms show at first: what the card already says."""
    return {
        "name": card.name,
        "public_address": card.public_address,
        "public_phone": card.public_phone,
        "opened_on": card.opened_on,
        "directory_level": card.directory_level.code,
        "public_focus": card.public_focus.code,
        "association_state": card.association_state.code,
        "association_planned_on": card.association_planned_on,
        "first_funded_year": card.first_funded_year,
        "premises_kind": card.premises_kind.code,
        "premises_accessible": card.premises_accessible.code,
        "mode": card.management_mode.code,
        "counting": card.counting.code,
        "reason": card.same_sponsor_reason,
    }
