"""What the day sheet and the programme need to know of a GEM and of its roll."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from espace.groups.choices import GemStatus
from espace.groups.models import Gem, Membership, OpeningHours, Person
from espace.groups.queries.roll import plain
from espace.groups.rules.labels import Label, LabelError, read_label, same_label


@dataclass(frozen=True, slots=True)
class SheetGem:
    """A GEM as its sheets see it; ``opened_on`` None when it is not known."""

    id: UUID
    name: str
    counts_with_names: bool
    time_zone: str
    opened_on: date | None


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """Someone of the roll: a label, a pictogram ("" when none), the first coming."""

    id: UUID
    label: str
    pictogram: str
    first_seen_on: date | None


@dataclass(frozen=True, slots=True)
class TypedName:
    """A name typed in one field: what is kept of it, and who already has that label."""

    first_name: str
    initial: str
    label: str
    homonyms: tuple[SheetPerson, ...]


@dataclass(frozen=True, slots=True)
class UsualOpening:
    """One opening of a usual week; ``weekday`` 1 is Monday, ``hours`` its length."""

    weekday: int
    starts_at: time
    hours: Decimal
    member_run: bool


def sheet_gem(gem_id: UUID) -> SheetGem:
    """Return the GEM. Raises Gem.DoesNotExist. One SQL query."""
    gem = Gem.objects.only("name", "counting", "time_zone", "opened_on").get(pk=gem_id)
    return SheetGem(gem.pk, gem.name, gem.counts_with_names, gem.time_zone, gem.opened_on)


def sheet_roll(gem_id: UUID, *, always: Collection[UUID] = ()) -> list[SheetPerson]:
    """Everyone of the roll in alphabetical order, without those hidden; one SQL query.

    Those of ``always`` are there even when hidden: they have something on the sheet.
    """
    kept = set(always)
    people = Person.objects.filter(gem_id=gem_id).order_by("first_name", "initial", "number")
    shown = [_on_sheet(person) for person in people if not person.hidden or person.pk in kept]
    return sorted(shown, key=lambda person: plain(person.label))


def members_of_years(gem_id: UUID, years: Collection[int]) -> frozenset[UUID]:
    """Return whose membership of any of these years is noted. One SQL query."""
    rows = Membership.objects.filter(person__gem_id=gem_id, year__in=years)
    return frozenset(rows.values_list("person_id", flat=True))


def is_on_roll(gem_id: UUID, person_ids: Collection[UUID]) -> bool:
    """Tell whether all these people are on that GEM's roll. One SQL query."""
    wanted = set(person_ids)
    return Person.objects.filter(gem_id=gem_id, pk__in=wanted).count() == len(wanted)


def typed_name(gem_id: UUID, text: str) -> TypedName | None:
    """Read « Nadia B » and find who has that label already; None when no name can be read.

    Nobody is ever taken for someone else: whoever typed it is asked (decision 2). One SQL query.
    """
    try:
        label = read_label(text)
    except LabelError:
        return None
    close = Person.objects.filter(gem_id=gem_id, initial__iexact=label.initial)
    homonyms = [
        person
        for person in close.order_by("number")
        if same_label(Label(person.first_name, person.initial), label)
    ]
    return TypedName(
        label.first_name, label.initial, label.text(), tuple(_on_sheet(one) for one in homonyms)
    )


def usual_openings(gem_id: UUID) -> list[UsualOpening]:
    """The openings of a usual week, in order. One SQL query."""
    rows = OpeningHours.objects.filter(gem_id=gem_id).order_by("weekday", "starts_at")
    return [
        UsualOpening(
            row.weekday, row.starts_at, _hours_between(row.starts_at, row.ends_at), row.member_run
        )
        for row in rows
    ]


def all_gem_ids() -> list[UUID]:
    """Ids of every GEM, for jobs that go through all of them. One SQL query."""
    return list(Gem.objects.order_by("pk").values_list("pk", flat=True))


def open_gem_ids() -> list[UUID]:
    """Ids of the GEM that are open, practice ones left out. One SQL query."""
    rows = Gem.objects.filter(status=GemStatus.ACTIF, practice=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _hours_between(starts_at: time, ends_at: time) -> Decimal:
    minutes = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _on_sheet(person: Person) -> SheetPerson:
    return SheetPerson(person.pk, person.label, person.pictogram, person.first_seen_on)
