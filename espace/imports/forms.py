"""Forms of the imports: the file, and the answers to what it does not say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from espace.imports.reading import Kind, Question
from espace.ui.fields import choice_field

UNSURE = "ne-sais-pas"
SORTS = {
    "presences": (Kind.ATTENDANCE, _("Une feuille de présence")),
    "passages": (Kind.VISITS, _("Un cahier de passage")),
    "adherents": (Kind.MEMBERS, _("Une liste d'adhérents")),
    "programme": (Kind.PROGRAMME, _("Un programme d'activités")),
}
"""What a person may say a table is, when we guessed wrong; an agenda is never mistaken."""
TOO_BIG = _(
    "Ce fichier dépasse %(megabytes)s Mo. Rien n'a été enregistré. "
    "Gardez une seule année, puis recommencez."
)


def most_megabytes() -> int:
    """Return the largest size of a file, in megabytes."""
    return int(settings.IMPORT_MAX_BYTES) // (1024 * 1024)


def too_big_message() -> str:
    """Return the sentence for a file over the limit."""
    return str(TOO_BIG) % {"megabytes": most_megabytes()}


class FileForm(forms.Form):
    """The file to bring; its name is never kept."""

    file = forms.FileField(
        label=_("Votre fichier"),
        help_text=_("Un tableau (xlsx, xls, ods, csv) ou un agenda (ics)."),
        error_messages={
            "required": _("Il manque le fichier. Choisissez-le, puis recommencez."),
            "empty": _("Ce fichier est vide. Vérifiez que c'est le bon. Rien n'a été enregistré."),
            "missing": _("Il manque le fichier. Choisissez-le, puis recommencez."),
            "invalid": _("Il manque le fichier. Choisissez-le, puis recommencez."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv,.ics"}),
    )

    sort = forms.ChoiceField(
        label=_("Qu'y a-t-il dans ce fichier ?"),
        choices=[
            ("", _("Je ne sais pas")),
            *((slug, said) for slug, (kind, said) in SORTS.items()),
        ],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez une réponse, ou « Je ne sais pas ».")},
    )

    def __init__(self, *args: Any, sort: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sort is None:
            del self.fields["sort"]
        else:
            self.fields["sort"].initial = sort if sort in SORTS else ""

    def kind(self) -> Kind | None:
        """Return what the person says the file is; None when they let us find."""
        slug = self.cleaned_data.get("sort", "")
        return SORTS[slug][0] if slug in SORTS else None

    def clean_file(self) -> UploadedFile:
        """Refuse a file over the limit."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(too_big_message())
        return file


class AnswersForm(forms.Form):
    """At most three questions; the best guess is ticked and « je ne sais pas » keeps it."""

    def __init__(
        self, questions: Iterable[Question], given: dict[str, str], data: Any = None
    ) -> None:
        super().__init__(data)
        for question in questions:
            choices = [(choice.value, choice.label) for choice in question.choices]
            self.fields[question.id] = forms.ChoiceField(
                label=question.text,
                choices=[*choices, (UNSURE, _("Je ne sais pas"))],
                initial=given.get(question.id, question.default),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choisissez une réponse, ou « Je ne sais pas ».")},
            )

    def answers(self) -> dict[str, str]:
        """Return the answers; « je ne sais pas » is an empty one."""
        return {name: "" if value == UNSURE else value for name, value in self.cleaned_data.items()}


class BudgetFileForm(forms.Form):
    """A budget in a table."""

    file = forms.FileField(
        label=_("Votre budget"),
        help_text=_("Un tableau : des lignes, ce qui était prévu, ce qui est réalisé."),
        error_messages=dict.fromkeys(
            ("required", "empty", "missing", "invalid"),
            _("Il manque le fichier. Choisissez-le, puis recommencez."),
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class BudgetYearForm(forms.Form):
    """The year of a budget that was read, with its lines signed by us between two pages."""

    annee = forms.TypedChoiceField(
        label=_("C'est le budget de quelle année ?"),
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choisissez une année.")),
    )
    lignes = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
    cle = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "annee").choices = [(year, str(year)) for year in years]
