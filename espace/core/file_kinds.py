"""The kinds of files we keep, and how one is refused."""

from __future__ import annotations

from enum import StrEnum

from espace.core.sandbox import UnreadableFile

_KEEP = "Rien n'a été gardé."


class FileKind(StrEnum):
    """What we keep; the value is the end of the file's name."""

    IMAGE = "jpg"
    PDF = "pdf"
    ODT = "odt"
    ODS = "ods"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


def refuse(code: str, said: str) -> UnreadableFile:
    """Return the exception for a refused file; ``said`` is in plain French."""
    return UnreadableFile(f"{said} {_KEEP}", code)
