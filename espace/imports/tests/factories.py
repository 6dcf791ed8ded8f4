"""Readings for tests, as the reader would hand them over."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.management.commands import db_worker

from espace.accounts.models import Account
from espace.groups.models import Gem
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.reading import Category, Kind, Reading, to_json
from espace.imports.reading.model import Group, Mark, Question, Source, SourcePerson, Visit
from espace.imports.reading.questions import resolve

TODAY = date(2026, 11, 20)


def make_reading(
    came: Mapping[str, Sequence[date]],
    *,
    visitors: Mapping[date, int] | None = None,
    heads: Mapping[date, int] | None = None,
    questions: Sequence[Question] = (),
    kind: Kind = Kind.ATTENDANCE,
) -> Reading:
    """A reading where each label of ``came`` was there on those days."""
    source = Source(
        people=tuple(SourcePerson(label) for label in came),
        groups=(Group("Feuille 1", "prénoms × jours"),),
        marks=tuple(
            Mark(index, day, 0) for index, days in enumerate(came.values()) for day in days
        ),
        visits=tuple(Visit(day, Category.DISCOVERY, n, 0) for day, n in (visitors or {}).items()),
        head_counts=tuple((day, n, 0) for day, n in (heads or {}).items()),
        questions=tuple(questions),
        today=TODAY,
    )
    return resolve(Reading(kind=kind, source=source), {})


def make_draft(gem: Gem, account: Account | None, reading: Reading) -> ImportBatch:
    """A file already read, waiting for its review."""
    return ImportBatch.objects.create(
        gem=gem, made_by=account, state=State.DRAFT, kind=reading.kind, reading=to_json(reading)
    )


KEPT_TABLES = (
    "groups_person",
    "groups_membership",
    "activities_attendance",
    "activities_slot",
    "activities_finishedmonth",
    "activities_activity",
)


def dump(*tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables an import may change (or of ``tables``), sorted, as text."""
    rows = {}
    with connection.cursor() as cursor:
        for table in tables or KEPT_TABLES:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 -- names of our own tables
            rows[table] = sorted(tuple(map(str, row)) for row in cursor.fetchall())
    return rows


def every_table() -> tuple[str, ...]:
    """Names of all the tables of the database."""
    return tuple(sorted(connection.introspection.table_names()))


def work() -> None:
    """Let the worker do what waits, then stop.

    It runs on the test's own connection, inside the test's transaction: it must not close it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db_worker, "close_old_connections", lambda: None)
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
