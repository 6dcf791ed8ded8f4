"""Writes who does what in a fictional GEM."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from espace.demonstration.actions.places import fresh_id
from espace.governance.models import AutonomyStep, Decision, Task, TaskHolder, WhoDoesWhat
from espace.governance.queries.tasks import proposed
from espace.governance.rules.autonomy import content
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


def write_autonomy(gem: Gem, today: date, rng: Random) -> None:
    """Write two steps proved by decisions, and who does what last year and this one."""
    decisions = Decision.objects.filter(meeting__gem=gem, meeting__date__lt=today)
    proofs = decisions.order_by("meeting__date", "pk")[:2]
    AutonomyStep.objects.bulk_create(
        AutonomyStep(id=fresh_id(rng), gem=gem, step=rank, decision=one)
        for rank, one in enumerate(proofs, 1)
    )
    answers = {one.code: "bureau" for one in content().questions}
    answers |= {"activites": "adherents", "cles": "salaries", "contrats": "gestionnaire"}
    answers |= {"subvention": "gestionnaire", "budget": "gestionnaire", "embauche": "inconnu"}
    WhoDoesWhat.objects.create(
        id=fresh_id(rng), gem=gem, year=today.year - 1, answers=answers,
        reviewed_on=today - timedelta(days=400),
    )  # fmt: skip
    WhoDoesWhat.objects.create(
        id=fresh_id(rng), gem=gem, year=today.year, reviewed_on=today - timedelta(days=40),
        answers={**answers, "budget": "ensemble", "cles": "adherents"},
    )  # fmt: skip
