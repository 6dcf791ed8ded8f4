"""What is typed or shown of a card."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from espace.cards.rules.hashes import Kind, scanned_secret
from espace.cards.rules.words import (
    LONGEST_TYPED,
    WORDS_ON_A_CARD,
    Reading,
    read_words,
    same_words,
)
from espace.groups.rules.labels import Label, LabelError, read_label

NOT_OPEN = gettext_lazy(
    "Cette carte n'ouvre pas. Vérifiez les six mots. Si elle est ancienne, "
    "demandez une nouvelle carte à votre GEM."
)


class CardForm(forms.Form):
    """The six words as somebody types them, or what a camera read of the QR code."""

    words = forms.CharField(
        label=gettext_lazy("Les six mots de votre carte"),
        help_text=gettext_lazy("Dans l'ordre. Les accents et les majuscules ne comptent pas."),
        max_length=LONGEST_TYPED,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": gettext_lazy("Écrivez les six mots de votre carte."),
            "max_length": gettext_lazy("Ce texte est trop long. Écrivez les six mots seulement."),
        },
    )
    secret = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if scanned_secret(cleaned.get("secret", "")):
            self.errors.pop("words", None)
            return cleaned
        if cleaned.get("secret"):
            self.errors.pop("words", None)
            raise forms.ValidationError(
                _("Ce carré n'est pas celui d'une carte de Mon Espace. Écrivez les six mots.")
            )
        if "words" in cleaned:
            self._check_words(read_words(cleaned["words"]))
        return cleaned

    def _check_words(self, reading: Reading) -> None:
        """Help with a mistyped word: the list is public, so this tells nothing of a card."""
        if reading.unknown:
            said = _("Ce mot n'est pas dans la liste : « %(word)s ». Regardez la carte.")
            self.add_error("words", said % {"word": reading.unknown[0]})
            return
        count = len(reading.words)
        if count != WORDS_ON_A_CARD:
            said = ngettext(
                "Il y a six mots sur la carte. Vous en avez écrit %(count)s.",
                "Il y a six mots sur la carte. Vous en avez écrit %(count)s.",
                count,
            )
            self.add_error("words", said % {"count": count})
            return
        if reading.helped:
            self.data = self.data.copy()
            self.data["words"] = " ".join(reading.words)
            typed, word = reading.helped[0]
            said = _("Nous avons lu « %(word)s » pour « %(typed)s ». Vérifiez, puis entrez.")
            self.add_error("words", said % {"word": word, "typed": typed})

    def shown(self) -> tuple[Kind, str]:
        """Return what was shown: which secret, written the one way it is hashed."""
        secret = scanned_secret(self.cleaned_data.get("secret", ""))
        if secret:
            return Kind.SCAN, secret
        return Kind.WORDS, same_words(read_words(self.cleaned_data["words"]).words)


class TheirCardForm(CardForm):
    """The card of another person, shown or typed by them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Les six mots de la carte de l'autre personne")


class ChooseForm(forms.Form):
    """Whose cards are made, and a key that makes a double click harmless.

    ``newcomers`` are people not on the roll yet, one a line; cleaned, they are labels.
    """

    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    newcomers = forms.CharField(
        label=gettext_lazy("Des personnes qui ne sont pas dans la liste"),
        help_text=gettext_lazy("Une par ligne, avec une lettre. Exemple : Ana J"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "max_length": gettext_lazy("Il y a trop de lignes. Écrivez dix personnes au plus.")
        },
    )

    def clean_newcomers(self) -> list[Label]:
        labels = []
        for line in filter(str.strip, self.cleaned_data["newcomers"].splitlines()):
            try:
                labels.append(read_label(line))
            except LabelError as wrong:
                said = _("Cette ligne ne peut pas être lue : « %(line)s ». Exemple : Ana J")
                raise forms.ValidationError(said % {"line": line.strip()[:40]}) from wrong
        return labels
