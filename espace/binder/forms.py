"""Forms of the binder: one for each register, made from its table."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from espace.binder.models import (
    PEOPLE,
    Document,
    NetworkEvent,
    Partner,
    PartnerAction,
    PremisesItem,
    Row,
    StaffPost,
    Training,
    VolunteerSkill,
)
from espace.core.idempotency import new_key
from espace.ui.fields import DayField

FIELDS: dict[str, tuple[type[Row], tuple[str, ...]]] = {
    "partenaires": (
        Partner,
        (
            "name", "category", "tie", "contact_point", "office_phone", "office_email",
            "agreement_signed_on", "agreement_ends_on", "document",
        ),
    ),
    "ensemble": (
        PartnerAction,
        (
            "date", "label", "kind", "partner", "instance", "members_count", "public_count",
            "led_by_members",
        ),
    ),
    "equipe": (
        StaffPost,
        (
            "title", "kind", "employer", "fte", "contract", "qualification", "started_on",
            "ended_on", "job_sheet", "members_in_hiring",
        ),
    ),
    "benevoles": (VolunteerSkill, ("year", "qualification", "volunteers")),
    "formations": (
        Training,
        (
            "date", "label", "theme", "hours", "members_count", "admins_count", "staff_count",
            "mixed",
        ),
    ),
    "rencontres": (
        NetworkEvent, ("date", "label", "kind", "members_count", "staff_count", "hosted")
    ),
    "local": (PremisesItem, ("kind", "label", "quantity", "square_metres")),
    "documents": (
        Document, ("kind", "title", "dated_on", "ends_on", "shared_with_members", "file")
    ),
}  # fmt: skip
HELP = {
    "name": _("Exemple : médiathèque du centre."),
    "contact_point": _("Exemple : l'accueil, le service culture. Jamais un adhérent."),
    "agreement_ends_on": _("Laissez vide si elle ne finit pas."),
    "label": _("N'écrivez pas de nom de personne."),
    "title": _("N'écrivez pas de nom de personne."),
    "fte": _("Exemple : 1 pour un temps plein, 0,5 pour un mi-temps."),
    "ended_on": _("Laissez vide si le poste continue."),
    "ends_on": _("Laissez vide s'il ne finit pas. Nous vous le rappelons 90 jours avant."),
    "file": _("Une photo, un PDF, un texte ou un tableau. 10 Mo au plus."),
    "mixed": _("C'est-à-dire : ils ont appris ensemble."),
}
LISTS = {"partner", "document"}
BIGGEST = {"square_metres": 9999, "year": 2100}
SMALLEST = {"year": 2000, "quantity": 1, "volunteers": 1}
NOT_KNOWN = ("", _("Je ne sais pas"))
YES_NO = [NOT_KNOWN, ("oui", _("Oui")), ("non", _("Non"))]
FORMATS = {"fte": "0,5", "hours": "3,5"}


class RowForm(forms.Form):
    """The row of a register; ``cle`` makes two taps one row."""

    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)

    def __init__(
        self,
        slug: str,
        data: Any = None,
        files: Any = None,
        *,
        today: date,
        choices: Mapping[str, list[tuple[UUID, str]]],
        row: Row | None = None,
    ) -> None:
        self.slug = slug
        self.model, self.names = FIELDS[slug]
        self.row = row
        start = {name: _start(row, name) for name in self.names} if row else {}
        if not row and "date" in self.names:
            start = {"date": today}
        if not row and "year" in self.names:
            start = {"year": today.year}
        super().__init__(data, files, initial=start)
        for name in self.names:
            self.fields[name] = _field(self.model, name, choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for start, end in (
            ("agreement_signed_on", "agreement_ends_on"),
            ("started_on", "ended_on"),
            ("dated_on", "ends_on"),
        ):
            if cleaned.get(start) and cleaned.get(end) and cleaned[end] < cleaned[start]:
                self.add_error(end, _("La fin vient avant le début. Vérifiez les deux jours."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What is written in the row, without the file."""
        return {name: self.cleaned_data[name] for name in self.names if name != "file"}


def _start(row: Row, name: str) -> Any:
    value = getattr(row, f"{name}_id" if name in LISTS else name)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return None if name == "file" else value


def _field(model: type[Row], name: str, choices: Mapping[str, list[tuple[UUID, str]]]) -> Any:
    """Return the form field of a column, with a sentence for each thing that may go wrong."""
    column: Any = model._meta.get_field(name)
    said = {"label": column.verbose_name, "help_text": HELP.get(name, "")}
    missing = {"required": _("Il manque cette réponse.")}
    if name == "file":
        return forms.FileField(**said, required=False)
    if name in LISTS:
        return forms.TypedChoiceField(
            **said,
            choices=[("", _("Aucun")), *((str(key), word) for key, word in choices[name])],
            coerce=UUID,
            empty_value=None,
            required=False,
        )
    if isinstance(column, models.DateField):
        day = DayField(label=column.verbose_name, required=not column.null)
        day.help_text = HELP.get(name, day.help_text)
        return day
    if isinstance(column, models.BooleanField):
        # Never a box ticked beforehand: what is shared is chosen, and said.
        return forms.TypedChoiceField(
            **said, choices=YES_NO if column.null else YES_NO[1:], empty_value=None,
            coerce=lambda one: one == "oui", required=not column.null,
            initial="oui" if column.default is True else "", error_messages=missing,
        )  # fmt: skip
    if isinstance(column, models.DecimalField):
        return forms.DecimalField(
            **said,
            localize=True,
            required=False,
            max_digits=column.max_digits,
            decimal_places=column.decimal_places,
            min_value=0,
            max_value=1 if name == "fte" else None,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={
                key: _("Écrivez un nombre. Exemple : %s.") % FORMATS[name]
                for key in ("invalid", "max_digits", "max_decimal_places", "min_value")
            },
        )
    if isinstance(column, models.PositiveSmallIntegerField):
        most = BIGGEST.get(name, PEOPLE)
        return forms.IntegerField(
            **said,
            required=not column.null,
            validators=[
                MinValueValidator(SMALLEST.get(name, 0), _("Ce nombre est trop petit.")),
                MaxValueValidator(most, _("Ce nombre est trop grand.")),
            ],
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": _("Écrivez un nombre entier. Exemple : 12."), **missing},
        )
    if column.choices:
        empty = [NOT_KNOWN] if column.blank else [("", _("Choisissez"))]
        return forms.ChoiceField(
            **said, choices=[*empty, *column.choices], required=not column.blank,
            initial=column.get_default() or "", error_messages=missing,
        )  # fmt: skip
    if isinstance(column, models.EmailField):
        return forms.EmailField(
            **said, required=False, max_length=column.max_length,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            error_messages={"invalid": _("Cette adresse n'est pas complète.")},
        )  # fmt: skip
    return forms.CharField(
        **said,
        required=not column.blank,
        max_length=column.max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "max_length": _("C'est trop long : %(limit_value)d signes au plus."),
            **missing,
        },
    )
