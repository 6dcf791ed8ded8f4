"""What a GEM chose about its figures, and the last value of those that can't be counted again.

A figure is otherwise never stored: it is counted each time.
"""

from typing import ClassVar

from django.db import models


class ChosenSentence(models.Model):
    """One of the five sentences that open a GEM's page, by its indicator's code."""

    gem = models.ForeignKey("groups.Gem", on_delete=models.CASCADE, related_name="chosen_sentences")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_sentence_a_place", fields=["gem", "position"]),
            models.UniqueConstraint(name="each_sentence_once", fields=["gem", "code"]),
        ]


class FinalValue(models.Model):
    """One figure over one period, as it was when the first names it needs went.

    ``label_fr``, ``unit`` and ``catalogue_version`` are those of that day: the value stays readable
    when its indicator changes or leaves the catalogue. ``answer`` is a « oui / non ».
    """

    gem = models.ForeignKey("groups.Gem", on_delete=models.CASCADE, related_name="final_values")
    code = models.CharField(max_length=8)
    start = models.DateField()
    end = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=8, null=True)
    answer = models.BooleanField(null=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=8, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=8, null=True)
    known_share = models.DecimalField(max_digits=12, decimal_places=10, null=True)
    state = models.CharField(max_length=20)
    label_fr = models.CharField(max_length=120)
    unit = models.CharField(max_length=40)
    catalogue_version = models.PositiveSmallIntegerField()
    kept_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["start", "end", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_final_value", fields=["gem", "code", "start", "end"])
        ]
