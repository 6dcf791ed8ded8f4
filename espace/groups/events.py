"""What this package announces (see espace.core.events)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class OpeningHoursChanged:
    """The usual opening hours of a GEM are not what they were."""

    gem_id: UUID


@dataclass(frozen=True)
class GemChanged:
    """A fact of this GEM was written; ``since`` is its day, None when any day may have changed."""

    gem_id: UUID
    since: date | None


@dataclass(frozen=True)
class MembershipsLeaving:
    """The memberships of these years are about to go, in this very transaction.

    Whoever shows a figure that reads them keeps its last value now: it can't be counted again.
    """

    gem_id: UUID
    years: tuple[int, ...]
    today: date
