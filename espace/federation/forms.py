"""Shape of what is typed on the federation's pages, and to ask it for help."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from espace.federation.choices import HELP_ASKED, HelpTopic, Stage
from espace.federation.queries import Asked
from espace.groups.choices import GemStatus, StateReason
from espace.ui.fields import DayField

ALL = ("", _("Tous"))


class LookForm(forms.Form):
    """What one looks for in the network: read from the address, so that it can be kept."""

    texte = forms.CharField(label=_("Nom, ville ou département"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=_("Où en est le GEM"),
        required=False,
        choices=[ALL, *Stage.choices, (HELP_ASKED, _("A demandé de l'aide"))],
    )
    figem = forms.ChoiceField(
        label=_("Membre de la FiGEM"),
        required=False,
        choices=[ALL, ("oui", _("Oui")), ("non", _("Non"))],
    )
    region = forms.CharField(label=_("Région"), required=False, max_length=3)
    departement = forms.CharField(label=_("Département"), required=False, max_length=3)

    def asked(self) -> Asked:
        """Return what is looked for; a value that means nothing looks for everything."""
        self.is_valid()
        found = self.cleaned_data
        return Asked(
            found.get("texte", ""),
            found.get("etat", ""),
            found.get("region", ""),
            found.get("departement", ""),
            found.get("figem", ""),
        )

    def offer_places(
        self, regions: Sequence[tuple[str, str]], departements: Sequence[tuple[str, str]]
    ) -> None:
        """Offer the régions where there is a GEM, and the départements of the one chosen."""
        for name, places in (("region", regions), ("departement", departements)):
            if len(places) > 1:
                every = _("Toutes") if name == "region" else _("Tous")
                self.fields[name].widget = forms.Select(choices=[("", every), *places])
            else:
                del self.fields[name]


class StateForm(forms.Form):
    """The new state of a GEM, its day and why: no text, so no one is named."""

    state = forms.ChoiceField(
        label=_("Le nouvel état"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un état.")},
    )
    since = DayField(label=_("Depuis le"))
    reason = forms.ChoiceField(
        label=_("Pourquoi"),
        widget=forms.RadioSelect,
        choices=[
            choice
            for choice in StateReason.choices
            if choice[0] not in (StateReason.LIST, StateReason.LETTER)
        ],
        error_messages={"required": _("Choisissez une raison.")},
    )

    def __init__(self, states: Sequence[GemStatus], today: date, *args: Any) -> None:
        super().__init__(*args)
        self.fields["state"].choices = [(state.value, state.label) for state in states]
        self.fields["since"].initial = today

    def values(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return {
            "state": GemStatus(self.cleaned_data["state"]),
            "since": self.cleaned_data["since"],
            "reason": StateReason(self.cleaned_data["reason"]),
        }


class FederatedForm(forms.Form):
    """Member of FiGEM or not, and since when."""

    federated = forms.ChoiceField(
        label=_("Ce GEM est-il membre de la FiGEM ?"),
        widget=forms.RadioSelect,
        choices=[("oui", _("Oui")), ("non", _("Non"))],
        error_messages={"required": _("Choisissez oui ou non.")},
    )
    since = DayField(label=_("Depuis le"), required=False)


class LettersForm(forms.Form):
    """One press prints; the same page sent twice prints once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ListForm(forms.Form):
    """The federation's list of GEM; the file itself is never kept."""

    file = forms.FileField(
        label=_("Votre liste"),
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


class HelpForm(forms.Form):
    """A request for help: a subject, and a few words about the organisation."""

    topic = forms.ChoiceField(
        label=_("À quel sujet ?"),
        widget=forms.RadioSelect,
        choices=HelpTopic.choices,
        error_messages={"required": _("Choisissez un sujet.")},
    )
    text = forms.CharField(
        label=_("En quelques mots"),
        required=False,
        max_length=500,
        help_text=_("N'écrivez le nom de personne, et rien sur la santé."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Ce texte est trop long. Gardez 500 lettres.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def values(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        found = self.cleaned_data
        return {"topic": HelpTopic(found["topic"]), "text": found["text"], "key": found["key"]}


def too_big_message() -> str:
    """Return the sentence for a file over the limit."""
    megabytes = settings.IMPORT_MAX_BYTES // (1024 * 1024)
    return _("Ce fichier dépasse %(size)s Mo. Rien n'a été enregistré.") % {"size": megabytes}
