"""The way to self-management: steps proved by a decision, and who does what, year by year."""

from typing import ClassVar

from django.db import models

from espace.governance.models.meetings import Decision
from espace.groups.models import Gem, Identified


class AutonomyStep(Identified):
    """A step that a GEM took, with the decision that says so. Never a score."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="autonomy_steps")
    step = models.PositiveSmallIntegerField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["step"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_step_is_taken_once", fields=["gem", "step"])
        ]


class WhoDoesWhat(Identified):
    """The answers of a year to « qui fait quoi »: an actor for each question, never a person."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="who_does_what")
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    reviewed_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_who_does_what_a_year", fields=["gem", "year"])
        ]
