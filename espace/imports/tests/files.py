"""Small files as a GEM would bring them, and files made to hurt."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

SAMPLES = Path(__file__).parent / "samples"
CANARY = "Kerguelenec"
"""A surname that exists nowhere else: it must be found nowhere after an import."""


def upload(content: bytes, name: str = "presences.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def sample(name: str) -> SimpleUploadedFile:
    return upload((SAMPLES / name).read_bytes(), name)


def visit_log(lines: Iterable[str]) -> bytes:
    """A visit log: date, first name, surname, status."""
    return "\r\n".join(["Date;Prénom;Nom;Statut", *lines]).encode("cp1252", errors="replace")


SMALL = visit_log(
    [
        f"07/09/2026;Nadia;{CANARY};adhérent",
        f"08/09/2026;Nadia;{CANARY};adhérent",
        "07/09/2026;Karim;Joncour;adhérent",
        "07/09/2026;;;visiteur",
        "31/02/2026;Karim;Joncour;adhérent",
    ]
)


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    """An xlsx of one sheet; text stays text, except formulas, written as such."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Septembre 2026")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A hundred kilobytes that unpack to 120 MB, dressed as a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(120):
                sheet.write(b"0" * 1024 * 1024)
    return out.getvalue()


def locked_workbook() -> bytes:
    """The container in which a spreadsheet protected by a password is kept."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000
    return head + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 1000
