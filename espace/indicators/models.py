"""What a GEM chose about its figures. The figures themselves are never stored here."""

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
