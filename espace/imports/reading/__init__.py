"""Reads a GEM's own spreadsheet and says what it holds. Pure Python, no Django.

`read` opens a file and returns a `Reading`; `read_in_subprocess` does the same in a separate
process with limits on memory and time. `apply_answers` computes the reading again with the
answers of the person; `to_json` and `from_json` keep it between two pages.
"""

from espace.core.sandbox import UnreadableFile
from espace.imports.reading.draft import from_json, to_json
from espace.imports.reading.model import (
    Activity,
    Category,
    Choice,
    HeadCount,
    Kind,
    Opened,
    Planned,
    Presence,
    Question,
    QuestionKind,
    Reading,
    ReadMembership,
    ReadPerson,
    SheetSummary,
    Unreadable,
    VisitorCount,
)
from espace.imports.reading.questions import apply_answers
from espace.imports.reading.recognise import read
from espace.imports.reading.sandbox import read_in_subprocess
from espace.imports.reading.weeks import window as programme_window

__all__ = [
    "Activity",
    "Category",
    "Choice",
    "HeadCount",
    "Kind",
    "Opened",
    "Planned",
    "Presence",
    "Question",
    "QuestionKind",
    "ReadMembership",
    "ReadPerson",
    "Reading",
    "SheetSummary",
    "Unreadable",
    "UnreadableFile",
    "VisitorCount",
    "apply_answers",
    "from_json",
    "programme_window",
    "read",
    "read_in_subprocess",
    "to_json",
]
