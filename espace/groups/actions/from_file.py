"""People whom a GEM's own file brings to its roll, and taking them back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.models import Gem, Membership, Person

PERMISSION = "groups.bring_people"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Someone of the file to put on the roll; ``first_seen_on`` None means « déjà là »."""

    first_name: str
    initial: str
    first_seen_on: date | None


@dataclass(frozen=True, slots=True)
class YearOfMember:
    """A membership of the file, of someone of the roll."""

    person: UUID
    year: int
    started_on: date
    fee_cents: int | None
    is_first: bool


@transaction.atomic
def enrol_from_file(
    *, actor: Actor, gem_id: UUID, batch_id: UUID, newcomers: Sequence[Newcomer]
) -> list[UUID]:
    """Put them on the roll, in order; return their ids in the same order.

    Nobody is joined with someone of the roll: a homonym gets the next number.
    """
    require(actor, PERMISSION, gem_id)
    Gem.objects.select_for_update().get(pk=gem_id)
    highest = (
        Person.objects.filter(gem_id=gem_id)
        .order_by()
        .values_list("first_name", "initial")
        .annotate(top=Max("number"))
    )
    taken: dict[tuple[str, str], int] = defaultdict(int)
    taken.update({(first, initial): top for first, initial, top in highest})
    people = []
    for one in newcomers:
        label = (one.first_name, one.initial)
        taken[label] += 1
        people.append(
            Person(
                gem_id=gem_id,
                first_name=one.first_name,
                initial=one.initial,
                number=taken[label],
                first_seen_on=one.first_seen_on,
                batch_id=batch_id,
            )
        )
    Person.objects.bulk_create(people)
    return [person.pk for person in people]


@transaction.atomic
def correct_first_seen(
    *, actor: Actor, gem_id: UUID, changes: Mapping[UUID, date | None]
) -> dict[UUID, date | None]:
    """Set the first coming of people of the roll; return what it was, for those that changed."""
    require(actor, PERMISSION, gem_id)
    Gem.objects.select_for_update().get(pk=gem_id)
    before: dict[UUID, date | None] = {}
    for person in Person.objects.select_for_update().filter(gem_id=gem_id, pk__in=list(changes)):
        wanted = changes[person.pk]
        if person.first_seen_on != wanted:
            before[person.pk] = person.first_seen_on
            person.first_seen_on = wanted
            person.save(update_fields=["first_seen_on"])
    return before


@transaction.atomic
def add_memberships_from_file(
    *, actor: Actor, gem_id: UUID, memberships: Sequence[YearOfMember]
) -> dict[UUID, YearOfMember]:
    """Write the memberships that the roll does not have; return those written, by id.

    A year that someone has already is left alone. People of another GEM get nothing.
    """
    require(actor, PERMISSION, gem_id)
    Gem.objects.select_for_update().get(pk=gem_id)
    rows = Membership.objects.filter(person__gem_id=gem_id)
    there = set(rows.values_list("person_id", "year"))
    mine = set(Person.objects.filter(gem_id=gem_id).values_list("pk", flat=True))
    written: dict[UUID, YearOfMember] = {}
    new = []
    for one in memberships:
        if one.person not in mine or (one.person, one.year) in there:
            continue
        there.add((one.person, one.year))
        row = Membership(
            person_id=one.person,
            year=one.year,
            started_on=one.started_on,
            fee_cents=one.fee_cents,
            is_first=one.is_first,
        )
        new.append(row)
        written[row.pk] = one
    Membership.objects.bulk_create(new)
    return written


@transaction.atomic
def remove_memberships_from_file(
    *, actor: Actor, gem_id: UUID, written: Mapping[UUID, tuple[int, date, int | None, bool]]
) -> int:
    """Take back memberships an import wrote; one that somebody corrected since stays.

    ``written`` maps ids to (year, day, fee in cents, first one or not).
    """
    require(actor, PERMISSION, gem_id)
    Gem.objects.select_for_update().get(pk=gem_id)
    rows = Membership.objects.select_for_update().filter(
        person__gem_id=gem_id, pk__in=list(written)
    )
    leaving = [
        row.pk
        for row in rows
        if (row.year, row.started_on, row.fee_cents, row.is_first) == written[row.pk]
    ]
    Membership.objects.filter(pk__in=leaving).delete()
    return len(leaving)


@transaction.atomic
def withdraw_from_file(
    *, actor: Actor, gem_id: UUID, batch_id: UUID, keep: Collection[UUID]
) -> int:
    """Take off the roll the people this import put there; return how many went.

    ``keep`` are those seen since. Someone linked to an account, or with a membership, stays too.
    """
    require(actor, PERMISSION, gem_id)
    Gem.objects.select_for_update().get(pk=gem_id)
    brought = Person.objects.filter(
        gem_id=gem_id, batch_id=batch_id, account__isnull=True, memberships__isnull=True
    )
    leaving = [pk for pk in brought.values_list("pk", flat=True) if pk not in set(keep)]
    Person.objects.filter(gem_id=gem_id, pk__in=leaving).delete()
    return len(leaving)
