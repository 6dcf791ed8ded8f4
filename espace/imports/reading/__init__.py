"""Reads a GEM's own spreadsheet and says what it holds. Pure Python, no Django.

`read` opens a file and returns a `Reading`; `read_in_subprocess` does the same in a separate
process with limits on memory and time. `apply_answers` computes the reading again with the
answers of the person; `to_json` and `from_json` keep it between two pages.
"""

from espace.imports.reading.draft import from_json, to_json
from espace.imports.reading.model import (
    Category,
    Choice,
    HeadCount,
    Kind,
    Presence,
    Question,
    QuestionKind,
    Reading,
    ReadPerson,
    SheetSummary,
    Unreadable,
    UnreadableFile,
    VisitorCount,
)
from espace.imports.reading.questions import apply_answers
from espace.imports.reading.recognise import read
from espace.imports.reading.sandbox import read_in_subprocess

__all__ = [
    "Category",
    "Choice",
    "HeadCount",
    "Kind",
    "Presence",
    "Question",
    "QuestionKind",
    "ReadPerson",
    "Reading",
    "SheetSummary",
    "Unreadable",
    "UnreadableFile",
    "VisitorCount",
    "apply_answers",
    "from_json",
    "read",
    "read_in_subprocess",
    "to_json",
]
