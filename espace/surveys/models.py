"""Surveys: a round of a year, its codes, and answers that are nobody's.

A code is on paper only; what is kept of it says whether it was used. An answer is a level of a
question: no person, no code, no hour, no order, and nothing that joins two answers of a sheet.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from espace.groups.models import Gem, Identified
from espace.surveys.choices import NationalState, RoundState


class NationalSurvey(Identified):
    """A survey drawn up by the federation; a published version never changes, another follows."""

    title = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=NationalState, default=NationalState.DRAFT)
    content = models.JSONField()
    made_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_on", "-version", "id"]


class Round(Identified):
    """A survey in a GEM: that of the year (fact « survey_round »), or a national one."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="survey_rounds")
    year = models.PositiveSmallIntegerField()
    questionnaire = models.CharField(max_length=40)
    national = models.ForeignKey(
        NationalSurvey, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    invited_count = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.OPEN)
    opened_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(default=0)
    """How many people answered."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_survey_round_a_year",
                fields=["gem", "year"],
                condition=Q(national__isnull=True),
            ),
            models.UniqueConstraint(name="one_round_a_national_survey", fields=["gem", "national"]),
        ]


class Code(Identified):
    """A slip of paper: we keep its mark, and whether it was used. Gone when the round closes."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)


class Answer(Identified):
    """A level of a question (fact « survey_answer »), or words; blank while it has neither."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="answers_of_a_question", fields=["round", "question"])
        ]
