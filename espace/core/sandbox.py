"""Opens somebody's file in a separate process, with limits on memory and time (trust, section 10).

A file made to hurt may crash or starve the process that opens it: it must not be the web server.
The child needs no Django.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import espace

TOO_HEAVY = (
    "Ce fichier est trop lourd à lire. Rien n'a été enregistré. "
    "Gardez seulement les parties utiles, puis recommencez."
)
NOT_UNDERSTOOD = (
    "Nous n'avons pas su lire ce fichier. Rien n'a été enregistré. "
    "Ouvrez-le, enregistrez-le à nouveau, puis recommencez."
)
_BOOT = "import sys; sys.path[:] = {path!r}; from {module} import child; child()"


class UnreadableFile(Exception):  # noqa: N818 -- the name says what the person sees
    """The whole file is refused.

    `message_fr` can be shown as it is; `reason_code` is stable, for tests and logs.
    """

    def __init__(self, message_fr: str, reason_code: str) -> None:
        super().__init__(message_fr)
        self.message_fr = message_fr
        self.reason_code = reason_code


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
