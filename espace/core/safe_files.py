"""Makes the copy we keep of a file somebody sends: checked by content, without hidden data.

Order of trust.md, section 10: size, kind by content and not by name, archive check before opening,
images drawn again, everything read in a process of its own. A picture loses its place and camera, a
PDF or an office file its author and whatever could run. Nothing of it is ever run, nor fetched.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from espace.core.file_kinds import FileKind, refuse
from espace.core.sandbox import ask_child

MAX_BYTES = 10 * 1024 * 1024
MEMORY_MB, SECONDS = 640, 20
READERS = "espace.core.file_copies"

CONTENT_TYPES = {
    FileKind.IMAGE: "image/jpeg",
    FileKind.PDF: "application/pdf",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv; charset=utf-8",
}
IMAGES = (FileKind.IMAGE,)


@dataclass(frozen=True, slots=True)
class SafeFile:
    """The copy to keep."""

    kind: FileKind
    content: bytes


def safe_copy(chunks: Iterable[bytes], accepted: Iterable[FileKind] = tuple(FileKind)) -> SafeFile:
    """Return the copy to keep of a file; raises UnreadableFile, in plain French.

    ``chunks`` are the bytes as they came, ``accepted`` the kinds this place takes.
    """
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as sent:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > MAX_BYTES:
                raise refuse("too_large", "Ce fichier dépasse 10 Mo. Choisissez-en un plus léger.")
            sent.write(chunk)
        sent.flush()
        request = {"path": sent.name, "accepted": [str(kind) for kind in accepted]}
        answer = ask_child(READERS, request, memory_mb=MEMORY_MB, seconds=SECONDS)
    return SafeFile(FileKind(answer["kind"]), base64.b64decode(answer["content"]))
