"""Refuses what must not be opened, by content and before opening (trust.md, section 10).

Nothing here trusts the file's name: a renamed picture is refused, a csv named .xls is read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from espace.core.archives import Trouble, UnsafeArchive, check_archive, check_entries
from espace.core.sandbox import UnreadableFile

MAX_BYTES = 10 * 1024 * 1024
MAX_CELLS = 3_000_000

_ACCEPTED = "Nous lisons xlsx, xls, ods, csv et ics."
_KEEP = "Rien n'a été enregistré."
_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*?(?<!/)>')


class Format(StrEnum):
    """What the bytes are."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    CALENDAR = "calendar"


def refuse(code: str, said: str) -> UnreadableFile:
    """Return the exception for a refused file, in plain French."""
    return UnreadableFile(f"{said} {_KEEP}", code)


def check(path: Path, max_bytes: int = MAX_BYTES) -> Format:
    """Return the format of a file that is safe to open; raises UnreadableFile otherwise."""
    try:
        size = path.stat().st_size
    except OSError:
        raise refuse("missing", "Ce fichier n'est plus là. Choisissez-le à nouveau.") from None
    if not path.is_file():
        raise refuse("wrong_type", "Ce n'est pas un fichier. Choisissez un tableau.")
    if size > max_bytes:
        most = max_bytes // (1024 * 1024)
        said = f"Ce fichier dépasse {most} Mo. Gardez une seule année, puis recommencez."
        raise refuse("too_large", said)
    data = path.read_bytes()
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise refuse("empty", "Ce fichier est vide. Vérifiez que c'est le bon.")
    if data.startswith(b"PK"):
        return _check_archive(path)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _check_compound(data)
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        raise refuse("old_xls", "Ce classeur est trop ancien. Enregistrez-le en xlsx.")
    _check_text(data)
    return Format.CALENDAR if looks_like_calendar(data[:4096]) else Format.TEXT


def looks_like_calendar(head: bytes) -> bool:
    """True for an agenda (.ics), whatever the name of the file."""
    return (
        head.replace(b"\x00", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .lstrip(b"\xff\xfe\r\n\t ")[:15]
        .upper()
        == b"BEGIN:VCALENDAR"
    )


def _check_text(data: bytes) -> None:
    head = data[:4096]
    kinds = {
        b"%PDF": "un PDF",
        b"\xff\xd8\xff": "une image",
        b"\x89PNG": "une image",
        b"GIF8": "une image",
        b"RIFF": "une image ou un son",
        b"MZ": "un programme",
        b"\x7fELF": "un programme",
        b"{\\rtf": "un texte",
        b"\x1f\x8b": "une archive",
        b"7z\xbc\xaf": "une archive",
        b"Rar!": "une archive",
        b"ID3": "un son",
        b"SQLite": "une base de données",
    }
    for magic, what in kinds.items():
        if head.startswith(magic):
            raise refuse("wrong_type", f"Ce fichier est {what}, pas un tableau. {_ACCEPTED}")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<?xml", b"<!doctype", b"<html", b"<table", b"<workbook", b"<svg")):
        said = "Ce fichier est une page web, pas un tableau. Enregistrez-le en xlsx."
        raise refuse("wrong_type", said)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_utf16(head)
    control = sum(byte < 32 and byte not in b"\t\r\n\x0b\x0c\x1a" for byte in head)
    if not wide and (b"\x00" in data or control > len(head) / 100):
        raise refuse("wrong_type", f"Ce fichier n'est pas un tableau. {_ACCEPTED}")


def looks_utf16(head: bytes) -> bool:
    """True when every other byte is nearly always zero: UTF-16 without its mark."""
    pairs = len(head) // 2
    if pairs < 4:
        return False
    zeros = max(head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0))
    other = min(head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0))
    return zeros > pairs * 0.6 and other < pairs * 0.02


