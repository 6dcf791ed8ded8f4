"""The files of the binder, for the archive of a GEM."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.binder.queries import REGISTERS, rows_of
from espace.groups.archive import Part


def documents(actor: Actor, gem_id: UUID) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the documents that this person may read; one SQL query."""
    rows = rows_of(actor, gem_id, REGISTERS["documents"]).exclude(file="")
    for number, row in enumerate(rows, 1):
        with row.file.open("rb") as file:
            yield f"{number:03}-{row.kind}.{row.file_kind}", file.read()


PART = Part("documents", _("Nos documents"), documents)
