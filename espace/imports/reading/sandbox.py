"""Reads a file in a separate process, with limits on memory and time (trust.md, section 10).

A file made to hurt may crash or starve the process that opens it: it must not be the web server.
The child needs no Django; it answers with the draft JSON, which holds no surname.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import espace
from espace.imports.reading.draft import from_json, to_json
from espace.imports.reading.files import MAX_BYTES
from espace.imports.reading.model import Kind, Reading, UnreadableFile

TOO_HEAVY = (
    "Ce fichier est trop lourd à lire. Rien n'a été enregistré. "
    "Gardez seulement les feuilles utiles, puis recommencez."
)
NOT_UNDERSTOOD = (
    "Nous n'avons pas su lire ce fichier. Rien n'a été enregistré. "
    "Enregistrez-le en xlsx, puis recommencez."
)
_BOOT = "import sys; sys.path[:] = {path!r}; from {module} import child; child()"


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


def ask_child(
    module: str, request: dict[str, Any], *, memory_mb: int, seconds: int
) -> dict[str, Any]:
    """Run the function ``child`` of a module of ours in a limited process; return its answer.

    Raises UnreadableFile when it refuses the file or meets a limit.
    """
    root = str(Path(espace.__file__).parent.parent)
    boot = _BOOT.format(path=[root, *(p for p in sys.path if p and p != root)], module=module)
    limited = {**request, "memory_mb": memory_mb, "seconds": seconds}
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and code, no text of the person
            [sys.executable, "-I", "-c", boot],
            input=json.dumps(limited).encode(),
            capture_output=True,
            timeout=seconds + 10,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(TOO_HEAVY, "time_limit") from None
    if done.returncode != 0:
        raise UnreadableFile(TOO_HEAVY, "limit_reached")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise UnreadableFile(answer["refused"], answer["code"])
    return answer


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


def answer_parent(work: Callable[[], dict[str, Any]]) -> None:
    """Do the work of the child and write its answer, or why the file is refused."""
    try:
        answer = work()
    except UnreadableFile as refusal:
        answer = {"refused": refusal.message_fr, "code": refusal.reason_code}
    except MemoryError:
        answer = {"refused": TOO_HEAVY, "code": "limit_reached"}
    except Exception:  # a crafted file may break any parser: the person gets a sentence
        answer = {"refused": NOT_UNDERSTOOD, "code": "unexpected"}
    json.dump(answer, sys.stdout)


def limit(memory_mb: int, seconds: int) -> None:
    """Cap address space, processor time and core dumps of this process for good."""
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
