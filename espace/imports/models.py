"""One file brought in by a GEM, from its choice to its undoing."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from espace.groups.models import Gem, Identified
from espace.imports.choices import UNFINISHED, FileKind, State


class ImportBatch(Identified):
    """A file and what became of it.

    ``reading`` is the reader's draft: first names and one initial, never a surname; it is erased
    as soon as the import is added or abandoned, and after 24 hours. ``result`` keeps counts.
    ``details`` keeps places of the lines left out and what undoing needs, by ids and without any
    name; it is emptied when the 30 days to undo are over.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="import_batches")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    done_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=12, choices=FileKind, default=FileKind.UNKNOWN)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    upload_name = models.CharField(max_length=40, blank=True)
    reading = models.JSONField(null=True)
    answers = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="import_batch_gem", fields=["gem", "-made_at"])
        ]

    @property
    def is_waiting(self) -> bool:
        """True while someone should come back to it."""
        return self.state in UNFINISHED
