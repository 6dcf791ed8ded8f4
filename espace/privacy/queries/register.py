"""The tables that hold people, read from the schema and the keepers."""

from django.apps import apps

from espace.accounts import personal_data
from espace.privacy.rules.register import Table


def tables_of_people() -> list[Table]:
    """Return every table that a keeper answers for, with its columns; no SQL query."""
    found = [
        Table(
            label=label,
            keeper=keeper.name,
            columns=tuple(
                sorted(field.name for field in apps.get_model(label)._meta.concrete_fields)
            ),
        )
        for keeper in personal_data.keepers()
        for label in keeper.tables
    ]
    return sorted(found, key=lambda table: table.label)


def _columns(label: str) -> tuple[str, ...]:
    fields = apps.get_model(label)._meta.concrete_fields
    return tuple(sorted(field.name for field in fields))
