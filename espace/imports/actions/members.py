"""Writing a list of members, and taking it back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from espace.accounts.access import Actor
from espace.groups.actions.from_file import (
    Newcomer,
    YearOfMember,
    add_memberships_from_file,
    enrol_from_file,
    remove_memberships_from_file,
)
from espace.groups.queries.from_file import GemOfFile, roll_for_file
from espace.imports.actions.attendance import withdraw
from espace.imports.actions.finishing import finish, working
from espace.imports.models import ImportBatch
from espace.imports.queries.members import match_members
from espace.imports.queries.records import says_same_people
from espace.imports.reading import Reading
from espace.imports.rules.records import name_of


@transaction.atomic
def write(*, actor: Actor, batch: ImportBatch, gem: GemOfFile, reading: Reading) -> ImportBatch:
    """Put the people of the list on the roll, then their memberships, in one go.

    They are « déjà là »: a list does not say that they came, so nobody becomes a newcomer.
    """
    locked = working(batch)
    people = match_members(reading, roll_for_file(gem.id), says_same_people(batch))
    label = {person.index: person.label for person in reading.people}
    names = [name_of(label[index]) for index in people.new]
    made = enrol_from_file(
        actor=actor,
        gem_id=gem.id,
        batch_id=batch.pk,
        newcomers=[Newcomer(name.first_name, name.initial, None) for name in names],
    )
    found = {**people.known, **dict(zip(people.new, made, strict=True))}
    written = add_memberships_from_file(
        actor=actor,
        gem_id=gem.id,
        memberships=[
            YearOfMember(found[m.person], m.year, m.started_on, m.fee_cents, m.is_first)
            for m in reading.memberships
        ],
    )
    result = {
        "people": len(made),
        "memberships": len(written),
        "already_there": len(reading.memberships) - len(written),
    }
    finish(locked, reading, result, {"memberships": _kept(written)})
    return locked


def take_back(*, actor: Actor, batch: ImportBatch) -> None:
    """Remove the memberships nobody corrected since, then the people nobody saw since."""
    written = {
        UUID(pk): (year, date.fromisoformat(day), cents, first)
        for pk, (year, day, cents, first) in batch.details.get("memberships", {}).items()
    }
    remove_memberships_from_file(actor=actor, gem_id=batch.gem_id, written=written)
    withdraw(actor=actor, batch=batch)


def _kept(written: dict[UUID, YearOfMember]) -> dict[str, list[Any]]:
    return {
        str(pk): [one.year, one.started_on.isoformat(), one.fee_cents, one.is_first]
        for pk, one in written.items()
    }
