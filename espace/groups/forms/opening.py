"""Shape of what is typed to open a GEM with its letter, and to say its state."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.accounts.rules import is_one_letter
from espace.groups.choices import Function, HeardFrom

ELECTED, EMPLOYEE, SOMEONE_ELSE, NOT_OURS = "elu", "salarie", "autre", "pas-le-mien"
SKIPPED = "passer"


class WordsForm(forms.Form):
    """The words of the letter; ``secret`` is filled by the page itself from the square code."""

    words = forms.CharField(
        label=_("Les mots de la lettre"),
        max_length=200,
        help_text=_("Écrivez-les dans l'ordre. Les accents et les majuscules ne comptent pas."),
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": _("Écrivez les sept mots de la lettre."),
            "max_length": _("Ce texte est trop long. La lettre a sept mots."),
        },
    )
    secret = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("secret"):
            # The square code stands for the words: nobody is asked for both.
            self.errors.pop("words", None)
            cleaned.setdefault("words", "")
        return cleaned


class OurGemForm(forms.Form):
    """Is it your GEM, and who are you? Plainly asked, before anything else."""

    who = forms.ChoiceField(
        label=_("Qui êtes-vous ?"),
        widget=forms.RadioSelect,
        choices=[
            (ELECTED, _("J'ai été élu par l'assemblée générale du GEM")),
            (EMPLOYEE, _("Je suis salarié du GEM")),
            (SOMEONE_ELSE, _("Je suis adhérent, bénévole, parrain ou gestionnaire")),
            (NOT_OURS, _("Ce n'est pas mon GEM")),
        ],
        error_messages={"required": _("Choisissez une réponse.")},
    )


class FirstElectedForm(forms.Form):
    """Who opens the GEM: a first name, one letter, a place. The address is optional."""

    first_name = forms.CharField(
        label=_("Votre prénom, ou un surnom"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Écrivez votre prénom, ou un surnom.")},
    )
    initial = forms.CharField(
        label=_("La première lettre de votre nom"),
        required=False,
        max_length=40,
        help_text=_("Une seule lettre. Nous ne gardons pas votre nom."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    function = forms.ChoiceField(
        label=_("Votre place"),
        widget=forms.RadioSelect,
        choices=Function.choices,
        error_messages={"required": _("Choisissez votre place.")},
    )
    elected = forms.BooleanField(
        label=_("L'assemblée générale du GEM m'a élu"),
        error_messages={"required": _("Cochez cette case si l'assemblée générale vous a élu.")},
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        required=False,
        max_length=254,
        help_text=_("Elle sert à revenir. Sans adresse, vous aurez une carte d'accès."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Cette adresse n'est pas complète. Exemple : prenom@exemple.fr.")
        },
    )
    heard_from = forms.ChoiceField(
        label=_("Comment votre GEM nous a-t-il connus ?"),
        widget=forms.RadioSelect,
        required=False,
        initial=SKIPPED,
        choices=[*HeardFrom.choices, (SKIPPED, _("Je passe cette question"))],
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            for name in ("first_name", "initial", "email"):
                del self.fields[name]

    def clean_initial(self) -> str:
        text: str = self.cleaned_data["initial"].strip().rstrip(".")
        if text and not is_one_letter(text):
            raise forms.ValidationError(
                _("Écrivez une seule lettre. Nous ne gardons pas votre nom.")
            )
        return text.upper()

    def values(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        heard = self.cleaned_data["heard_from"]
        return {
            "first_name": self.cleaned_data.get("first_name", ""),
            "initial": self.cleaned_data.get("initial", ""),
            "email": self.cleaned_data.get("email") or None,
            "function": Function(self.cleaned_data["function"]),
            "heard_from": HeardFrom(heard) if heard in HeardFrom.values else None,
            "key": self.cleaned_data["key"],
        }
