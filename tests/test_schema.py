"""What the database may know of people: read from its own tables."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

ROOT = Path(__file__).resolve().parent.parent
OURS = "espace."
FORBIDDEN = re.compile(
    r"last_?name|sur_?name|family_?name|nom_de_famille|birth|naissance|diagnos|treatment|traitement"
    r"|medic|disease|maladie|handicap|disabilit|psychiatr|health|sante|social_security|nir\b"
    r"|street|home_address|latitude|longitude|photo",
    re.I,
)


def columns() -> list[tuple[str, Field]]:
    """Return every column of our own tables with the name of its table."""
    return [
        (model._meta.label, field)
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
        for field in model._meta.get_fields()
        if isinstance(field, Field)
    ]


@pytest.mark.fast
def test_no_column_for_a_surname_a_birth_date_or_a_health_detail() -> None:
    found = [f"{table}.{field.name}" for table, field in columns() if FORBIDDEN.search(field.name)]
    assert found == []


@pytest.mark.fast
def test_the_scan_sees_what_it_looks_for() -> None:
    for name in ("last_name", "surname", "birth_date", "diagnosis", "health_note", "home_address"):
        assert FORBIDDEN.search(name)
    assert len(columns()) > 50


@pytest.mark.fast
def test_every_table_that_points_at_a_person_is_in_the_privacy_page() -> None:
    told = (ROOT / "docs/privacy/README.md").read_text(encoding="utf-8")
    people = {apps.get_model("accounts.Account"), apps.get_model("groups.Person")}
    linked = {
        table
        for table, field in columns()
        if field.related_model in people or table in ("accounts.Account", "groups.Person")
    }
    assert {table for table in linked if f"`{table}`" not in told} == set()
