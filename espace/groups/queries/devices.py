"""The GEM's own enrolled devices."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.models import Device, Gem


@dataclass(frozen=True)
class DeviceLine:
    """An enrolled device; ``is_this_one`` when the page is read on it."""

    id: UUID
    name: str
    enrolled_at: datetime
    enrolled_by: str
    is_this_one: bool


def devices_of_gem(actor: Actor, gem_id: UUID) -> list[DeviceLine]:
    """Return the devices enrolled and not withdrawn, the newest first. One SQL query."""
    require(actor, "groups.read_devices", gem_id)
    rows = Device.objects.filter(gem_id=gem_id, revoked_at__isnull=True)
    return [
        DeviceLine(
            id=row.pk,
            name=row.name,
            enrolled_at=row.enrolled_at,
            enrolled_by=row.enrolled_by.label if row.enrolled_by else "",
            is_this_one=row.pk == actor.device_id,
        )
        for row in rows.select_related("enrolled_by").order_by("-enrolled_at", "pk")
    ]


def device_line(actor: Actor, gem_id: UUID, device_id: UUID) -> DeviceLine | None:
    """Return one enrolled device of this GEM, or None. One SQL query."""
    return next((line for line in devices_of_gem(actor, gem_id) if line.id == device_id), None)


def shows_names(gem_id: UUID) -> bool:
    """Tell whether the tablet shows first names: only when the GEM counts so. One SQL query."""
    return Gem.objects.only("counting").get(pk=gem_id).counts_with_names
