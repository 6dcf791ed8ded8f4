"""What a draft would change, whatever its kind."""

from espace.groups.queries.from_file import GemOfFile, gem_of_file
from espace.imports.models import ImportBatch
from espace.imports.queries.members import MembersPreview, members_preview
from espace.imports.queries.programme import ProgrammePreview, programme_preview
from espace.imports.queries.records import (
    Preview,
    draft_reading,
    preview_of,
    says_same_people,
)
from espace.imports.reading import Kind, Reading

AnyPreview = Preview | MembersPreview | ProgrammePreview


def preview(batch: ImportBatch) -> AnyPreview | None:
    """Return what confirming would do; None when the draft is gone. Seven SQL queries at most."""
    reading = draft_reading(batch)
    gem = gem_of_file(gem_id=batch.gem_id)
    if reading is None or gem is None:
        return None
    return any_preview(gem, reading, says_same_people(batch))


def any_preview(gem: GemOfFile, reading: Reading, same_people: bool) -> AnyPreview:
    """Return what adding this reading to the GEM would do."""
    if reading.kind is Kind.MEMBERS:
        return members_preview(gem, reading, same_people)
    if reading.kind in (Kind.PROGRAMME, Kind.CALENDAR):
        return programme_preview(gem, reading)
    return preview_of(gem, reading, same_people)
