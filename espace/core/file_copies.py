"""How the copy we keep of a file is made. Only the limited child process imports this."""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, NameObject

from espace.core.archives import Trouble, UnsafeArchive, check_archive
from espace.core.file_kinds import FileKind, refuse
from espace.core.sandbox import answer_parent, limit

MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2_000
"""Pixels: enough to read a receipt or a page, about 500 KB."""
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_ACCEPTED = "Choisissez une photo, un PDF, un texte ou un tableau."
_TROUBLES = {
    Trouble.BOMB: "Ce fichier est anormal : il devient énorme à l'ouverture.",
    Trouble.LOCKED: "Ce fichier est protégé par un mot de passe. Enlevez-le, puis recommencez.",
    Trouble.CORRUPT: "Ce fichier est abîmé. Ouvrez-le, enregistrez-le, puis recommencez.",
    Trouble.NESTED: "Ce fichier en contient un autre. Enlevez-le, puis recommencez.",
    Trouble.MACROS: "Ce fichier contient des macros. Enregistrez-le sans macros.",
    Trouble.ENTITIES: "Ce fichier contient du code caché. Enregistrez-le en PDF.",
}
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = _APP.replace("extended-properties", "custom-properties")
_META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    '"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
    "</office:document-meta>"
)
_EMPTIED = {
    "docProps/core.xml": _CORE,
    "docProps/app.xml": _APP,
    "docProps/custom.xml": _CUSTOM,
    "meta.xml": _META,
}
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_ELSEWHERE = re.compile(rb"<Relationship\b[^>]*\bTargetMode=\"External\"[^>]*>")
_RUNS = {"/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition"}
_PLAYERS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


def child() -> None:
    """Entry of the child: one request on stdin, one answer on stdout."""
    request = json.load(sys.stdin)
    limit(request["memory_mb"], request["seconds"])

    def copying() -> dict[str, Any]:
        data = Path(request["path"]).read_bytes()
        kind, copy = sniff(data)
        if str(kind) not in request["accepted"]:
            raise refuse("wrong_type", "Choisissez une photo : JPEG, PNG ou WebP.")
        return {"kind": str(kind), "content": base64.b64encode(copy(data)).decode()}

    answer_parent(copying)


def sniff(data: bytes) -> tuple[FileKind, Callable[[bytes], bytes]]:
    """Return what the bytes are, whatever the name said, and how they are copied."""
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise refuse("empty", "Ce fichier est vide. Vérifiez que c'est le bon.")
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or data[8:12] == b"WEBP":
        return FileKind.IMAGE, _picture
    if data.startswith(b"%PDF-"):
        return FileKind.PDF, _pdf
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data), _office
    if data[4:8] == b"ftyp":
        raise refuse("heic", "Ce format de photo ou de film n'est pas lu. Envoyez un JPEG.")
    if _is_plain_table(data):
        return FileKind.CSV, bytes
    raise refuse("wrong_type", f"Nous ne gardons pas ce genre de fichier. {_ACCEPTED}")


def _is_plain_table(data: bytes) -> bool:
    """True for lines of text with a separator, and no page or drawing in disguise."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text) or "<" in text[:200]:
        return False
    return any(sign in text.partition("\n")[0] for sign in ";,\t")


def _picture(data: bytes) -> bytes:
    """Draw the picture again: no place, no camera, no hidden second picture."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise refuse("too_many_pixels", "Cette photo est trop grande.")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = Image.new("RGB", turned.size, "white")
            clear = turned.convert("RGBA")
            flat.paste(clear, mask=clear.getchannel("A"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise refuse("corrupt", "Cette photo est abîmée. Reprenez-la, puis recommencez.") from None
    kept = io.BytesIO()
    flat.save(kept, "JPEG", quality=80, optimize=True)
    return kept.getvalue()


def _pdf(data: bytes) -> bytes:
    """Write the PDF again without its author, what could run in it, and files inside it."""

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise refuse("password", _TROUBLES[Trouble.LOCKED])
        writer = PdfWriter(clone_from=reader)
        root = writer.root_object
        for name in ("/OpenAction", "/AA", "/Metadata", "/AF", "/Collection", "/PieceInfo"):
            root.pop(name, None)
        for place, name in (
            ("/Names", "/JavaScript"),
            ("/Names", "/EmbeddedFiles"),
            ("/AcroForm", "/XFA"),
        ):
            if place in root:
                inside: Any = root[place].get_object()
                inside.pop(name, None)
        for page in writer.pages:
            page.pop("/AA", None)
            _quiet_annotations(page)
        writer.metadata = None
        # What nothing leads to any more is still there: a copy of the copy takes what is led to.
        kept = _written(PdfWriter(clone_from=PdfReader(_written(writer))))
    except (PyPdfError, KeyError, TypeError, AttributeError, ValueError, RecursionError):
        said = "Ce PDF est abîmé. Ouvrez-le, enregistrez-le à nouveau, puis recommencez."
        raise refuse("corrupt", said) from None
    return kept.getvalue()


def _written(writer: PdfWriter) -> io.BytesIO:
    file = io.BytesIO()
    writer.write(file)
    return file


def _quiet_annotations(page: Any) -> None:
    """Keep notes and links to pages of the web; take away what runs or plays."""

    if "/Annots" not in page:
        return
    kept = ArrayObject()
    for reference in page["/Annots"].get_object():
        note = reference.get_object()
        action = note.get("/A")
        does = action.get_object().get("/S") if action is not None else None
        if note.get("/Subtype") in _PLAYERS or does in _RUNS:
            continue
        note.pop("/AA", None)
        kept.append(reference)

    page[NameObject("/Annots")] = kept


def _office_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except UnsafeArchive as found:
        raise refuse(found.trouble, _TROUBLES[found.trouble]) from None
    except zipfile.BadZipFile:
        raise refuse("corrupt", _TROUBLES[Trouble.CORRUPT]) from None
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "content.xml" in names and mime.endswith(b"opendocument.text"):
        return FileKind.ODT
    if "content.xml" in names and mime.endswith(b"opendocument.spreadsheet"):
        return FileKind.ODS
    raise refuse("wrong_type", f"Ce fichier est une archive. {_ACCEPTED}")


def _office(data: bytes) -> bytes:
    """Pack the document again: no author, no thumbnail, pictures without their place."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as sent, zipfile.ZipFile(kept, "w") as copy:
        for entry in sent.infolist():
            name = entry.filename
            content = sent.read(entry)
            if name.endswith(".rels"):
                _refuse_what_is_fetched(content)
            if name in _EMPTIED:
                content = _EMPTIED[name].encode()
            elif name.lower().endswith(_PICTURES):
                content = _same_picture(content)
            # The first entry of an ODF file says its kind, and may not be compressed.
            way = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            copy.writestr(zipfile.ZipInfo(name), content, compress_type=way)
    return kept.getvalue()


def _refuse_what_is_fetched(relations: bytes) -> None:
    """A link may be followed by a person; a template or a picture elsewhere is fetched alone."""
    for relation in _ELSEWHERE.findall(relations):
        if b"/hyperlink" not in relation:
            said = "Ce fichier va chercher quelque chose ailleurs. Enregistrez-le en PDF."
            raise refuse("external", said)


def _same_picture(content: bytes) -> bytes:
    """Return the picture in its own format, without hidden data; one we can't read goes as it is.

    What isn't a picture at all stays a dead part of the document: nothing opens it here.
    """

    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as image:
            kept = io.BytesIO()
            plain = image.copy()
            plain.info = {}
            plain.save(kept, image.format)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return content
    return kept.getvalue()
