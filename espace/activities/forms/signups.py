"""Taps on a sign-up list."""

from typing import Any

from django import forms


class OwnPlaceForm(forms.Form):
    """« Je m'inscris » or « Je laisse ma place »."""

    geste = forms.ChoiceField(choices=[("inscrire", ""), ("laisser", "")])


class ListForm(forms.Form):
    """One tap: a name put on the list or taken off, or a place without a name."""

    inscrire = forms.UUIDField(required=False)
    retirer = forms.UUIDField(required=False)
    retirer_compte = forms.UUIDField(required=False)
    geste = forms.ChoiceField(choices=[("plus", ""), ("moins", "")], required=False)
    cle = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        person = cleaned.get("inscrire") or cleaned.get("retirer")
        counted = bool(cleaned.get("geste") and cleaned.get("cle"))
        if not (person or cleaned.get("retirer_compte") or counted):
            raise forms.ValidationError("nobody")
        return cleaned | {"person_id": person, "wanted": bool(cleaned.get("inscrire"))}
