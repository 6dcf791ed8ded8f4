"""Who came first when, and whose line of the roll nothing holds any more."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models.functions import TruncMonth

from espace.groups.models import Gem, GoneYear, Person


def months_of_first_comings(gem_id: UUID, until: date) -> frozenset[date]:
    """Return the first days of the months, ``until`` at most, with a newcomer. One SQL query."""
    people = Person.objects.filter(gem_id=gem_id, first_seen_on__lte=until).order_by()
    months = people.annotate(month=TruncMonth("first_seen_on")).values_list("month", flat=True)
    return frozenset(months.distinct())


def newcomers_of(gem_id: UUID, first: date, last: date) -> frozenset[UUID]:
    """Return who came for the first time from ``first`` to ``last``. One SQL query."""
    people = Person.objects.filter(gem_id=gem_id, first_seen_on__range=(first, last))
    return frozenset(people.order_by().values_list("pk", flat=True))


def gone_from(gem_id: UUID, people: Collection[UUID], folded: Collection[date]) -> list[UUID]:
    """Return those of ``people`` that nothing holds: no day, no opening, no card, no account.

    A newcomer of a month that is not among ``folded`` (first days) is still counted there. One SQL
    query.
    """
    free = Person.objects.filter(
        gem_id=gem_id,
        pk__in=list(people),
        attendance__isnull=True,
        held_slots__isnull=True,
        sign_ups__isnull=True,
        memberships__isnull=True,
        account__isnull=True,
    )
    return [
        pk
        for pk, seen in free.order_by("pk").values_list("pk", "first_seen_on")
        if seen is None or seen.replace(day=1) in folded
    ]


def gems_with_memberships_until(year: int) -> list[UUID]:
    """Return the GEM that still keep a membership of ``year`` or before. One SQL query."""
    gems = Gem.objects.filter(people__memberships__year__lte=year)
    return list(gems.order_by("pk").values_list("pk", flat=True).distinct())


def gone_years(gem_id: UUID) -> frozenset[int]:
    """Return the years whose memberships are gone. One SQL query."""
    return frozenset(GoneYear.objects.filter(gem_id=gem_id).values_list("year", flat=True))
