"""The monthly closings: what everyone may read, and apart from it what nobody may."""

from typing import ClassVar

from django.db import models


class Release(models.Model):
    """What one closing published: never changed, never computed again.

    ``tables`` is by table name, then cell key: a number, or null when hidden. ``places`` is by
    place: [GEM counted, GEM here]. ``signature`` proves that nobody wrote in it since.
    """

    month = models.DateField(unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    tables = models.JSONField()
    places = models.JSONField()
    # Months of GEM corrected since the last closing: this one says so, the last one stays.
    corrected_gems = models.PositiveIntegerField(default=0)
    signature = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["-month"]


class BlockedClosing(models.Model):
    """A closing that its own checks refused: what was published before stays."""

    month = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    failures = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]


class ClosingMemory(models.Model):
    """What a closing hands over to the next one, exact: read by the next closing only."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, primary_key=True)
    references = models.JSONField()
    hidden = models.JSONField()


class FrozenGem(models.Model):
    """The exact counts of one GEM on the day of a closing, so that no later day changes them."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    gem = models.ForeignKey("groups.Gem", on_delete=models.CASCADE, related_name="+")
    departement_code = models.CharField(max_length=3)
    region_code = models.CharField(max_length=3)
    people = models.JSONField()
    passages = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_frozen_row_a_gem", fields=["release", "gem"])
        ]
