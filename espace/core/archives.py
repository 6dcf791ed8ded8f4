"""Says why an archive (xlsx, ods, docx, odt) must not be opened, before opening it (trust, 10)."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum

MAX_ENTRIES = 1_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
TINY = 256 * 1024
CHUNK = 1 << 20

_NESTED = (".zip", ".7z", ".rar", ".gz", ".xlsx", ".xls", ".xlsm", ".ods", ".docx", ".jar")
_DTD = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)")

Watch = Callable[[zipfile.ZipInfo, bytes], None]
"""Told of every piece of every entry, each with the end of the one before it."""


class Trouble(StrEnum):
    """Why an archive is refused."""

    BOMB = "bomb"
    LOCKED = "password"
    CORRUPT = "corrupt"
    NESTED = "nested"
    MACROS = "macros"
    ENTITIES = "entities"


class UnsafeArchive(Exception):  # noqa: N818 -- a finding, told in words by whoever asked
    """The archive must not be opened; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def check_archive(archive: zipfile.ZipFile, watch: Watch | None = None) -> None:
    """Unpack everything once, in small pieces; raises UnsafeArchive."""
    try:
        check_entries(archive.infolist())
        for entry in archive.infolist():
            _check_content(archive, entry, watch)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise UnsafeArchive(Trouble.CORRUPT) from None
    except RuntimeError:  # what zipfile says of an encrypted entry
        raise UnsafeArchive(Trouble.LOCKED) from None


def check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Check the names and sizes that the archive announces; raises UnsafeArchive."""
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnsafeArchive(Trouble.BOMB)
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 1:
            raise UnsafeArchive(Trouble.LOCKED)
        if entry.file_size > TINY and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise UnsafeArchive(Trouble.BOMB)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UnsafeArchive(Trouble.CORRUPT)
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise UnsafeArchive(Trouble.CORRUPT)
        if name.lower().endswith(_NESTED):
            raise UnsafeArchive(Trouble.NESTED)
        if name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")):
            raise UnsafeArchive(Trouble.MACROS)


def _check_content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, watch: Watch | None) -> None:
    """Sizes may lie, and XML may hide entities."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    unpacked = 0
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            if not unpacked and chunk.startswith((b"PK\x03\x04", b"\x1f\x8b", b"Rar!")):
                raise UnsafeArchive(Trouble.NESTED)
            unpacked += len(chunk)
            text = tail + chunk
            if is_xml and _DTD.search(text):
                raise UnsafeArchive(Trouble.ENTITIES)
            if watch:
                watch(entry, text)
            tail = chunk[-200:]
