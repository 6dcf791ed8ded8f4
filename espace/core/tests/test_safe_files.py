"""The copy we keep of a file: real files in, and what is left of them."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from espace.core.file_kinds import FileKind
from espace.core.safe_files import IMAGES, SafeFile, safe_copy
from espace.core.sandbox import UnreadableFile

CANARY = "Zoe Canari-Duchemin"


def photo(form: str = "JPEG", size: tuple[int, int] = (3000, 1500)) -> bytes:
    """Return a picture that says where it was taken, and by whom."""
    image = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x013B] = CANARY
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)}
    file = io.BytesIO()
    image.save(file, form, exif=exif)
    return file.getvalue()


def pdf() -> bytes:
    """Return a PDF with an author, a script that starts alone, a file inside and a button."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": CANARY})
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('canari');"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    writer.add_attachment("secret.exe", b"MZ canari")
    run = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("canari.exe")}
    )
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/A"): run,
        }
    )
    writer.add_annotation(0, note)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def office(**more: bytes) -> bytes:
    """Return a small docx that says who wrote it, with a picture inside."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document>Statuts</w:document>")
        archive.writestr("docProps/core.xml", f"<creator>{CANARY}</creator>")
        archive.writestr("word/media/image1.jpeg", photo(size=(60, 40)))
        for name, content in more.items():
            archive.writestr(name, content)
    return file.getvalue()


def odt() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:text>Projet</office:text>")
        archive.writestr("meta.xml", f"<dc:creator>{CANARY}</dc:creator>")
    return file.getvalue()


def everything(copy: SafeFile) -> bytes:
    """Return the bytes of a copy, and those of every part of an archive."""
    if not copy.content.startswith(b"PK"):
        return copy.content
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.fast
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_again_without_its_place(form: str) -> None:
    sent = photo(form)
    assert CANARY.encode() in sent
    copy = safe_copy([sent], IMAGES)
    assert copy.kind == FileKind.IMAGE
    assert CANARY.encode() not in copy.content
    with Image.open(io.BytesIO(copy.content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (2000, 1000), {})


@pytest.mark.fast
def test_what_hides_behind_a_photo_goes() -> None:
    behind = b"PK\x03\x04 <script>canari</script>"
    assert b"canari" not in safe_copy([photo() + behind]).content


@pytest.mark.fast
def test_a_pdf_loses_its_author_and_all_that_runs() -> None:
    copy = safe_copy([pdf() + b"\n<html><script>canari</script>"])
    assert copy.kind == FileKind.PDF
    for gone in (CANARY.encode(), b"canari", b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
        assert gone not in copy.content
    assert len(PdfReader(io.BytesIO(copy.content)).pages) == 1


@pytest.mark.fast
@pytest.mark.parametrize(
    ("make", "kind"), [(office, FileKind.DOCX), (odt, FileKind.ODT)], ids=["docx", "odt"]
)
def test_an_office_file_loses_its_author(make: Callable[[], bytes], kind: FileKind) -> None:
    sent = make()
    copy = safe_copy([sent])
    assert copy.kind == kind
    assert CANARY.encode() in everything(SafeFile(kind, sent))
    assert CANARY.encode() not in everything(copy)
    assert b"Statuts" in everything(copy) or b"Projet" in everything(copy)


EXTERNAL = (
    b'<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" '
    b'Target="http://192.0.2.1/t.dotm" TargetMode="External"/></Relationships>'
)
REFUSED = {
    "empty": (b"  \n", "empty"),
    "web_page": (b"<!doctype html><script>1</script>", "wrong_type"),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
    "program": (b"MZ\x90\x00" + bytes(300), "wrong_type"),
    "phone_photo": (b"\x00\x00\x00\x18ftypheic" + bytes(100), "heic"),
    "half_a_photo": (photo()[:200], "corrupt"),
    "broken_pdf": (b"%PDF-1.7\ngarbage", "corrupt"),
    "macros": (office(**{"word/vbaProject.bin": b"x"}), "macros"),
    "nested": (office(**{"word/embeddings/a.xlsx": b"PK"}), "nested"),
    "entities": (office(**{"word/x.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "entities"),
    "elsewhere": (office(**{"word/_rels/settings.xml.rels": EXTERNAL}), "external"),
    "climbs": (office(**{"../../etc/passwd": b"x"}), "corrupt"),
    "bomb": (office(**{"word/big.xml": bytes(60 * 1024 * 1024)}), "bomb"),
    "too_big": (b"a;b\n" * 3_000_000, "too_large"),
}


@pytest.mark.parametrize(("sent", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_we_refuse_is_said_in_words(sent: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        safe_copy([sent])
    assert refused.value.reason_code == code
    assert "Rien n'a été gardé." in refused.value.message_fr


@pytest.mark.fast
def test_a_place_for_photos_takes_nothing_else() -> None:
    with pytest.raises(UnreadableFile) as refused:
        safe_copy([pdf()], IMAGES)
    assert refused.value.reason_code == "wrong_type"


@pytest.mark.fast
def test_a_picture_with_a_billion_points_does_not_hurt() -> None:
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    with pytest.raises(UnreadableFile) as refused:
        safe_copy([file.getvalue()])
    assert refused.value.reason_code in ("too_many_pixels", "corrupt")


@pytest.mark.fast
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    sent=st.sampled_from([photo(size=(40, 30)), pdf(), office(), odt()]),
    at=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
)
def test_a_damaged_file_is_read_or_refused_in_words(sent: bytes, at: float, byte: int) -> None:
    broken = bytearray(sent)
    broken[int(at * len(sent))] = byte
    try:
        kept = safe_copy([bytes(broken)]).content
    except UnreadableFile as refused:
        kept = refused.message_fr.encode()
    assert kept
    assert b"/JavaScript" not in kept
