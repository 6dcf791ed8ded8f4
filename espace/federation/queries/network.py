"""Reads of the federation's pages: the network, one GEM, the lists brought in, help asked for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.activities.queries.network import first_finished_months
from espace.federation.choices import HELP_ASKED, HelpTopic, ListState, Stage
from espace.federation.models import HelpRequest, NetworkList
from espace.federation.rules.lines import ReadList
from espace.federation.rules.matching import Known, Plan, plan
from espace.federation.rules.reporting import from_json, report
from espace.federation.rules.stages import stage_of
from espace.groups.choices import HeardFrom
from espace.groups.queries.network import (
    NetworkCard,
    NetworkGem,
    listed_gems,
    network,
    network_card,
)
from espace.groups.territory import communes, departements, normalised, regions

A_PAGE = 50
SHOWN_LISTS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What one looks for in the network; empty is « all »."""

    text: str = ""
    stage: str = ""
    region: str = ""
    departement: str = ""
    federated: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Asked()


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A GEM in the list: where it is, how far it is, whether it waits for an answer."""

    id: UUID
    name: str
    commune: str
    departement_code: str
    stage: Stage
    federated: bool
    waits_for_help: bool


@dataclass(frozen=True)
class Counted:
    """A number with its words, and the filter that shows those GEM."""

    label: str
    number: int
    value: str


@dataclass(frozen=True)
class NetworkPage:
    """One page of the list, the counts of the whole territory, and what one may choose."""

    lines: tuple[NetworkLine, ...]
    found: int
    page: int
    pages: int
    total: int
    federated: int
    stages: tuple[Counted, ...]
    waiting: int
    heard_from: tuple[Counted, ...]
    regions: tuple[tuple[str, str], ...]
    departements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Help:
    """A request for help: what about, when, and whether it is answered."""

    id: UUID
    topic: str
    text: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class GemPage:
    """What the federation sees of one GEM: the organisation, never its people nor figures."""

    card: NetworkCard
    stage: Stage
    first_month: date | None
    help: tuple[Help, ...]
    departement: str
    region: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list that was brought in."""

    id: UUID
    made_at: datetime
    state: str
    state_label: str


def network_page(actor: Actor, asked: Asked, page: int = 1) -> NetworkPage:
    """Return a page of the network. Four SQL queries, whatever its size."""
    everyone = network(actor)
    lines, gems = _lines(everyone), {gem.id: gem for gem in everyone}
    found = [line for line in lines if _matches(line, gems[line.id], asked)]
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(1, page), pages)
    stages = Counter(line.stage for line in lines)
    heard = Counter(gem.heard_from for gem in everyone if gem.heard_from)
    places = sorted({gem.region_code for gem in everyone}, key=lambda code: regions()[code].name)
    inside = {gem.departement_code for gem in everyone if gem.region_code == asked.region}
    return NetworkPage(
        lines=tuple(found[(page - 1) * A_PAGE : page * A_PAGE]),
        found=len(found),
        page=page,
        pages=pages,
        total=len(lines),
        federated=sum(line.federated for line in lines),
        stages=tuple(
            Counted(str(stage.label), stages[stage], stage.value)
            for stage in Stage
            if stages[stage]
        ),
        waiting=sum(line.waits_for_help for line in lines),
        heard_from=tuple(
            Counted(str(source.label), heard[source.value], source.value)
            for source in HeardFrom
            if heard[source.value]
        ),
        regions=tuple((code, regions()[code].name) for code in places),
        departements=tuple(
            (code, f"{departements()[code].name} ({code})") for code in sorted(inside)
        ),
    )


def ids_found(actor: Actor, asked: Asked) -> list[UUID]:
    """Return the GEM that a page of the network shows, on all its pages. Four SQL queries."""
    gems = network(actor)
    by_id = {gem.id: gem for gem in gems}
    return [line.id for line in _lines(gems) if _matches(line, by_id[line.id], asked)]


