"""Documents as files and notes, for the pages of those who receive them."""

from espace.core.spreadsheets import Cell, Sheet
from espace.reports import exporting, printing
from espace.reports.queries.drafts import photo_contents
from espace.reports.queries.received import ReceivedPage
from espace.reports.rules.content import Content, Line


def pdf_of(page: ReceivedPage) -> bytes:
    """Return a document that was sent, to print. One SQL query."""
    photos = photo_contents(page.content)
    return printing.document_pdf(page.content, page.agreements, photos, is_draft=False)


def sheet_of(content: Content) -> Sheet:
    """Return every row of a document as one table."""
    return exporting.sheet_of(content)


def cell_of(line: Line) -> Cell:
    """Return the answer of a row as a number when it is one."""
    return exporting.cell_of(line)


def notes(content: Content) -> list[str]:
    """Return what a reader must know of the numbers of a document."""
    return printing.notes(content)
