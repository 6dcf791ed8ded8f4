"""Files that must be refused kindly: each with its own reason, in French, and nothing written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from espace.imports.reading import Kind, UnreadableFile, read, read_in_subprocess
from espace.imports.tests.samples.writers import write_xlsx

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parent / "samples"
ROLL = SAMPLES / "presences_trimestre.xlsx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def archive(entries: dict[str, bytes], base: Path | None = ROLL) -> bytes:
    """An xlsx with entries added or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        if base is not None:
            with zipfile.ZipFile(base) as source:
                for name in source.namelist():
                    if name not in entries:
                        out.writestr(name, source.read(name))
        for name, data in entries.items():
            out.writestr(name, data)
    return made.getvalue()


def sheet_xml(inside: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{head}<worksheet xmlns="{space}"><sheetData>{inside}</sheetData></worksheet>'.encode()


def compound(*names: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le") + b"\x00" * 8 for name in names)


def lying_archive() -> bytes:
    """An entry that says it unpacks to 10 bytes and unpacks to far more."""
    data = bytearray(archive({"xl/worksheets/sheet1.xml": sheet_xml(" " * 3_000_000)}))
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = -1
        while (start := data.find(sign, start + 1)) >= 0:
            if struct.unpack_from("<I", data, start + place)[0] > 3_000_000:
                struct.pack_into("<I", data, start + place, 10)
    return bytes(data)


CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "only blanks": (b"\r\n \r\n;;;\r\n".replace(b";", b""), "empty"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "wrong_type"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 500, "wrong_type"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "wrong_type"),
    "program": (b"MZ\x90\x00" + b"\x00" * 300, "wrong_type"),
    "noise": (bytes(range(256)) * 20, "wrong_type"),
    "web page": (b"\xef\xbb\xbf <html><body><table></table></body></html>", "wrong_type"),
    "xml with entities": (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>', "wrong_type"),
    "word": (compound("WordDocument", "1Table"), "wrong_type"),
    "slides": (compound("PowerPoint Document"), "wrong_type"),
    "locked xlsx": (compound("EncryptionInfo", "EncryptedPackage"), "password"),
    "broken xls": (compound("Workbook"), "corrupt"),
    "xls with macros": (compound("Workbook", "_VBA_PROJECT_CUR"), "macros"),
    "cut xlsx": (ROLL.read_bytes()[:6000], "corrupt"),
    "half-written xlsx": (archive({"xl/workbook.xml": b"<workbook><sheets>"}), "corrupt"),
    "plain zip": (archive({"photo.txt": b"bonjour"}, base=None), "wrong_type"),
    "docx": (archive({"word/document.xml": b"<a/>"}, base=None), "wrong_type"),
    "bomb": (archive({"xl/worksheets/sheet1.xml": b" " * 30_000_000}), "bomb"),
    "many entries": (archive({f"xl/media/{n}": b"" for n in range(1100)}), "bomb"),
    "lying bomb": (lying_archive(), "corrupt"),
    "nested": (archive({"xl/embeddings/a.xlsx": b"PK"}), "nested"),
    "nested by content": (archive({"xl/media/a.bin": b"PK\x03\x04" + b"0" * 40}), "nested"),
    "macros": (archive({"xl/vbaProject.bin": b"\x00"}), "macros"),
    "climbing path": (archive({"../../etc/passwd": b"x"}), "corrupt"),
    "billion cells": (
        archive({
            "xl/worksheets/sheet1.xml": sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c></row>'
                '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )
        }),
        "too_many_cells",
    ),
    "xml entities": (
        archive({
            "xl/worksheets/sheet1.xml": sheet_xml(
                '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>',
                '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
            )
        }),
        "entities",
    ),
    "too large": (b"a;b\r\n" * 2_200_000, "too_large"),
    "one long line": (b"x;" * 4_500_000, "long_line"),
}  # fmt: skip


def ods(content: str, manifest: str = "") -> bytes:
    entries = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
    }
    if manifest:
        entries["META-INF/manifest.xml"] = manifest.encode()
    return archive(entries, base=None)


ODS_HEAD = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>'
    '<office:spreadsheet><table:table table:name="F">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
WIDE_ROW = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
    ' table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row>'
)
CASES |= {
    "broken ods": (ods("<office:document-content"), "corrupt"),
    "billion ods cells": (ods(ODS_HEAD + WIDE_ROW + ODS_TAIL), "too_many_cells"),
    "locked ods": (ods("x", "<manifest:encryption-data/>"), "password"),
    "ods entities": (ods('<!DOCTYPE a [<!ENTITY b "c">]>' + ODS_HEAD + ODS_TAIL), "entities"),
    "odt": (
        archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"},
                base=None),
        "wrong_type",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(CASES))
