"""Writes who does what in a fictional GEM."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from espace.demonstration.actions.places import fresh_id
from espace.governance.models import Task, TaskHolder
from espace.governance.queries.tasks import proposed
from espace.groups.models import Gem, Person


def write_tasks(gem: Gem, people: Sequence[Person], today: date, rng: Random) -> None:
    """Write the proposed sheets, most of them held by people who are around."""
    rows = Task.objects.bulk_create(
        Task(id=fresh_id(rng), gem=gem, **sheet) for sheet in proposed()
    )
    TaskHolder.objects.bulk_create(
        TaskHolder(
            id=fresh_id(rng),
            task=row,
            person=person,
            started_on=today - timedelta(days=rng.randrange(20, 400)),
        )
        for row in rows
        if rng.random() < 0.75
        for person in rng.sample(list(people), min(len(people), rng.choice((1, 1, 2))))
    )
