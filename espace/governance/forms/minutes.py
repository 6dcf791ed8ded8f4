"""Who is there, what is written during the meeting, what is decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from espace.governance.choices.meetings import (
    AgendaBy,
    CarrierFunction,
    DecisionState,
    Subject,
    TakenBy,
)
from espace.governance.rules.minutes import LONGEST_PLAIN, LONGEST_POINT
from espace.ui.fields import DayField

MOST_PEOPLE = 10_000
LONGEST_DECISION = 240


def _number(label: Any, help_text: Any = "", *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=MOST_PEOPLE,
        required=required,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Il manque ce nombre. Écrivez 0 si c'est personne."),
            "invalid": _("Écrivez un nombre, en chiffres."),
            "min_value": _("Ce nombre ne peut pas être négatif."),
            "max_value": _("Ce nombre semble trop grand. Vérifiez-le."),
        },
    )


class PresenceForm(forms.Form):
    """One tap on a name."""

    venu = forms.UUIDField(required=False)
    pas_venu = forms.UUIDField(required=False)
    retirer = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(name) for name in ("venu", "pas_venu", "retirer")):
            raise forms.ValidationError("nobody")
        return cleaned


class CountsForm(forms.Form):
    """Numbers; those that the names give are not asked."""

    invited = _number(
        _("Combien d'adhérents peuvent voter ?"),
        _("Tous les invités, présents ou non. Laissez vide si vous ne savez pas."),
    )
    present = _number(_("Combien d'adhérents sont là ?"))
    represented = _number(_("Combien sont représentés par un pouvoir ?"))
    guests = _number(_("Combien d'autres personnes sont là ?"), _("Salariés, parrain, invités."))
    non_members_voting = _number(
        _("Combien de personnes votent sans être adhérentes ?"),
        _("Le parrain et les salariés donnent un avis, ils ne votent pas."),
    )

    def __init__(self, *args: Any, with_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_names:
            del self.fields["present"], self.fields["represented"]

    def counts(self) -> dict[str, int | None]:
        values = self.cleaned_data
        return {
            "invited": values["invited"],
            "present": values.get("present"),
            "represented": values.get("represented") or 0,
            "guests": values["guests"] or 0,
            "non_members_voting": values["non_members_voting"] or 0,
        }


class ProxyForm(forms.Form):
    """« X cannot come, Y votes for them »."""

    absent = forms.ChoiceField(label=_("Qui ne peut pas venir ?"))
    porteur = forms.ChoiceField(label=_("Qui vote à sa place ?"))

    def __init__(
        self,
        *args: Any,
        absent: Sequence[tuple[str, str]],
        holders: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("absent", absent), ("porteur", holders)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared just above)
            field.choices = [("", _("Choisissez un prénom")), *choices]
            field.error_messages["required"] = _("Choisissez un prénom.")


class MinutesForm(forms.Form):
    """One text for each point, and the plain version.

    Lengths are checked here, not by the browser, which would cut what one pastes in silence.
    """

    en_clair = forms.CharField(
        label=_("En clair"),
        help_text=_("Ce qu'il faut retenir, en phrases courtes. Pour ceux qui n'étaient pas là."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        strip=False,
    )
    agenda_by = forms.ChoiceField(
        label=_("Qui a choisi les points de cette réunion ?"),
        choices=[("", _("Nous ne savons pas")), *AgendaBy.choices],
        required=False,
    )

    def __init__(self, *args: Any, points: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.point_names = [key for key, _label in points]
        for key, label in points:
            self.fields[key] = forms.CharField(
                label=label,
                widget=forms.Textarea(attrs={"rows": 5}),
                required=False,
                strip=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in (*self.point_names, "en_clair"):
            most = LONGEST_PLAIN if name == "en_clair" else LONGEST_POINT
            if len(cleaned.get(name) or "") > most:
                self.add_error(
                    name,
                    _("Ce texte est trop long. Il est gardé ici en entier. Raccourcissez-le."),
                )
        return cleaned


class HandsForm(forms.Form):
    """A show of hands."""

    question = forms.CharField(
        label=_("Sur quoi vote-t-on ?"),
        help_text=_("Une question à laquelle on répond oui ou non."),
        max_length=200,
        error_messages={"required": _("Il manque la question.")},
    )
    yes = _number(_("Combien de oui ?"), required=True)
    no = _number(_("Combien de non ?"), required=True)
    abstain = _number(_("Combien ne disent ni oui ni non ?"))
    chair = forms.ChoiceField(
        label=_("La présidence a voté"),
        help_text=_("Utile seulement si sa voix compte double."),
        choices=[("", _("Non noté")), ("oui", _("Oui")), ("non", _("Non"))],
        required=False,
    )
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class DecisionForm(forms.Form):
    """What was decided, who carries it, by when."""

    text = forms.CharField(
        label=_("Qu'avez-vous décidé ?"),
        help_text=_("Une phrase. Exemple : acheter une cafetière de 12 tasses."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Il manque la décision. Une phrase suffit.")},
    )
    subject = forms.ChoiceField(label=_("C'est à propos de"), choices=Subject.choices)
    taken_by = forms.ChoiceField(
        label=_("Qui a décidé ?"),
        choices=[("", _("Nous ne savons pas")), *TakenBy.choices],
        required=False,
    )
    first = forms.ChoiceField(label=_("Qui s'en occupe ?"), required=False)
    second = forms.ChoiceField(label=_("Et avec qui ?"), required=False)
    due_on = DayField(label=_("Avant quel jour ?"), required=False)
    cle = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        decided_on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decided_on = decided_on
        who = [
            ("", _("Personne pour l'instant")),
            (_("Une place dans le GEM"), list(CarrierFunction.choices)),
        ]
        if people:
            who.append((_("Une personne du carnet"), list(people)))
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared just above)
            field.choices = who

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        if len(text) > LONGEST_DECISION:
            raise forms.ValidationError(
                _("Votre phrase est longue : %(most)s lettres au plus. Elle est gardée ici."),
                params={"most": LONGEST_DECISION},
            )
        return text

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day and day < self.decided_on:
            raise forms.ValidationError(_("Ce jour est avant la réunion. Vérifiez-le."))
        return day

    @property
    def carriers(self) -> list[dict[str, Any]]:
        """The one or two who carry it, the same one once."""
        chosen = dict.fromkeys(
            self.cleaned_data[name] for name in ("first", "second") if self.cleaned_data[name]
        )
        return [
            {"function": value} if value in CarrierFunction.values else {"person_id": UUID(value)}
            for value in chosen
        ]


class FollowForm(forms.Form):
    """Where a decision stands."""

    state = forms.ChoiceField(
        label=_("Où en est-on ?"), choices=DecisionState.choices, widget=forms.RadioSelect
    )
    done_on = DayField(
        label=_("Si c'est fait : quel jour ?"),
        help_text=_("Laissez vide si c'est aujourd'hui."),
        required=False,
    )
    why = forms.CharField(
        label=_("Si on abandonne : pourquoi ?"),
        help_text=_("Quelques mots, sans prénom."),
        max_length=140,
        required=False,
    )

    def __init__(self, *args: Any, decided_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decided_on, self.today = decided_on, today

    def clean_done_on(self) -> date | None:
        day: date | None = self.cleaned_data["done_on"]
        if day and not self.decided_on <= day <= self.today:
            raise forms.ValidationError(
                _("Ce jour doit être entre la réunion et aujourd'hui. Vérifiez-le.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == DecisionState.ABANDONNEE and not cleaned.get("why"):
            self.add_error("why", _("Dites pourquoi en quelques mots. Cela aide les suivants."))
        return cleaned
