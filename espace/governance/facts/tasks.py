"""The roles that people chose, for the figures."""

from django.db.models.query import QuerySet

from espace.core.facts import Entity, FactType, Field
from espace.governance.choices.tasks import RESPONSIBILITIES
from espace.governance.models import TaskHolder


def holder_rows() -> QuerySet[TaskHolder]:
    """Tasks chosen by people: a legal mandate is counted as a mandate."""
    return TaskHolder.objects.filter(task__removed=False, task__kind__in=RESPONSIBILITIES)


RESPONSIBILITY = Entity(
    name="responsibility",
    rows=holder_rows,
    gem="task__gem_id",
    fields={
        "person_id": Field(FactType.REF, "person_id"),
        "kind": Field(FactType.ENUM, "task__kind", tuple(RESPONSIBILITIES)),
        "started_on": Field(FactType.DATE, "started_on"),
        "ended_on": Field(FactType.DATE, "ended_on"),
    },
)

ENTITIES = (RESPONSIBILITY,)
