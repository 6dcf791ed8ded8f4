"""One row about a person in every table that may hold one, whoever wrote the table."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import models

from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.groups.models import Gem, Person
from tests.test_schema import people_tables

WORD = "Zéphyrine-canari"
"""What the person wrote: no row may hold it once they are erased."""
TEXTS = (models.CharField, models.TextField)
VALUES: dict[type[models.Field[Any, Any]], Any] = {
    models.DateField: date(2026, 9, 7),
    models.DateTimeField: datetime(2026, 9, 7, 12, tzinfo=UTC),
    models.TimeField: time(14),
    models.DecimalField: Decimal(2),
    models.UUIDField: uuid4,
    models.BooleanField: False,
    models.EmailField: "zephyrine.autre@exemple.test",
    models.JSONField: dict,
}
# What a row of one table needs beside the types of its columns.
NEEDS: dict[str, dict[str, Any]] = {
    "groups.Mandate": {"role": Role.ANIMATOR},
    # Words of the GEM, not of the person: they stay.
    "groups.Device": {"name": "Tablette", "token_hash": "h" * 64},
    "activities.Idea": {"text": "Une sortie à la mer", "signature": "Zéphyrine"},
    "activities.SignUp": {"account_id": None},
    "governance.AgendaPoint": {"subject": "Le repas", "signature": "Zéphyrine"},
    "governance.MeetingPresence": {"holder_id": None},
    "accounts.JournalEntry": {"action": "roll.added"},
    "account.EmailConfirmation": {"key": "k" * 40},
    "account.EmailAddress": {"primary": False},
}
MADE_ELSEWHERE = {"accounts.Account", "groups.Person"}
"""The person, made by the test."""


class Filler:
    """Makes the rows; a table that a row needs and that holds nobody gets one row of its own."""

    def __init__(self, gem: Gem, account: Account, line: Person) -> None:
        self.made: dict[type[models.Model], models.Model] = {
            type(gem): gem,
            type(account): account,
            type(line): line,
        }

    def fill(self) -> dict[str, models.Model]:
        """Return a row of each table of people, each pointing at the person where it can."""
        by_label = {model._meta.label: model for model in _all_models()}
        tables = sorted(people_tables() - MADE_ELSEWHERE)
        return {label: self.row_of(by_label[label]) for label in tables}

    def row_of(self, model: type[models.Model]) -> models.Model:
        if model not in self.made:
            values = {
                field.attname if field.is_relation else field.name: self.value_of(field)
                for field in model._meta.concrete_fields
                if self.is_wanted(field)
            }
            values |= NEEDS.get(model._meta.label, {})
            self.made[model] = model._default_manager.create(**values)
        return self.made[model]

    def is_wanted(self, field: models.Field[Any, Any]) -> bool:
        if field.is_relation:
            people = field.related_model in (Account, Person)
            return people or not field.null
        return not (field.has_default() or field.null or field.primary_key or field.blank)

    def value_of(self, field: models.Field[Any, Any]) -> Any:
        if field.is_relation:
            assert isinstance(field.related_model, type)
            return self.row_of(field.related_model).pk
        if field.choices:
            return next(code for code, _words in field.flatchoices if code)
        known = next((VALUES[kind] for kind in type(field).__mro__ if kind in VALUES), None)
        if known is not None:
            return known() if callable(known) else known
        if isinstance(field, TEXTS):
            word = WORD if field.model._meta.label in people_tables() else "Mot"
            return f"{word}-{uuid4().hex}"[: field.max_length or 80]
        return 1


def _all_models() -> list[type[models.Model]]:
    from django.apps import apps

    return apps.get_models(include_auto_created=True)
