"""Facts of the surveys that are over; an open one has no figure."""

from django.db.models.query import QuerySet

from espace.core.facts import Entity, FactType, Field
from espace.surveys.choices import RoundState
from espace.surveys.models import Answer, Round
from espace.surveys.rules import questionnaire


def round_rows() -> QuerySet[Round]:
    return Round.objects.filter(state=RoundState.CLOSED, national__isnull=True)


def answer_rows() -> QuerySet[Answer]:
    over = Answer.objects.filter(round__state=RoundState.CLOSED, score__isnull=False)
    return over.filter(round__national__isnull=True)


ROUND = Entity(
    name="survey_round",
    rows=round_rows,
    fields={
        "id": Field(FactType.REF, "id"),
        "year": Field(FactType.INT, "year"),
        "invited_count": Field(FactType.INT, "invited_count"),
    },
)
ANSWER = Entity(
    name="survey_answer",
    rows=answer_rows,
    gem="round__gem_id",
    fields={
        "round_id": Field(FactType.REF, "round_id"),
        "question": Field(FactType.ENUM, "question", tuple(questionnaire().codes)),
        "score": Field(FactType.INT, "score"),
    },
)
ENTITIES = (ROUND, ANSWER)
