"""The list of GEM, as FiGEM's team and its delegates see it: facts about organisations only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import can, require
from espace.core.clock import now, today
from espace.groups.choices import GemStatus, HeardFrom, PublicFocus
from espace.groups.models import Gem, OpeningLetter
from espace.groups.permissions import Where
from espace.groups.queries.letters import with_an_elected_person
from espace.groups.queries.states import StateLine, history_of
from espace.groups.rules.letters import LetterState, state_of
from espace.groups.rules.states import next_states


@dataclass(frozen=True, slots=True)
class NetworkGem:
    """A GEM in the list. ``joined_on``: its first elected person came in; ``letter_waits``."""

    id: UUID
    name: str
    commune: str
    departement_code: str
    region_code: str
    status: str
    federated: bool
    joined_on: date | None
    heard_from: str
    letter_waits: bool


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One opening letter of a GEM: what became of it, and when it was made."""

    state: LetterState
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class NetworkCard:
    """What the page of one GEM shows to the federation."""

    gem: NetworkGem
    status_label: str
    today: date
    federated_since: date | None
    opened_on: date | None
    public_focus: str
    heard_from_label: str
    address: str
    phone: str
    sponsor: str
    manager: str
    history: tuple[StateLine, ...]
    letters: tuple[LetterLine, ...]
    next_states: tuple[GemStatus, ...]
    may_have_a_letter: bool
    closed_to_all: bool


@dataclass(frozen=True, slots=True)
class ListedGem:
    """A GEM that a list of the network may speak of, with what the list may say of it."""

    id: UUID
    name: str
    commune_code: str
    commune_name: str
    departement_code: str
    joined: bool
    values: dict[str, str]


def network(actor: Actor) -> list[NetworkGem]:
    """Return the GEM of the actor's territory by name, practice ones left out. Two SQL queries."""
    require(actor, "groups.see_network")
    waiting = set(_waiting().values_list("gem_id", flat=True))
    return [_line(gem, gem.pk in waiting) for gem in _gems(actor).order_by("name", "pk")]


def network_card(actor: Actor, gem_id: UUID) -> NetworkCard | None:
    """Return one GEM of the actor's territory, None when there is none. Nine SQL queries."""
    require(actor, "groups.see_network")
    rows = _gems(actor).select_related("sponsor", "managing_organisation")
    gem = rows.filter(pk=gem_id).first()
    if gem is None:
        return None
    letters = tuple(
        LetterLine(_state(row), row.made_at, row.expires_at, row.used_at)
        for row in OpeningLetter.objects.filter(gem=gem).order_by("-made_at", "-pk")
    )
    day = today(gem.time_zone)
    has_elected = gem.pk in with_an_elected_person([gem])
    focus, heard = gem.public_focus, gem.heard_from
    return NetworkCard(
        gem=_line(gem, any(each.state is LetterState.WAITING for each in letters)),
        status_label=str(GemStatus(gem.status).label),
        today=day,
        federated_since=gem.federated_since,
        opened_on=gem.opened_on,
        public_focus=str(PublicFocus(focus).label) if focus else "",
        heard_from_label=str(HeardFrom(heard).label) if heard else "",
        address=gem.public_address,
        phone=gem.public_phone,
        sponsor=gem.sponsor.name if gem.sponsor else "",
        manager=gem.managing_organisation.name if gem.managing_organisation else "",
        history=history_of(gem.pk),
        letters=letters,
        next_states=next_states(gem.status, is_federation=True),
        closed_to_all=not has_elected and gem.joined_on is not None,
        may_have_a_letter=not has_elected and gem.status != GemStatus.FERME,
    )


def where_is(gem_id: UUID) -> Where | None:
    """Return where a GEM is, for the permissions of the network. One SQL query."""
    rows = Gem.objects.filter(pk=gem_id, practice=False)
    found = rows.values_list("region_code", "departement_code").first()
    return Where(gem_id, *found) if found else None


def listed_gems(actor: Actor) -> list[ListedGem]:
    """Return every GEM as a list of the network may describe it. One SQL query."""
    require(actor, "groups.run_network")
    rows = Gem.objects.filter(practice=False).select_related("sponsor", "managing_organisation")
    return [
        ListedGem(
            gem.pk,
            gem.name,
            gem.commune_code,
            gem.commune_name,
            gem.departement_code,
            gem.joined_on is not None,
            {
                "public_focus": gem.public_focus,
                "opened_on": gem.opened_on.isoformat() if gem.opened_on else "",
                "address": gem.public_address,
                "phone": gem.public_phone,
                "sponsor": gem.sponsor.name if gem.sponsor else "",
                "manager": gem.managing_organisation.name if gem.managing_organisation else "",
                "federated": "oui" if gem.federated else "",
                "status": gem.status,
            },
        )
        for gem in rows.order_by("name", "pk")
    ]


def ids_without_anyone(actor: Actor, among: Collection[UUID]) -> list[UUID]:
    """Return, among these GEM, those where nobody has come in yet. One SQL query."""
    require(actor, "groups.run_network")
    rows = Gem.objects.filter(pk__in=among, joined_on__isnull=True, practice=False)
    return list(rows.exclude(status=GemStatus.FERME).order_by("name").values_list("pk", flat=True))


def _gems(actor: Actor) -> QuerySet[Gem]:
    rows = Gem.objects.filter(practice=False)
    if can(actor, "groups.run_network"):
        return rows
    here = Q(pk__in=())
    for grant in actor.grants:
        kind, _colon, code = grant.territory.partition(":")
        if grant.role == Role.DELEGATE and kind in ("region", "departement"):
            here |= Q(**{f"{kind}_code": code})
        elif grant.role == Role.DELEGATE and kind == "nation":
            return rows
    return rows.filter(here)


def _waiting() -> QuerySet[OpeningLetter]:
    return OpeningLetter.objects.filter(
        used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now()
    )


def _line(gem: Gem, letter_waits: bool) -> NetworkGem:
    return NetworkGem(
        gem.pk,
        gem.name,
        gem.commune_name,
        gem.departement_code,
        gem.region_code,
        gem.status,
        gem.federated,
        gem.joined_on,
        gem.heard_from,
        letter_waits,
    )


def _state(letter: OpeningLetter) -> LetterState:
    return state_of(
        now=now(),
        expires_at=letter.expires_at,
        used_at=letter.used_at,
        withdrawn_at=letter.withdrawn_at,
    )
