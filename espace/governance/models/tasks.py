"""Tasks that can be taken over: a short sheet, who holds it, and deadlines that were met."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from espace.governance.choices.tasks import DeadlineKind, TaskKind
from espace.governance.models.meetings import Decision
from espace.groups.models import Gem, Identified, Person


class Task(Identified):
    """An office or a recurring task, on a short sheet."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(_("Quelle sorte de tâche ?"), max_length=18, choices=TaskKind)
    title = models.CharField(_("Son nom"), max_length=60)
    rhythm = models.CharField(_("Quand ?"), max_length=60, blank=True)
    what = models.TextField(_("Que faut-il faire ?"), max_length=400, blank=True)
    papers = models.CharField(_("Quels papiers ?"), max_length=160, blank=True)
    next_on = models.DateField(_("Prochaine date"), null=True, blank=True)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "id"]


class TaskHolder(Identified):
    """Someone who holds a task, from a day on (fact « responsibility »)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="holders")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks_held"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # What made a legal mandate or a bank signature move.
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["started_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_running_hold_a_person",
                fields=["task", "person"],
                condition=Q(ended_on__isnull=True, person__isnull=False),
            ),
            models.CheckConstraint(
                name="a_hold_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
        ]


class DeadlineMet(Identified):
    """A deadline somebody said was met; ``key`` is what it was about. Names nobody."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="deadlines_met")
    kind = models.CharField(max_length=8, choices=DeadlineKind)
    key = models.CharField(max_length=140)
    met_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_deadline_is_met_once", fields=["gem", "key"])
        ]