def gem_page(actor: Actor, gem_id: UUID) -> GemPage | None:
    """Return what one GEM's page shows; None outside the actor's territory. Six SQL queries."""
    card = network_card(actor, gem_id)
    if card is None:
        return None
    first_month = first_finished_months([gem_id]).get(gem_id)
    gem = card.gem
    return GemPage(
        card=card,
        stage=stage_of(
            gem.status,
            has_joined=gem.joined_on is not None,
            letter_waits=gem.letter_waits,
            month_finished=first_month is not None,
        ),
        first_month=first_month,
        help=_help(gem_id),
        departement=departements()[gem.departement_code].name,
        region=regions()[gem.region_code].name,
    )


def own_help(actor: Actor, gem_id: UUID) -> tuple[Help, ...]:
    """Return what this GEM asked FiGEM, the newest first. One SQL query."""
    require(actor, "federation.ask_help", gem_id)
    return _help(gem_id)


def lists(actor: Actor) -> list[ListLine]:
    """Return the last lists brought in. One SQL query."""
    require(actor, "groups.run_network")
    rows = NetworkList.objects.order_by("-made_at", "id")[:SHOWN_LISTS]
    return [
        ListLine(row.pk, row.made_at, row.state, str(ListState(row.state).label)) for row in rows
    ]


def find_list(actor: Actor, list_id: UUID) -> NetworkList | None:
    """Return a list brought in; None when there is none. One SQL query."""
    require(actor, "groups.run_network")
    return NetworkList.objects.filter(pk=list_id).first()


def plan_of(actor: Actor, read: ReadList, distinct: Sequence[int] = ()) -> Plan:
    """Return what a list would do to the network as it is now. One SQL query."""
    require(actor, "groups.run_network")
    known = [
        Known(
            gem.id,
            gem.name,
            gem.commune_code,
            gem.commune_name,
            gem.departement_code,
            gem.joined,
            gem.values,
        )
        for gem in listed_gems(actor)
    ]
    lands = {line.place.code: communes()[line.place.code].departement for line in read.lines}
    return plan(read.lines, read.refused, known, lands, distinct)


def preview(actor: Actor, kept: NetworkList) -> dict[str, object]:
    """Return what adding a draft would do now. One SQL query."""
    read = from_json(kept.lines)
    return report(plan_of(actor, read), read)


def may_run(actor: Actor) -> bool:
    """Tell whether who asks runs the network, or only sees it."""
    return can(actor, "groups.run_network")


def _lines(gems: Sequence[NetworkGem]) -> list[NetworkLine]:
    finished = first_finished_months()
    waiting = set(
        HelpRequest.objects.filter(answered_at__isnull=True).values_list("gem_id", flat=True)
    )
    return [
        NetworkLine(
            gem.id,
            gem.name,
            gem.commune,
            gem.departement_code,
            stage_of(
                gem.status,
                has_joined=gem.joined_on is not None,
                letter_waits=gem.letter_waits,
                month_finished=gem.id in finished,
            ),
            gem.federated,
            gem.id in waiting,
        )
        for gem in gems
    ]


def _matches(line: NetworkLine, gem: NetworkGem, asked: Asked) -> bool:
    land = departements()[gem.departement_code].name
    words = normalised(f"{gem.name} {gem.commune} {gem.departement_code} {land}")
    return (
        all(word in words for word in normalised(asked.text).split())
        and asked.stage in ("", line.stage, HELP_ASKED if line.waits_for_help else "")
        and asked.region in ("", gem.region_code)
        and asked.departement in ("", gem.departement_code)
        and asked.federated in ("", "oui" if gem.federated else "non")
    )


def _help(gem_id: UUID) -> tuple[Help, ...]:
    rows = HelpRequest.objects.filter(gem_id=gem_id).order_by("-asked_at", "pk")
    return tuple(
        Help(row.pk, str(HelpTopic(row.topic).label), row.text, row.asked_at, row.answered_at)
        for row in rows
    )
