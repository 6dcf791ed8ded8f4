"""Writes millions of rows the way each database likes best; demonstration only."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models

ROWS_A_WRITE = 20_000


def write_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of ``fields`` (attribute names) without making objects; needs a transaction."""
    table = connection.ops.quote_name(model._meta.db_table)
    named = {field.name: str(field.column) for field in model._meta.local_concrete_fields}
    columns = ", ".join(connection.ops.quote_name(named[name]) for name in fields)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, _without_checks():
            statement = f"COPY {table} ({columns}) FROM STDIN"
            with cursor.cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        batch: list[list[Any]] = []
        for row in rows:
            batch.append([value.hex if isinstance(value, UUID) else value for value in row])
            if len(batch) == ROWS_A_WRITE:
                cursor.executemany(statement, batch)
                batch = []
        if batch:
            cursor.executemany(statement, batch)


@contextmanager
def _without_checks() -> Iterator[None]:
    """Spare PostgreSQL one look at another table per row and foreign key, where we may.

    The rows are ours and right by construction. A user who may not keeps the checks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (is_superuser,) = cursor.fetchone()
        if is_superuser:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        if is_superuser:
            cursor.execute("SET LOCAL session_replication_role = origin")
