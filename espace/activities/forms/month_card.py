"""What is typed on the month card: each cell on its own, so that one slip loses nothing else."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from espace.activities.choices import HelpKind, Section
from espace.activities.queries.month_card import LINES, Card, Part, cell_named, cells_of
from espace.activities.rules.month_card import (
    COUNT,
    MOST_MINUTES,
    Cell,
    NotANumberError,
    TooManyError,
    read_number,
)
from espace.ui.fields import DayField

LONGEST_SEEN = 6000
NOT_A_NUMBER = _("Écrivez un nombre entier, par exemple 3. Ou laissez vide.")
NOT_HOURS = _("Écrivez un nombre d'heures, par exemple 12 ou 2,5. Ou laissez vide.")
TOO_MANY = _("Vérifiez ce nombre : 9 999 au plus.")
TOO_LARGE_PART = _("Ce nombre est plus grand que le total de sa ligne. Vérifiez les deux.")


class NumberField(forms.CharField):
    """One cell: empty is « not said », never zero."""

    def __init__(self, *, tenths: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.tenths = tenths

    def prepare_value(self, value: Any) -> Any:
        return say_number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        try:
            return read_number(super().clean(value), tenths=self.tenths)
        except TooManyError:
            raise ValidationError(TOO_MANY) from None
        except NotANumberError:
            raise ValidationError(NOT_HOURS if self.tenths else NOT_A_NUMBER) from None


class MonthCardForm(forms.Form):
    """The cells of the parts that this GEM fills."""

    def __init__(self, card: Card, *args: Any, **kwargs: Any) -> None:
        self.card = card
        self.cells: dict[str, Cell] = {}
        kwargs["initial"] = {cell.name: value for cell, value in card.values.items()}
        super().__init__(*args, **kwargs)
        for part in card.parts:
            for line, line_label in part.lines:
                for column, column_label in part.columns:
                    self._add(Cell(part.section, line, column), line_label, column_label)

    def _add(self, cell: Cell, line: str | Promise, column: str | Promise) -> None:
        self.cells[cell.name] = cell
        self.fields[cell.name] = NumberField(
            tenths=cell.takes_tenths,
            label=f"{line}, {column}",
            widget=forms.TextInput(
                attrs={
                    "class": "tally-number",
                    "inputmode": "decimal" if cell.takes_tenths else "numeric",
                    "autocomplete": "off",
                    **_words_of(cell),
                }
            ),
        )

    def asked(self) -> list[Cell]:
        """Return the cells that were sent and could be read."""
        return [
            cell
            for name, cell in self.cells.items()
            if name in self.data and name in self.cleaned_data
        ]

    def typed(self) -> dict[Cell, Decimal]:
        """Return the numbers that could be read."""
        return {
            cell: value
            for cell in self.asked()
            if (value := self.cleaned_data[cell.name]) is not None
        }

    def refuse(self, cells: tuple[Cell, ...]) -> None:
        """Say that these parts are more than their whole."""
        for cell in cells:
            self.add_error(cell.name, TOO_LARGE_PART)

    def parts(self) -> Iterator[tuple[Part, list[tuple[str, str | Promise, list[BoundField]]]]]:
        """Yield each part with its lines: code, words, fields."""
        for part in self.card.parts:
            columns = [column for column, _label in part.columns]
            yield (
                part,
                [
                    (
                        line,
                        label,
                        [self[Cell(part.section, line, column).name] for column in columns],
                    )
                    for line, label in part.lines
                ],
            )


def _words_of(cell: Cell) -> dict[str, str]:
    """Return what names a cell aloud: its line then its column, in a table; its label elsewhere."""
    if cell.column == COUNT and cell.section == Section.ARRIVEES:
        return {}
    line, column = f"l-{cell.section}-{cell.line}", f"c-{cell.section}-{cell.column}"
    return {"aria-labelledby": f"{line} {column}"}


class StickForm(forms.Form):
    """One stick more, or less, on the tablet: « entraide-ecoute-adherent:1 »."""

    baton = forms.RegexField(r"^[a-z_-]{1,80}:-?1$")
    cle = forms.UUIDField()

    def clean_baton(self) -> tuple[Cell, int]:
        name, _colon, by = self.cleaned_data["baton"].partition(":")
        cell = cell_named(name)
        if cell is None or cell.section != Section.ENTRAIDE:
            raise ValidationError("unknown")
        return cell, int(by)


class TensionsForm(forms.Form):
    """When the members' meeting decided to count tensions."""

    decided_on = DayField(
        label=_("Jour de la réunion d'adhérents"),
        error_messages={
            "required": _("Il manque le jour de la réunion. Exemple : 22/11/2026."),
            "invalid": _("Ce jour n'existe pas. Exemple : 22/11/2026."),
        },
    )


class MinutesForm(forms.Form):
    """How long the month took to write down; a GEM may leave it."""

    minutes = forms.IntegerField(
        label=_("Minutes passées à tout noter ce mois-ci"),
        help_text=_("À peu près, pour tout le GEM. Exemple : 45."),
        min_value=0,
        max_value=MOST_MINUTES,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Écrivez un nombre de minutes, par exemple 45."),
            "min_value": _("Écrivez un nombre de minutes, par exemple 45."),
            "max_value": _("Vérifiez ce nombre de minutes : il est très grand."),
        },
    )


def say_number(value: Decimal) -> str:
    """Return « 3 » or « 2,5 »."""
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else str(value.normalize()).replace(".", ",")


def say_seen(values: dict[Cell, Decimal]) -> str:
    """Return what the page showed, to compare with when it comes back."""
    return ";".join(f"{cell.name}={say_number(values[cell])}" for cell in sorted(values))


def read_seen(text: str) -> dict[Cell, Decimal]:
    """Read it again; what was changed on the way counts as not seen."""
    found: dict[Cell, Decimal] = {}
    for pair in text[:LONGEST_SEEN].split(";"):
        name, _equal, number = pair.partition("=")
        cell = cell_named(name)
        try:
            value = read_number(number, tenths=True)
        except (NotANumberError, TooManyError):
            continue
        if cell is not None and value is not None:
            found[cell] = value
    return found


def stick_lines(card: Card) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return the lines of sticks of the tablet: code, words, and (cell, who, how many)."""
    part = next(one for one in card.parts if one.section == Section.ENTRAIDE)
    return [
        (
            kind,
            str(label),
            [
                (cell.name, str(who), say_number(card.values.get(cell, Decimal(0))))
                for cell, (_code, who) in zip(
                    (one for one in cells_of(Section.ENTRAIDE) if one.line == kind),
                    part.columns,
                    strict=True,
                )
            ],
        )
        for kind, label in HelpKind.choices
    ]


def said_lines(card: Card) -> list[tuple[Part, list[tuple[str, str]]]]:
    """Return what the card says, for those who read it: parts, then « line » and « numbers »."""
    found = []
    for part in card.parts:
        names = {code: str(words) for code, words in part.columns}
        lines = []
        for line, label in LINES[part.section]:
            numbers = [
                f"{names[cell.column]}{_t(' :')} {say_number(card.values[cell])}"
                for cell in cells_of(part.section)
                if cell.line == line and cell in card.values
            ]
            if numbers:
                lines.append((str(label), ", ".join(numbers)))
        found.append((part, lines))
    return found


def month_name(month: date) -> str:
    """Return the month as an address writes it."""
    return f"{month:%Y-%m}"
