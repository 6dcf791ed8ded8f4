"""Opening a file for another package: its tables as text, and nothing kept."""

from collections.abc import Iterable
from pathlib import Path

from espace.imports.actions import files
from espace.imports.reading import UnreadableFile
from espace.imports.reading.tables import Table, read_tables

__all__ = ["Table", "UnreadableFile", "tables_of_file", "tables_of_upload"]


def tables_of_file(*, path: Path) -> list[Table]:
    """Return the tables of a file of this machine; raises UnreadableFile, in French."""
    return read_tables(path)


def tables_of_upload(*, chunks: Iterable[bytes]) -> list[Table]:
    """Return the tables of a file sent by a browser, which is deleted as soon as it is read."""
    name = files.keep(chunks)
    try:
        return read_tables(files.path_of(name))
    finally:
        files.throw_away(name)
