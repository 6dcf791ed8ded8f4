"""The GEM whose figures add up above them: those of the network that are here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from espace.core import clock
from espace.groups.choices import GemStatus
from espace.groups.models import Gem, GemState


@dataclass(frozen=True, slots=True)
class CountedGem:
    """Where a GEM counts, and since when. ``closed_on`` is None while it is not closed."""

    id: UUID
    departement_code: str
    region_code: str
    opened_on: date | None
    closed_on: date | None
    today: date


def counted_gems(gem_ids: Collection[UUID]) -> dict[UUID, CountedGem]:
    """Return those of these GEM that count: they came in, and are no practice ones. One query."""
    closing = GemState.objects.filter(gem=OuterRef("pk")).order_by("-number")
    rows = (
        _counted()
        .filter(pk__in=gem_ids)
        .annotate(state_since=Subquery(closing.values("since")[:1]))
    )
    return {
        gem.pk: CountedGem(
            id=gem.pk,
            departement_code=gem.departement_code,
            region_code=gem.region_code,
            opened_on=gem.opened_on,
            closed_on=gem.state_since if gem.status == GemStatus.FERME else None,
            today=clock.today(gem.time_zone),
        )
        for gem in rows
    }


def counted_gem_ids() -> list[UUID]:
    """Return every GEM that counts, by région then département. One SQL query."""
    rows = _counted().order_by("region_code", "departement_code", "pk")
    return list(rows.values_list("pk", flat=True))


def _counted() -> QuerySet[Gem]:
    return Gem.objects.filter(practice=False, joined_on__isnull=False)


def gems_by_state() -> dict[str, dict[str, int]]:
    """Return, by département, how many GEM of the network are in each state. One SQL query.

    Where a GEM stands and whether it is open is on its directory card: it is no figure of its own.
    """
    rows = Gem.objects.filter(practice=False).order_by().values("departement_code", "status")
    found: dict[str, dict[str, int]] = {}
    for row in rows.annotate(gems=Count("pk")):
        found.setdefault(row["departement_code"], {})[row["status"]] = row["gems"]
    return found


@dataclass(frozen=True, slots=True)
class PlacedGem:
    """A GEM by its card: where it is, whether it is open, how far its association is."""

    id: UUID
    name: str
    commune: str
    commune_code: str
    departement_code: str
    region_code: str
    status: str
    public_focus: str
    management_mode: str
    premises_kind: str
    association_state: str
    opened_on: date | None
    is_here: bool


def gems_in(departement_codes: Collection[str]) -> list[PlacedGem]:
    """Return the GEM of these départements by name, practice and closed ones out. One SQL query."""
    rows = Gem.objects.filter(practice=False, departement_code__in=departement_codes)
    return [
        PlacedGem(
            gem.pk, gem.name, gem.commune_name, gem.commune_code, gem.departement_code,
            gem.region_code, gem.status, gem.public_focus, gem.management_mode,
            gem.premises_kind, gem.association_state, gem.opened_on,
            gem.joined_on is not None,
        )
        for gem in rows.exclude(status=GemStatus.FERME).order_by("name", "pk")
    ]  # fmt: skip
