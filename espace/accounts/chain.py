"""The journal's chain: each line holds a hash of the line before, so that a change is seen.

One chain per GEM, and one for what concerns no GEM. A line's ``digest`` covers the digest before it
and everything the line says, except who and to whom: those are covered by ``mark``, a keyed hash
that no one can read back. Erasing a person empties who and to whom; the chain still holds.
See docs/decisions/0042-journal.md.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

BEGINNING = ""
"""What stands for the digest before the first line of a chain."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a line of the journal says, but who and to whom."""

    number: int
    at: datetime
    gem_id: UUID | None
    device_id: UUID | None
    role: str
    action: str
    mark: str


def digest_after(before: str, said: Said) -> str:
    """Return the digest of a line written after the one whose digest is ``before``."""
    parts = (
        before,
        said.number,
        said.at.astimezone(UTC).isoformat(timespec="microseconds"),
        said.gem_id or "",
        said.device_id or "",
        said.role,
        said.action,
        said.mark,
    )
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def mark_of(key: bytes, before: str, account_id: UUID | None, thing: str) -> str:
    """Return what stands for who and to whom: of no use without the key and the ids themselves.

    ``before`` makes two lines of one person look like two strangers.
    """
    text = f"{before}\n{account_id or ''}\n{thing}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Kept:
    """A line as the database gives it back."""

    said: Said
    digest: str
    account_id: UUID | None
    thing: str
    forgotten: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What verifying a chain found: ``broken_at`` is the number of the first wrong line."""

    lines: int
    forgotten: int
    head: str
    broken_at: int | None
    why: str = ""


def verify(
    lines: Iterable[Kept], *, keys: Sequence[bytes], number: int = 0, before: str = BEGINNING
) -> Outcome:
    """Follow a chain from the line after ``number``, whose digest is ``before``."""
    read = forgotten = 0
    for line in lines:
        why = _wrong(line, number + 1, before, keys)
        if why:
            return Outcome(read, forgotten, before, number + 1, why)
        read, forgotten = read + 1, forgotten + line.forgotten
        number, before = line.said.number, line.digest
    return Outcome(read, forgotten, before, None)


def _wrong(line: Kept, expected: int, before: str, keys: Sequence[bytes]) -> str:
    if line.said.number != expected:
        return "gap"
    if line.digest != digest_after(before, line.said):
        return "changed"
    if line.forgotten:
        # Erasing empties who, or to whom: with both, nobody was erased from this line.
        return "person_changed" if line.account_id and line.thing else ""
    marks = (mark_of(key, before, line.account_id, line.thing) for key in keys)
    return "" if any(mark == line.said.mark for mark in marks) else "person_changed"
