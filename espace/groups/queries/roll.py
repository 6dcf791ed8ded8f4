"""Reads of « Notre carnet »."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from espace.accounts.access import Actor
from espace.accounts.choices import Pictogram
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.core.idempotency import new_key
from espace.groups.models import Gem, Membership, Person

# Thirty lines keep the page under 350 elements, frame included.
LINES_A_PAGE = 30


@dataclass(frozen=True)
class Line:
    """One line of the roll, as listed."""

    id: UUID
    label: str
    pictogram: str
    pictogram_name: str
    is_member: bool


@dataclass(frozen=True)
class Roll:
    """A page of the roll, and what stands around it."""

    page: Page[Line]
    year: int
    total: int
    members: int
    hidden: int
    counts_with_names: bool


@dataclass(frozen=True)
class Adhesion:
    """A membership of one year; ``fee_cents`` is None when nobody noted it."""

    year: int
    started_on: date
    fee_cents: int | None
    is_first: bool

    @property
    def fee(self) -> str:
        """The fee in euros, as one writes it: 12 or 12,50; empty when unknown."""
        if self.fee_cents is None:
            return ""
        euros, cents = divmod(self.fee_cents, 100)
        return f"{euros},{cents:02d}" if cents else str(euros)


@dataclass(frozen=True)
class Card:
    """Everything the roll keeps of one person, but what they said of their age and gender."""

    id: UUID
    gem_id: UUID
    account_id: UUID | None
    label: str
    first_name: str
    initial: str
    number: int
    pictogram: str
    pictogram_name: str
    first_seen_on: date | None
    hidden: bool
    has_come: bool
    memberships: Sequence[Adhesion]
    year: int
    is_me: bool
    card_key: UUID

    @property
    def this_year(self) -> Adhesion | None:
        return next((each for each in self.memberships if each.year == self.year), None)


def roll(
    actor: Actor, gem_id: UUID, *, text: str = "", hidden: bool = False, page: str = "1"
) -> Roll:
    """Return one page of the roll in the order of the alphabet (2 SQL queries, whatever its size).

    ``text`` keeps the labels that hold it, without accents or case.
    """
    require(actor, "groups.read_roll", gem_id)
    gem = Gem.objects.only("time_zone", "counting").get(pk=gem_id)
    year = today(gem.time_zone).year
    of_the_year = Membership.objects.filter(person=OuterRef("pk"), year=year)
    people = list(
        Person.objects.filter(gem_id=gem_id)
        .annotate(is_member=Exists(of_the_year))
        .order_by("first_name", "initial", "number")
    )
    wanted = plain(text)
    lines = [
        Line(
            person.pk,
            person.label,
            person.pictogram,
            sign_name(person.pictogram),
            person.is_member,
        )
        for person in sorted(people, key=lambda person: plain(person.label))
        if person.hidden == hidden and wanted in plain(person.label)
    ]
    shown = [person for person in people if not person.hidden]
    return Roll(
        page=Paginator(lines, LINES_A_PAGE).get_page(page),
        year=year,
        total=len(shown),
        members=sum(person.is_member for person in shown),
        hidden=len(people) - len(shown),
        counts_with_names=gem.counts_with_names,
    )


def card(actor: Actor, person_id: UUID) -> Card:
    """Return someone's line, of the GEM in hand (4 SQL queries); 404 elsewhere."""
    lines = Person.objects.select_related("gem")
    person = get_object_or_404(lines, pk=person_id, gem=actor.gem_id)
    require(actor, "groups.read_line", person)
    memberships = person.memberships.order_by("-year")
    return Card(
        id=person.pk,
        gem_id=person.gem_id,
        account_id=person.account_id,
        label=person.label,
        first_name=person.first_name,
        initial=person.initial,
        number=person.number,
        pictogram=person.pictogram,
        pictogram_name=sign_name(person.pictogram),
        first_seen_on=person.first_seen_on,
        hidden=person.hidden,
        has_come=person.attendance.exists() or person.held_slots.exists(),
        memberships=tuple(
            Adhesion(each.year, each.started_on, each.fee_cents, each.is_first)
            for each in memberships
        ),
        year=today(person.gem.time_zone).year,
        is_me=actor.account_id is not None and person.account_id == actor.account_id,
        card_key=new_key(),
    )


def my_line(actor: Actor) -> UUID | None:
    """Return the id of one's own line on the roll of the GEM in hand; None when there is none."""
    if actor.account_id is None or actor.gem_id is None:
        return None
    lines = Person.objects.filter(gem_id=actor.gem_id, account_id=actor.account_id)
    return lines.values_list("pk", flat=True).first()


def taken_pictograms(actor: Actor, gem_id: UUID, first_name: str) -> frozenset[str]:
    """Return the signs already worn by people of that first name: the next one takes another."""
    require(actor, "groups.read_profile", gem_id)
    lines = Person.objects.filter(gem_id=gem_id).exclude(pictogram="")
    return frozenset(
        pictogram
        for name, pictogram in lines.values_list("first_name", "pictogram")
        if plain(name) == plain(first_name)
    )


def sign_name(pictogram: str) -> str:
    """Return how a sign is said aloud; empty without a sign."""
    return str(Pictogram(pictogram).label) if pictogram else ""


def plain(text: str) -> str:
    """Return ``text`` without case or accents, to look for it and to put it in order."""
    letters = unicodedata.normalize("NFKD", text.casefold().strip())
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def all_line_ids() -> list[UUID]:
    """Return the id of every line of every roll. One SQL query."""
    return list(Person.objects.order_by("pk").values_list("pk", flat=True))
