"""A document as files that people go on with: DOCX to change, XLSX to add up."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from espace.core.spreadsheets import Cell, Sheet
from espace.reports.choices import Origin
from espace.reports.printing import answer_text, notes, status_line
from espace.reports.queries.drafts import Agreed
from espace.reports.rules.content import Content, Line, Part, Table

LANGUAGE, FONT, SIZE = "fr-FR", "Atkinson Hyperlegible Next", 12


def document_docx(
    content: Content, agreements: tuple[Agreed, ...], photos: dict[str, bytes], *, is_draft: bool
) -> bytes:
    """Return the document as DOCX: real headings, tables with a head row, pictures with words."""
    made = Document()
    _prepare(made, f"{content.title} {content.year}")
    made.add_heading(f"{content.title} {content.year}", level=1)
    made.add_paragraph(content.place)
    status = status_line(agreements, is_draft=is_draft)
    if status:
        made.add_paragraph(status)
    for part in content.parts:
        _write_part(made, part, photos)
    said = notes(content)
    if said:
        made.add_heading(_("Pour bien lire"), level=2)
        for one in said:
            made.add_paragraph(one, style="List Bullet")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _prepare(made: OpenDocument, title: str) -> None:
    made.core_properties.title = title
    made.core_properties.language = LANGUAGE
    made.core_properties.author = "Mon Espace FiGEM"
    made.core_properties.comments = ""
    style = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    languages = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): LANGUAGE})
    style.element.rPr.append(languages)


def _write_part(made: OpenDocument, part: Part, photos: dict[str, bytes]) -> None:
    shown = [one for one in part.pictures if one.id in photos]
    if not (part.sentences or part.lines or part.words or part.tables or shown):
        return
    made.add_heading(part.title, level=2)
    for text in (*part.sentences, *part.words):
        made.add_paragraph(text)
    for one in shown:
        made.add_picture(io.BytesIO(photos[one.id]), width=Cm(12))
        made.inline_shapes[-1]._inline.docPr.set("descr", one.alt)
        made.add_paragraph(one.alt)
    if part.lines:
        rows = [(line.label, answer_text(line)) for line in part.lines]
        _write_table(made, (_("Question"), _("Réponse")), rows)
    for table in part.tables:
        made.add_heading(table.title, level=3)
        _write_table(made, table.columns, table.rows)
        if table.note:
            made.add_paragraph(table.note)


def _write_table(made: OpenDocument, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def sheet_of(content: Content) -> Sheet:
    """Return every row of a document, and every sentence, as one table."""
    columns = [_("Partie"), _("Question"), _("Réponse"), _("Unité"), _("D'où ça vient"), _("Code")]
    rows: list[list[Cell]] = []
    for part in content.parts:
        for line in part.lines:
            rows.append(
                [part.title, line.label, cell_of(line), line.unit, origin_fr(line), line.code]
            )
        for text in part.sentences:
            rows.append([part.title, text, None, "", str(Origin.COUNTED.label), ""])
        for text in part.words:
            rows.append([part.title, text, None, "", str(Origin.WRITTEN.label), ""])
        for table in part.tables:
            rows.extend(_table_rows(part, table))
    return Sheet(content.title, columns, rows)


def _table_rows(part: Part, table: Table) -> list[list[Cell]]:
    return [
        [part.title, f"{table.title} : {row[0]}, {column}", text, "", "", ""]
        for row in table.rows
        for column, text in zip(table.columns[1:], row[1:], strict=True)
    ]


def cell_of(line: Line) -> Cell:
    """Return the answer as a number when it is one."""
    return line.text or None if line.number is None else line.number


def origin_fr(line: Line) -> str:
    """Return where the answer of a row comes from, in words."""
    return str(Origin(line.origin).label)
