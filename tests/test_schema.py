"""What the database may know of people: read from its own tables."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

from espace.accounts import personal_data, told
from tests.journal_names import journal_names

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


# --- Every table that holds people has one keeper, which shows it and erases it ---


def people_tables() -> set[str]:
    """Return the tables with a path to a person.

    A table belongs to a person through a link that may not be empty, directly or through another
    table that does (an address of an account, a membership of a line). Any link to such a table,
    even one that may be empty, makes a table one that holds people.
    """
    known: list[type[Model]] = list(apps.get_models(include_auto_created=True))
    belonging = {apps.get_model("accounts.Account"), apps.get_model("groups.Person")}
    while True:
        more = {m for m in known if _links(m, belonging, compulsory=True)} - belonging
        if not more:
            break
        belonging |= more
    linked = belonging | {model for model in known if _links(model, belonging, compulsory=False)}
    return {model._meta.label for model in linked}


def _links(model: type[Model], targets: set[type[Model]], *, compulsory: bool) -> bool:
    return any(
        isinstance(field, Field)
        and field.related_model in targets
        and not (compulsory and field.null)
        for field in model._meta.get_fields()
    )


def told_tables() -> set[str]:
    """Return the tables that the privacy page tells of and that exist."""
    told = (ROOT / "docs/privacy/README.md").read_text(encoding="utf-8")
    labels = {model._meta.label for model in apps.get_models()}
    return set(re.findall(r"`(\w+\.\w+)`", told)) & labels


@pytest.mark.fast
def test_every_table_that_holds_people_has_exactly_one_keeper() -> None:
    """Missing? Register a ``personal_data.Keeper`` in the package's ``apps.py`` (``kept.py``)."""
    kept = [table for keeper in personal_data.keepers() for table in keeper.tables]
    assert sorted(people_tables() | told_tables()) == sorted(kept)


@pytest.mark.fast
def test_a_keeper_of_rows_of_the_roll_knows_how_to_erase_a_line() -> None:
    """Someone with a line and no account has the same rights as someone with an account."""
    person = apps.get_model("groups.Person")
    silent = [
        f"{keeper.name}: {table}"
        for keeper in personal_data.keepers()
        for table in keeper.tables
        if _links(apps.get_model(table), {person}, compulsory=False)
        and (keeper.show_line is None or keeper.erase_line is None)
    ]
    assert silent == []


@pytest.mark.fast
def test_the_walk_sees_tables_of_people() -> None:
    found = people_tables()
    assert {"accounts.Account", "groups.Membership", "account.EmailConfirmation"} <= found
    assert "groups.Gem" not in found


# --- The journal tells every action in plain French ---


@pytest.mark.fast
def test_every_action_of_the_journal_has_its_sentence() -> None:
    """Missing? Add it to the ``told.py`` of the package that writes it."""
    written, sentences = journal_names(), told.table()
    assert {name: place for name, place in written.items() if name not in sentences} == {}
    assert sorted(set(sentences) - set(written)) == [], "nobody writes these any more"


@pytest.mark.fast
def test_a_sentence_of_the_journal_is_short_and_whole() -> None:
    said = {name: str(each.words) for name, each in told.table().items()}
    assert {n: words for n, words in said.items() if len(words.split()) > 17} == {}
    assert {n: words for n, words in said.items() if not words.endswith(".")} == {}


@pytest.mark.fast
def test_the_walk_of_the_journal_follows_a_name_handed_over() -> None:
    found = journal_names()
    assert found["roll.hidden"] == "groups/actions/roll.py"
    assert found["indicators.choose_sentences"] == "indicators/actions.py"
    assert len(found) > 40
