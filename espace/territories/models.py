"""What the figures of GEM add up to, place by place and period by period. Names nobody.

Everything here is computed from facts and may be thrown away: ``manage.py count_places
--everything`` makes it again.
"""

from typing import ClassVar

from django.db import models

from espace.territories.choices import Level


class GemFigures(models.Model):
    """Every figure one GEM brings to its places over one period.

    Exact, of people too: nothing outside this package and the monthly closing may read it.
    ``cells`` is by catalogue code: ``rules.GemCell``.
    """

    gem = models.ForeignKey("groups.Gem", on_delete=models.CASCADE, related_name="+")
    start = models.DateField()
    end = models.DateField()
    # Where it is counted: those of the GEM on the day this row was made.
    departement_code = models.CharField(max_length=3)
    region_code = models.CharField(max_length=3)
    cells = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["gem", "start", "end"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_row_a_gem_and_period", fields=["gem", "start", "end"])
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="gem_figures_of_a_place", fields=["departement_code", "start", "end"])
        ]


class PlaceFigures(models.Model):
    """Every figure of a département, a région or the nation over one period.

    ``region_code`` is the région of a département, empty above. ``cells`` is by catalogue code
    (``rules.PlaceCell``), ``histogram`` what the medians are made from (``rules.Histogram``).
    """

    level = models.CharField(max_length=12, choices=Level)
    code = models.CharField(max_length=3)
    region_code = models.CharField(max_length=3, blank=True)
    start = models.DateField()
    end = models.DateField()
    gems = models.PositiveIntegerField()
    cells = models.JSONField()
    histogram = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["level", "code", "start", "end"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_row_a_place_and_period", fields=["level", "code", "start", "end"]
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="places_of_a_region", fields=["region_code", "start", "end"])
        ]


class StaleGem(models.Model):
    """A GEM whose facts changed: its rows from ``since`` on wait for the worker.

    ``ticket`` is new at each change, so that the worker forgets only what it has counted.
    """

    gem = models.OneToOneField(
        "groups.Gem", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateField()
    ticket = models.UUIDField()
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "gem"]


class Turn(models.Model):
    """One row, locked by whoever writes sums: two workers never add up the same place at once.

    ``formulas`` is the fingerprint of the catalogue the rows were made with.
    """

    formulas = models.CharField(max_length=64, blank=True)
