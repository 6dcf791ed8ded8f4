"""A person's data as one JSON file, readable without us: the keys are promised (docs/privacy)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FORMAT = "mon-espace-figem/mes-donnees"
VERSION = 1


@dataclass(frozen=True)
class Part:
    """One kind of thing kept on a person; each row is (key, words, value)."""

    key: str
    title: str
    why: str
    seen_by: str
    kept: str
    rows: tuple[tuple[tuple[str, str, str], ...], ...]

    @property
    def more(self) -> int:
        """How many rows a page leaves out, unless asked to show them all."""
        return max(0, len(self.rows) - ROWS_ON_A_PAGE)


@dataclass(frozen=True)
class Reading:
    """Someone opened these data."""

    at: datetime
    who: str
    words: str


ROWS_ON_A_PAGE = 8


def as_json(parts: Sequence[Part], read: Sequence[Reading], *, made_at: datetime) -> dict[str, Any]:
    """Return what the JSON file holds."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at.isoformat(timespec="seconds"),
        "sections": [
            {
                "key": part.key,
                "title": part.title,
                "why": part.why,
                "seen_by": part.seen_by,
                "kept": part.kept,
                "rows": [{key: value for key, _words, value in row} for row in part.rows],
            }
            for part in parts
        ],
        "opened_by": [
            {"at": each.at.isoformat(timespec="minutes"), "who": each.who, "what": each.words}
            for each in read
        ],
    }
