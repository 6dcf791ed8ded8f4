"""Shape of what is typed on the federation's pages, and to ask it for help."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from espace.core.clock import today
from espace.federation.choices import HELP_ASKED, HelpTopic, Stage
from espace.federation.queries import figures
from espace.federation.queries.network import Asked
from espace.federation.rules.views import MONTHS, Choice, choice_of
from espace.groups.choices import GemStatus, PublicFocus, StateReason
from espace.groups.territory import regions
from espace.indicators.rules import year_period
from espace.ui.fields import DayField, choice_field

ALL = ("", _("Tous"))
FEWEST_SLOTS = 4


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


class ChoiceForm(forms.Form):
    """Which figures, when, where, of which public: read from the address, never refused."""

    periode = forms.ChoiceField(label=_("La période"), required=False)
    lieux = forms.ChoiceField(
        label=_("Les lieux"),
        required=False,
        choices=[
            ("france", _("La France")),
            ("regions", _("Région par région")),
            ("departements", _("Département par département")),
            (MONTHS, _("Douze mois, pour la France ou la région choisie")),
        ],
    )
    region = forms.ChoiceField(label=_("Dans quelle région"), required=False)
    theme = forms.ChoiceField(label=_("Ajouter tout un thème"), required=False)
    public = forms.ChoiceField(
        label=_("Le public des GEM"), required=False, choices=[ALL, *PublicFocus.choices]
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        places = sorted((one.code, one.name) for one in regions().values())
        self.groups = figures.indicator_groups()
        choice_field(self, "periode").choices = figures.periods()
        choice_field(self, "theme").choices = [("", _("Aucun")), *figures.themes()]
        choice_field(self, "region").choices = [("", _("Toutes")), *places]

    @property
    def slots(self) -> list[tuple[int, str]]:
        """Return one list for each figure, and one more: (its number, the code it shows)."""
        codes = list(self.data.get("chiffre", ()))
        shown = max(FEWEST_SLOTS, len(codes) + 1)
        return [(n + 1, codes[n] if n < len(codes) else "") for n in range(shown)]

    def choice(self) -> Choice:
        """Return what is asked; a value that means nothing is left aside."""
        asked = self.data
        codes = asked.getlist("chiffre") if hasattr(asked, "getlist") else []
        theme = str(asked.get("theme", ""))
        codes += [code for code in figures.indicators_by_code() if code[:3] == theme]
        return choice_of(
            codes,
            str(asked.get("periode", "")),
            str(asked.get("lieux", "")),
            str(asked.get("region", "")),
            str(asked.get("public", "")),
            known=figures.indicators_by_code(),
            regions=regions(),
            publics=PublicFocus.values,
            default=year_period(today().year),
        )

    @staticmethod
    def shown(choice: Choice) -> dict[str, Any]:
        """Return what the form shows of a choice."""
        return {
            "chiffre": list(choice.codes),
            "periode": str(choice.period),
            "lieux": choice.level,
            "region": choice.region,
            "public": choice.public,
        }


class SaveForm(forms.Form):
    """The name of a view; ``cle`` makes two taps one view."""

    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(label=_("Le nom de cette vue"), max_length=60)


def too_big_message() -> str:
    """Return the sentence for a file over the limit."""
    megabytes = settings.IMPORT_MAX_BYTES // (1024 * 1024)
    return _("Ce fichier dépasse %(size)s Mo. Rien n'a été enregistré.") % {"size": megabytes}
