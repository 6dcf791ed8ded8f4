"""The file itself: kept only until it is read, under a random name nobody else can open."""

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from django.conf import settings

LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""A random name without figures: the reader never takes it for a year."""


def folder() -> Path:
    """Return the folder of the files waiting to be read; only this account may enter it."""
    place = Path(settings.DATA_DIR) / "uploads"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(chunks: Iterable[bytes]) -> str:
    """Write the file and return its random name."""
    name = token_hex(16).translate(LETTERS)
    handle = os.open(folder() / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        for chunk in chunks:
            out.write(chunk)
    return name


def path_of(name: str) -> Path:
    """Return where the file of that name is, or would be."""
    return folder() / Path(name).name


def throw_away(name: str) -> None:
    """Delete the file; nothing happens when it is already gone."""
    if name:
        with suppress(FileNotFoundError):
            path_of(name).unlink()


def throw_away_before(limit: datetime) -> int:
    """Delete the files last written before ``limit`` (aware); return how many went."""
    gone = 0
    for path in sorted(folder().iterdir()):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < limit.timestamp():
                path.unlink()
                gone += 1
    return gone
