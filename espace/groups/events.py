"""What this package announces (see espace.core.events)."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OpeningHoursChanged:
    """The usual opening hours of a GEM are not what they were."""

    gem_id: UUID
