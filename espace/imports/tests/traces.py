"""Looks for traces of what must never be kept: in the database, its bytes, sessions and files."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import connection

from espace.imports.reading import grid
from espace.imports.tests.factories import dump, every_table

DROPPED_WORDS = ("né(e) le", "tél", "mail", "remarques")


def everything_kept() -> str:
    """All the text the platform holds, lower case: each column of each table, bytes and files."""
    parts = [str(dump(*every_table()))]
    if connection.vendor == "sqlite":
        parts.append(connection.connection.serialize().decode("utf-8", "ignore"))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    sessions = store.get_model_class().objects.all()
    parts += [str(store().decode(session.session_data)) for session in sessions]
    for path in sorted(Path(settings.DATA_DIR).rglob("*")):
        if path.is_file():
            parts += [path.name, path.read_bytes().decode("utf-8", "ignore")]
    return plain("\n".join(parts))


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def secrets_of(path: Path) -> set[str]:
    """Surnames, birth dates, telephones, mails and remarks of the sample list of members."""
    rows = grid.load(path).sheets[0].rows
    header = next(row for row in rows if "Nom" in row)
    titles = [plain(str(cell)) for cell in header]
    found: set[str] = set()
    for row in rows[rows.index(header) + 1 :]:
        cells = dict(zip(titles, row, strict=False))
        found.add(plain(str(cells["nom"])))
        for word in DROPPED_WORDS:
            value = str(cells.get(word, ""))
            found |= {value, value.replace(" ", "")}
            if word == "né(e) le" and value:
                day = date(*map(int, reversed(value.split("/"))))
                found |= {day.isoformat(), f"{day:%d-%m-%Y}", f"{day:%d/%m/%y}"}
    return {plain(value) for value in found if len(value) > 3}


def traces(secrets: Iterable[str], where: str) -> list[str]:
    return sorted(secret for secret in secrets if secret in where)
