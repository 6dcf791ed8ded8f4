"""Reads of the yearly fees, from the roll: who paid, who may renew."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.models import Membership, Person
from espace.groups.queries.gem_facts import today_of

YEARS = 3
PAID_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class FeeLine:
    """Someone of the roll; ``fee`` in cents, None when the amount is not noted."""

    person_id: UUID
    label: str
    fee: int | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class FeesPage:
    """The fees of a year; ``usual`` is the amount most paid, in cents."""

    year: int
    years: tuple[int, ...]
    paid: tuple[FeeLine, ...]
    """A page of those who paid, the latest first; ``number`` of them in all."""
    number: int
    page: int
    pages: int
    to_renew: tuple[FeeLine, ...]
    others: tuple[FeeLine, ...]
    usual: int | None
    total: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What a printed receipt says."""

    label: str
    year: int
    fee: int | None
    paid_on: date


def fees(actor: Actor, gem_id: UUID, asked: str = "", page: str = "1") -> FeesPage:
    """Return the fees of a year, the running one unless ``asked``. Three SQL queries."""
    require(actor, "groups.read_roll", gem_id)
    running = today_of(gem_id).year
    years = tuple(range(running, running - YEARS, -1))
    year = int(asked) if asked.isdecimal() and int(asked) in years else running
    rows = Membership.objects.filter(person__gem_id=gem_id, year__in=(year, year - 1))
    cards = {(row.person_id, row.year): row for row in rows}
    people = Person.objects.filter(gem_id=gem_id)
    paid: list[FeeLine] = []
    to_renew: list[FeeLine] = []
    others: list[FeeLine] = []
    for person in people:
        card = cards.get((person.pk, year))
        line = FeeLine(
            person.pk,
            person.label,
            card.fee_cents if card else None,
            card.started_on if card else None,
        )
        if card:
            paid.append(line)
        elif not person.hidden:
            (to_renew if (person.pk, year - 1) in cards else others).append(line)
    # What people pay this year, else what they paid the year before.
    known = [row for row in cards.values() if row.fee_cents]
    latest = [row.fee_cents for row in known if row.year == year]
    amounts = Counter(latest or [row.fee_cents for row in known])
    paid.sort(key=lambda line: line.paid_on or date.min, reverse=True)
    shown = Paginator(paid, PAID_A_PAGE).get_page(page)
    return FeesPage(
        year=year,
        years=years,
        paid=tuple(shown),
        number=len(paid),
        page=shown.number,
        pages=shown.paginator.num_pages,
        to_renew=tuple(to_renew),
        others=tuple(others),
        usual=amounts.most_common(1)[0][0] if amounts else None,
        total=sum(line.fee or 0 for line in paid),
    )


def slip(actor: Actor, gem_id: UUID, person_id: UUID, year: int) -> Slip:
    """Return the receipt of a fee; 404 when there is none in this GEM. One SQL query."""
    require(actor, "groups.read_roll", gem_id)
    rows = Membership.objects.select_related("person")
    row = rows.filter(person_id=person_id, person__gem_id=gem_id, year=year).first()
    if row is None:
        raise Http404
    return Slip(row.person.label, row.year, row.fee_cents, row.started_on)
