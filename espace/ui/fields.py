"""Form fields every package shares."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2100
DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y"]


class DayField(forms.DateField):
    """A day typed 22/11/2026, in one field.

    The browser's own date field is three fields that the Tab key must cross, and it refuses a
    date that is pasted: measured by keyboard, it was a trap.
    """

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Exemple : 22/11/2026."))
        kwargs.setdefault(
            "error_messages",
            {
                "required": _("Il manque le jour. Exemple : 22/11/2026."),
                "invalid": _("Ce jour n'existe pas. Exemple : 22/11/2026."),
            },
        )
        super().__init__(input_formats=DAY_FORMATS, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(_("Vérifiez l'année. Exemple : 22/11/2026."))


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return the field of ``form`` where one picks from a list; TypeError for any other field."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    return field


class LineField(forms.CharField):
    """A name or an address that may be long: shown whole on a phone, kept on one line."""

    widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())
