"""The last step of adding a file, the same for every kind."""

from collections.abc import Mapping
from typing import Any

from espace.core.clock import now
from espace.groups.actions import touch
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.reading import Reading

LINES_KEPT = 200


class StopAskedError(Exception):
    """The person asked to stop while rows were being added."""


def working(batch: ImportBatch) -> ImportBatch:
    """Lock the import and return it; StopAskedError when it is no longer being added."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != State.WORKING:
        raise StopAskedError
    return locked


def finish(
    locked: ImportBatch, reading: Reading, result: Mapping[str, int], details: Mapping[str, Any]
) -> None:
    """Note what was added, erase the draft; the caller holds the lock."""
    locked.result = {**result, "unreadable": len(reading.unreadable)}
    locked.details = {
        **details,
        "unreadable": [[u.sheet, u.line, u.reason] for u in reading.unreadable[:LINES_KEPT]],
        "dropped": list(reading.dropped),
    }
    touch(locked.gem_id)
    locked.state, locked.done_at = State.DONE, now()
    locked.reading, locked.answers, locked.progress_done = None, {}, locked.progress_total
    locked.save()
