"""Forms of the imports: the file, and the answers to what it does not say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from espace.imports.reading import Question

UNSURE = "ne-sais-pas"
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
        help_text=_("Un tableau : xlsx, xls, ods ou csv."),
        error_messages={
            "required": _("Il manque le fichier. Choisissez un tableau, puis recommencez."),
            "empty": _("Ce fichier est vide. Vérifiez que c'est le bon. Rien n'a été enregistré."),
            "missing": _("Il manque le fichier. Choisissez un tableau, puis recommencez."),
            "invalid": _("Il manque le fichier. Choisissez un tableau, puis recommencez."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv"}),
    )

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
