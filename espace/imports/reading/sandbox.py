"""Reads a file in a separate process, with limits on memory and time (trust.md, section 10).

A file made to hurt may crash or starve the process that opens it: it must not be the web server.
The child needs no Django; it answers with the draft JSON, which holds no surname.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from espace.core.sandbox import answer_parent, ask_child, limit
from espace.imports.reading.draft import from_json, to_json
from espace.imports.reading.files import MAX_BYTES
from espace.imports.reading.model import Kind, Reading


def read_in_subprocess(
    path: Path,
    *,
    kind: Kind | None = None,
    today: date,
    gem_name: str = "",
    other_gem_names: Sequence[str] = (),
    first_names: Sequence[str] = (),
    time_zone: str = "Europe/Paris",
    max_bytes: int = MAX_BYTES,
    memory_mb: int = 512,
    seconds: int = 60,
) -> Reading:
    """Return the same as `read`; raises UnreadableFile also when a limit is reached."""
    request = {
        "path": str(path.resolve()),
        "kind": kind.value if kind else None,
        "today": today.isoformat(),
        "gem_name": gem_name,
        "other_gem_names": list(other_gem_names),
        "first_names": list(first_names),
        "time_zone": time_zone,
        "max_bytes": max_bytes,
    }
    answer = ask_child(__name__, request, memory_mb=memory_mb, seconds=seconds)
    return from_json(answer["reading"])


def child() -> None:
    """Entry of the child: one request on stdin, one answer on stdout."""
    request = json.load(sys.stdin)
    limit(request["memory_mb"], request["seconds"])
    from espace.imports.reading.recognise import read

    def reading() -> dict[str, Any]:
        found = read(
            Path(request["path"]),
            kind=Kind(request["kind"]) if request["kind"] else None,
            today=date.fromisoformat(request["today"]),
            gem_name=request["gem_name"],
            other_gem_names=request["other_gem_names"],
            first_names=request["first_names"],
            time_zone=request["time_zone"],
            max_bytes=request["max_bytes"],
        )
        return {"reading": to_json(found)}

    answer_parent(reading)
