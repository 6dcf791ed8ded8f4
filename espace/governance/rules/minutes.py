"""Minutes typed by several people at once: what is written, and what must be shown to both."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

LONGEST_POINT = 20_000
LONGEST_PLAIN = 8_000
MARK_BYTES = 12


class Part(StrEnum):
    """What becomes of one part of the page when it is sent."""

    SAME = "same"
    WRITTEN = "written"
    BOTH = "both"
    """Someone else wrote here meanwhile: nothing is written, both texts are shown."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What someone sent for one part, and the mark of the text their page was drawn with."""

    text: str
    mark: str


def tidy_text(text: str) -> str:
    """Return ``text`` with one sort of line end, and without blanks around it."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def mark_of(text: str) -> str:
    """Return a short mark of ``text``: two pages drawn with the same text have the same."""
    return blake2b(tidy_text(text).encode(), digest_size=MARK_BYTES).hexdigest()


def settle(kept: str, typed: Typed) -> Part:
    """Tell what to do with ``typed`` when ``kept`` is there now."""
    mine, there = tidy_text(typed.text), tidy_text(kept)
    if mine == there or mark_of(mine) == typed.mark:
        return Part.SAME
    return Part.WRITTEN if mark_of(there) == typed.mark else Part.BOTH
