"""What an import needs to know of a GEM and of its roll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from espace.groups.models import Gem, Membership, OpeningHours, Person


@dataclass(frozen=True, slots=True)
class GemOfFile:
    """The GEM a file is for."""

    id: UUID
    name: str
    counts_with_names: bool
    time_zone: str


@dataclass(frozen=True, slots=True)
class OnRoll:
    """Someone of the roll; ``first_seen_on`` None means « déjà là »."""

    id: UUID
    label: str
    first_seen_on: date | None


@dataclass(frozen=True, slots=True)
class Hours:
    """One usual opening; ``member_run`` when members hold the place."""

    starts_at: time
    ends_at: time
    member_run: bool


def gem_of_file(*, gem_id: UUID | None = None, slug: str = "") -> GemOfFile | None:
    """Return the GEM of that id, else of that slug; None when there is none. One SQL query."""
    wanted = {"pk": gem_id} if gem_id else {"slug": slug}
    gem = Gem.objects.filter(**wanted).only("name", "counting", "time_zone").first()
    if gem is None:
        return None
    return GemOfFile(gem.pk, gem.name, gem.counts_with_names, gem.time_zone)


def names_of_other_gems(gem_id: UUID) -> list[str]:
    """Names of all the other GEM, sorted: a file may carry the title of one. One SQL query."""
    others = Gem.objects.exclude(pk=gem_id).order_by("name")
    return list(others.values_list("name", flat=True).distinct())


def roll_for_file(gem_id: UUID, *, without_batch: UUID | None = None) -> list[OnRoll]:
    """Everyone of the roll, by label; without those that one import brought. One SQL query."""
    people = Person.objects.filter(gem_id=gem_id)
    if without_batch is not None:
        people = people.exclude(batch_id=without_batch)
    ordered = people.order_by("first_name", "initial", "number")
    return [OnRoll(person.pk, person.label, person.first_seen_on) for person in ordered]


@dataclass(frozen=True, slots=True)
class NameOnRoll:
    """How a GEM's roll calls someone."""

    gem_id: UUID
    label: str


def name_on_roll(person_id: UUID) -> NameOnRoll | None:
    """Return how the roll calls someone; None when there is no such line. One SQL query."""
    person = Person.objects.filter(pk=person_id).first()
    return NameOnRoll(person.gem_id, person.label) if person else None


def years_of_members(gem_id: UUID) -> dict[UUID, frozenset[int]]:
    """The years of membership of each person of the roll who has any. One SQL query."""
    found: dict[UUID, set[int]] = {}
    rows = Membership.objects.filter(person__gem_id=gem_id)
    for person, year in rows.values_list("person_id", "year"):
        found.setdefault(person, set()).add(year)
    return {person: frozenset(years) for person, years in found.items()}


def first_names_of_roll(gem_id: UUID) -> list[str]:
    """First names and nicknames of the roll, sorted: a file's titles lose them. One SQL query."""
    people = Person.objects.filter(gem_id=gem_id).order_by("first_name")
    return list(people.values_list("first_name", flat=True).distinct())


def people_of_batch(gem_id: UUID, batch_id: UUID) -> list[UUID]:
    """Ids of those whom an import put on the roll. One SQL query."""
    brought = Person.objects.filter(gem_id=gem_id, batch_id=batch_id)
    return list(brought.values_list("pk", flat=True))


def usual_hours(gem_id: UUID) -> Mapping[int, Sequence[Hours]]:
    """Usual openings by week day (1 is Monday), each day in order. One SQL query."""
    found: dict[int, list[Hours]] = {}
    rows = OpeningHours.objects.filter(gem_id=gem_id).order_by("weekday", "starts_at")
    for row in rows:
        found.setdefault(row.weekday, []).append(Hours(row.starts_at, row.ends_at, row.member_run))
    return found
