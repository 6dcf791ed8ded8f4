"""Shape of what is typed in a report: one form for each section, made from its definition."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.core.idempotency import new_key
from espace.groups.choices import Function
from espace.indicators.queries import definition
from espace.reports.choices import Origin
from espace.reports.models import TYPED, WORDS, PastFigure
from espace.reports.printing import answer_text
from espace.reports.queries.drafts import SectionPage
from espace.reports.queries.filling import FIGURES
from espace.reports.rules.content import read_typed
from espace.reports.rules.documents import Field
from espace.ui.fields import DayField

FIELD, SAID, MORE, KEEP = "champ-", "mots-", "ajouter", "garder"
MOST_MORE = 2
WRONG_NUMBER = _("Écrivez un nombre. Exemple : 12.")


class SectionForm(forms.Form):
    """One section: figures to keep, sentences to finish, numbers of one's own."""

    def __init__(self, page: SectionPage, to_add: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.page = page
        self.rows: list[tuple[Field, str]] = []
        self.known: set[str] = set()
        section = page.section
        if section.figures:
            self._figures(to_add)
        for one in section.words:
            self.fields[f"{SAID}{one.code}"] = forms.CharField(
                label=one.start,
                help_text=one.help,
                required=False,
                max_length=WORDS,
                initial=page.answers.get(one.code, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for field in section.fields:
            if field.code in page.filled.counted:
                self._typed(field)

    def _figures(self, to_add: list[tuple[str, str]]) -> None:
        codes = list(dict.fromkeys((*self.page.section.figures, *self.page.chosen)))
        self.fields[KEEP] = forms.MultipleChoiceField(
            label=_("Les chiffres à dire"),
            help_text=_("Décochez ceux que vous ne voulez pas dire."),
            required=False,
            choices=[(code, definition(code).label_fr) for code in codes],
            initial=list(self.page.chosen),
            widget=forms.CheckboxSelectMultiple,
        )
        others = [("", _("Aucun")), *((code, label) for code, label in to_add if code not in codes)]
        self.fields[MORE] = forms.ChoiceField(
            label=_("Ajouter un autre chiffre"), required=False, choices=others
        )

    @property
    def to_fill(self) -> list[forms.BoundField]:
        """Return what one is asked: figures, sentences, and what Mon Espace does not know."""
        return [one for one in self.visible_fields() if one.name not in self.known]

    @property
    def to_change(self) -> list[forms.BoundField]:
        """Return the numbers Mon Espace counted, which a GEM may replace by its own."""
        return [one for one in self.visible_fields() if one.name in self.known]

    @property
    def has_wrong_change(self) -> bool:
        return any(one.errors or one.initial for one in self.to_change)

    def _typed(self, field: Field) -> None:
        known = self.page.filled.counted[field.code]
        if known.origin != Origin.EMPTY:
            if not field.is_number:
                # What the card says is changed on the card, for every document at once.
                return
            self.known.add(f"{FIELD}{field.code}")
        told = answer_text(known) if known.origin != Origin.EMPTY else ""
        typed = self.page.answers.get(field.code, "")
        help_text = ""
        if field.is_number:
            help_text = (
                _("Mon Espace compte : %s.") % told
                if told
                else _("Mon Espace ne le sait pas. Votre nombre sera « estimé par le GEM ».")
            )
        self.fields[f"{FIELD}{field.code}"] = forms.CharField(
            label=field.label,
            help_text=help_text,
            required=False,
            max_length=TYPED,
            initial=typed,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    **({"inputmode": "decimal"} if field.is_number else {}),
                }
            ),
        )
        if field.is_number:
            self.rows.append((field, f"{FIELD}{field.code}"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for field, name in self.rows:
            try:
                if cleaned.get(name):
                    read_typed(field.kind, cleaned[name])
            except ValueError:
                self.add_error(name, WRONG_NUMBER)
        return cleaned

    def answers(self) -> dict[str, str]:
        """Return what to keep, by code; an empty text forgets what was typed."""
        found: dict[str, str] = {}
        for name, value in self.cleaned_data.items():
            if name.startswith(FIELD):
                found[name.removeprefix(FIELD)] = " ".join(value.split())
            elif name.startswith(SAID):
                found[name.removeprefix(SAID)] = value.strip()
        if KEEP in self.fields:
            kept = list(self.cleaned_data[KEEP])
            if self.cleaned_data[MORE]:
                kept.append(self.cleaned_data[MORE])
            # Nothing ticked is a choice too: a blank keeps the answer there.
            same = tuple(kept) == self.page.section.figures
            found[f"{FIGURES}{self.page.section.code}"] = "" if same else " ".join(kept) or " "
        return found


class PhotoForm(forms.Form):
    """A photo, what it shows, and that the people on it agree."""

    photo = forms.FileField(
        label=_("La photo"),
        help_text=_("Une photo de 10 Mo au plus. Le lieu et l'appareil sont effacés."),
        error_messages={"required": _("Choisissez une photo.")},
    )
    alt = forms.CharField(
        label=_("Que voit-on sur la photo ?"),
        help_text=_("Pour ceux qui ne la voient pas. Sans nom de famille."),
        max_length=160,
        error_messages={"required": _("Dites ce qu'on voit, en quelques mots.")},
    )
    agreed = forms.BooleanField(
        label=_("Les personnes que l'on reconnaît sont d'accord."),
        error_messages={"required": _("Demandez-leur d'abord. Sans leur accord, pas de photo.")},
    )


class SignaturesForm(forms.Form):
    """Two offices of the bureau, and the day they signed."""

    first = forms.ChoiceField(label=_("La première personne élue est"), choices=Function.choices)
    second = forms.ChoiceField(
        label=_("La deuxième personne élue est"),
        choices=Function.choices,
        initial=Function.TRESORERIE,
    )
    on = DayField(label=_("Elles ont signé le"))
    code = forms.CharField(
        label=_("Le numéro écrit sur le papier signé"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Il manque le numéro du papier.")},
    )

    def __init__(self, fingerprint: str, today: date, data: Any = None) -> None:
        super().__init__(data)
        self.fingerprint, self.today = fingerprint, today
        self.fields["on"].initial = today

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().lower()
        if code != self.fingerprint:
            raise forms.ValidationError(
                _("Ce n'est pas le numéro de ce texte. Le document a peut-être changé depuis.")
            )
        return code

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Ce jour n'est pas encore passé."))
        return day


class MessageForm(forms.Form):
    """A question, or its answer; ``cle`` makes two taps one message."""

    cle = forms.UUIDField(widget=forms.HiddenInput, initial=new_key)
    text = forms.CharField(
        label=_("Votre message"),
        help_text=_("N'écrivez pas de nom de personne."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez votre message.")},
    )


class PastFigureForm(forms.Form):
    """A number of a national review of the past; the same one of the same edition is replaced."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        names = ("series", "year", "value", "unit", "source", "edition", "note")
        self.fields.update(forms.fields_for_model(PastFigure, fields=names))
