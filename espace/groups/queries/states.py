"""Where a GEM is in its life, and where it has been."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.core.clock import today
from espace.groups.choices import GemStatus, StateReason
from espace.groups.models import Gem, GemState
from espace.groups.rules.states import next_states


@dataclass(frozen=True)
class StateLine:
    """One state of the history."""

    label: str
    since: date
    reason: str


@dataclass(frozen=True)
class LifeOfGem:
    """The state of the GEM, the states one may choose next, and its history, newest first."""

    state: str
    label: str
    today: date
    choices: tuple[GemStatus, ...]
    history: tuple[StateLine, ...]


def life_of_gem(actor: Actor, gem_id: UUID) -> LifeOfGem:
    """Return where the GEM in hand is in its life. Two SQL queries."""
    require(actor, "groups.read_profile", gem_id)
    gem = Gem.objects.only("status", "time_zone").get(pk=gem_id)
    choices = next_states(gem.status, is_federation=False)
    return LifeOfGem(
        state=gem.status,
        label=str(GemStatus(gem.status).label),
        today=today(gem.time_zone),
        choices=choices if can(actor, "groups.pause", gem_id) else (),
        history=history_of(gem_id),
    )


@dataclass(frozen=True)
class StateChange:
    """A GEM that changed its state: which one, where, since when and why."""

    gem_id: UUID
    name: str
    departement_code: str
    region_code: str
    label: str
    since: date
    reason: str


def changes_since(actor: Actor, since: date, most: int) -> list[StateChange]:
    """Return what moved in the network, the newest first. One SQL query."""
    require(actor, "groups.run_network")
    rows = GemState.objects.filter(since__gte=since, gem__practice=False).select_related("gem")
    return [
        StateChange(
            row.gem_id,
            row.gem.name,
            row.gem.departement_code,
            row.gem.region_code,
            str(GemStatus(row.state).label),
            row.since,
            str(StateReason(row.reason).label),
        )
        for row in rows.order_by("-since", "gem__name", "pk")[:most]
    ]


def history_of(gem_id: UUID) -> tuple[StateLine, ...]:
    """Return the states of the GEM, newest first. One SQL query."""
    return tuple(
        StateLine(str(GemStatus(row.state).label), row.since, str(StateReason(row.reason).label))
        for row in GemState.objects.filter(gem_id=gem_id).order_by("-number", "-made_at")
    )
