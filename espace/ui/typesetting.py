"""One Typst template and its data make a PDF, with our own fonts: nothing asked of the machine."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import typst

FONTS = Path(__file__).parent / "typst" / "fonts"
# Readable by screen readers, as the law asks of a document (decision 16).
STANDARD: Literal["ua-1"] = "ua-1"


def typeset(template: Path, data: object, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the PDF of ``template``, tagged and in French.

    Each package has its own folder of templates; all print with the same fonts. ``pictures`` are
    files the template may show, by their names.
    """
    if not pictures:
        return _typeset(template, data)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(template, folder))
        for name, content in pictures.items():
            (Path(folder) / name).write_bytes(content)
        return _typeset(copy, data)


def _typeset(template: Path, data: object) -> bytes:
    text = json.dumps(data)
    try:
        return _compile(template, text, STANDARD, with_system_fonts=False)
    except typst.TypstError:
        # A text holds a sign that our fonts do not have (an emoji, another script), which the
        # standard refuses. The machine may have it; without it an empty square stands there.
        return _compile(template, text, None, with_system_fonts=True)


def _compile(
    template: Path, data: str, standard: Literal["ua-1"] | None, *, with_system_fonts: bool
) -> bytes:
    fonts = typst.Fonts(include_system_fonts=with_system_fonts, font_paths=[FONTS])
    compiler = typst.Compiler(
        template, root=template.parent, font_paths=fonts, sys_inputs={"data": data}
    )
    pdf = compiler.compile(format="pdf", pdf_standards=standard)
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf))
    return pdf