def _check_compound(data: bytes) -> Format:
    """Old Office container: xls, or a locked xlsx, or a text, or slides."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise locked()
    if holds("WordDocument") or holds("PowerPoint Document"):
        said = f"Ce fichier est un texte ou un diaporama, pas un tableau. {_ACCEPTED}"
        raise refuse("wrong_type", said)
    if holds("_VBA_PROJECT_CUR"):
        raise macros()
    if holds("Workbook") or holds("Book"):
        return Format.XLS
    raise refuse("wrong_type", f"Ce fichier n'est pas un tableau. {_ACCEPTED}")


def locked() -> UnreadableFile:
    """Return the refusal of a workbook that asks for a password."""
    said = "Ce classeur est protégé par un mot de passe. Enlevez-le, puis recommencez."
    return refuse("password", said)


def macros() -> UnreadableFile:
    """Return the refusal of a workbook with macros."""
    return refuse("macros", "Ce classeur contient des macros. Enregistrez-le en xlsx simple.")


def corrupt() -> UnreadableFile:
    """Return the refusal of a workbook that can't be opened."""
    said = "Ce classeur est abîmé. Ouvrez-le, enregistrez-le à nouveau, puis recommencez."
    return refuse("corrupt", said)


def entities() -> UnreadableFile:
    """Return the refusal of XML that declares its own entities."""
    return refuse("entities", "Ce classeur contient du code caché. Exportez-le à nouveau.")


def bomb() -> UnreadableFile:
    """Return the refusal of an archive far bigger inside than outside."""
    said = "Ce fichier est anormal : il devient énorme à l'ouverture. Exportez-le à nouveau."
    return refuse("bomb", said)


def nested() -> UnreadableFile:
    """Return the refusal of a workbook with another file inside."""
    return refuse("nested", "Ce classeur contient un autre fichier. Enlevez-le d'abord.")


def too_big() -> UnreadableFile:
    """Return the refusal of a table with far too many cells."""
    said = "Ce tableau a trop de cases. Gardez seulement vos présences, puis recommencez."
    return refuse("too_many_cells", said)


def _check_archive(path: Path) -> Format:
    cells = _Cells()
    try:
        with zipfile.ZipFile(path) as archive:
            check_entries(archive.infolist())
            form = _office_format(archive, set(archive.namelist()))
            check_archive(archive, cells.watch)
    except UnsafeArchive as found:
        raise _SAID[found.trouble]() from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise corrupt() from None
    except RuntimeError:  # what zipfile says of an encrypted entry
        raise locked() from None
    return form


def _office_format(archive: zipfile.ZipFile, names: set[str]) -> Format:
    if "xl/workbook.xml" in names or (
        "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)
    ):
        if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
            raise refuse("wrong_type", f"Ce classeur est un xlsb. {_ACCEPTED}")
        return Format.XLSX
    if "content.xml" in names:
        mime = archive.read("mimetype")[:200] if "mimetype" in names else b""
        if mime and b"spreadsheet" not in mime:
            raise refuse("wrong_type", f"Ce document n'est pas un tableau. {_ACCEPTED}")
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise locked()
        return Format.ODS
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        said = f"Ce fichier est un texte ou un diaporama, pas un tableau. {_ACCEPTED}"
        raise refuse("wrong_type", said)
    raise refuse("wrong_type", f"Ce fichier est une archive, pas un tableau. {_ACCEPTED}")


_SAID = {
    Trouble.BOMB: bomb,
    Trouble.LOCKED: locked,
    Trouble.CORRUPT: corrupt,
    Trouble.NESTED: nested,
    Trouble.MACROS: macros,
    Trouble.ENTITIES: entities,
}


class _Cells:
    """How wide and deep each sheet of a workbook says it is."""

    def __init__(self) -> None:
        self.sheet = ""
        self.widest = self.deepest = 0

    def watch(self, entry: zipfile.ZipInfo, text: bytes) -> None:
        """Refuse a sheet with far too many cells."""
        if not entry.filename.startswith("xl/worksheets/"):
            return
        if entry.filename != self.sheet:
            self.sheet, self.widest, self.deepest = entry.filename, 0, 0
        for column, row in _CELL.findall(text):
            self.widest = max(self.widest, _column(column))
            self.deepest = max(self.deepest, int(row))
        if self.widest * self.deepest > MAX_CELLS:
            raise too_big()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def has_comments(path: Path) -> bool:
    """True when an xlsx workbook carries comments on its cells."""
    with zipfile.ZipFile(path) as archive:
        return any(
            name.startswith("xl/") and "omment" in name and name.endswith(".xml")
            for name in archive.namelist()
        )
