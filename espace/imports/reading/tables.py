"""A file as plain tables of text, for lists that are not a GEM's own records.

The same checks, encodings and limits as for the records, in the same separate process.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from espace.core.sandbox import answer_parent, ask_child, limit


@dataclass(frozen=True)
class Table:
    """One visible sheet: its name (empty for a text) and its lines of cells, days as 2026-11-25."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_tables(path: Path, *, memory_mb: int = 512, seconds: int = 60) -> list[Table]:
    """Return the visible sheets of a file; raises UnreadableFile when it can't be opened."""
    request = {"path": str(path.resolve())}
    answer = ask_child(__name__, request, memory_mb=memory_mb, seconds=seconds)
    return [Table(name, tuple(tuple(cells) for cells in rows)) for name, rows in answer["tables"]]


def child() -> None:
    """Entry of the child: one request on stdin, one answer on stdout."""
    request = json.load(sys.stdin)
    limit(request["memory_mb"], request["seconds"])
    from espace.imports.reading.grid import load

    def tables() -> dict[str, Any]:
        book = load(Path(request["path"]))
        shown = [sheet for sheet in book.sheets if not sheet.hidden]
        return {
            "tables": [
                [sheet.name, [[as_text(cell) for cell in row] for row in sheet.rows]]
                for sheet in shown
            ]
        }

    answer_parent(tables)


def as_text(cell: object) -> str:
    """Return a cell as text; a day as 2026-11-25, true and false as « oui » and « non »."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