@pytest.mark.parametrize("name", ["fichier.xlsx", "fichier.csv"])
def test_refused_by_content_with_a_plain_reason(case: str, name: str, tmp_path: Path) -> None:
    data, code = CASES[case]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read(path, today=TODAY)
    assert refused.value.reason_code == code
    said = refused.value.message_fr
    assert said.endswith("Rien n'a été enregistré.")
    assert "!" not in said
    assert all(len(sentence.split()) <= 20 for sentence in said.split(". "))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(UnreadableFile):
            read(path, today=TODAY)


def outcome(path: Path) -> str:
    try:
        return read(path, today=TODAY).kind
    except UnreadableFile as refused:
        return refused.reason_code


@pytest.mark.parametrize("length", [1, 3, 50, 1500, 5000, 9000, 12000])
def test_cut_and_altered_workbooks_never_crash(length: int, tmp_path: Path) -> None:
    whole = ROLL.read_bytes()
    altered = whole[:length] + b"\x00\xff" + whole[length + 2 :]
    for name, data in (("cut", whole[:length]), ("altered", altered)):
        path = tmp_path / name
        path.write_bytes(data)
        assert outcome(path) in {*Kind, "wrong_type", "corrupt", "entities", "bomb"}


def test_a_csv_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("Date;Prénom;Nom\n02/03/2026;Loïc;Moreau\n03/03/2026;Zoé;Rossi\n", "cp1252")
    reading = read(path, today=TODAY)
    assert [person.label for person in reading.people] == ["Loïc M.", "Zoé R."]


def test_formulas_and_injections_are_only_text(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [("Mars 2026", [
        ["", 2, 3, 4],
        ["MOREAU Loïc", "x", "", "x"],
        ["ROSSI Zoé", "", '=HYPERLINK("http://exemple.test","x")', "x"],
        ["TOTAL", "=COUNTA(B2:B3)", "=COUNTA(C2:C3)", "=COUNTA(D2:D3)"],
    ])])  # fmt: skip
    reading = read(path, today=TODAY)
    assert [person.label for person in reading.people] == ["Loïc M.", "Zoé R."]


def test_the_child_reads_the_same(tmp_path: Path) -> None:
    for name in ("presences_trimestre.xlsx", "passages.csv", "programme_semaine.ods"):
        path = SAMPLES / name
        assert read_in_subprocess(path, today=TODAY) == read(path, today=TODAY)


def test_the_child_refuses_with_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(CASES["bomb"][0])
    with pytest.raises(UnreadableFile) as refused:
        read_in_subprocess(path, today=TODAY)
    assert refused.value.reason_code == "bomb"


Limit = Callable[[Path], object]


@pytest.mark.parametrize(
    "limit",
    [
        lambda path: read_in_subprocess(path, today=TODAY, memory_mb=90),
        lambda path: read_in_subprocess(path, today=TODAY, seconds=1),
    ],
    ids=["memory", "time"],
)
def test_a_child_out_of_its_limits_is_a_refusal(limit: Limit, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = (f"{n % 28 + 1}/03/2026;A{n:x}b;C{n * 7919:x}d;;;;" for n in range(190_000))
    path.write_text("Date;Prénom;Nom;a;b;c\n" + "\n".join(lines))
    with pytest.raises(UnreadableFile) as refused:
        limit(path)
    assert refused.value.reason_code in ("limit_reached", "time_limit")
