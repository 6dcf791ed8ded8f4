"""The journal of a GEM, as its people read it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page
from django.utils.functional import Promise

from espace.accounts.access import Actor
from espace.accounts.choices import Matter
from espace.accounts.journal_reading import Deed, deeds
from espace.accounts.permissions import can, require
from espace.groups.queries.from_file import gem_of_file
from espace.groups.queries.gem_facts import today_of
from espace.privacy.permissions import JOURNAL, JOURNAL_NAMES
from espace.privacy.rules.months import last_months


@dataclass(frozen=True)
class GemJournal:
    """A page of the journal, and what one may look for in it. ``named`` with first names."""

    page: Page[Deed]
    named: bool
    months: list[date]
    matters: list[tuple[str, str | Promise]]


def gem_journal(
    actor: Actor, gem_id: UUID, *, month: date | None, matter: str, page: str
) -> GemJournal:
    """Return a page of the GEM's journal. Four SQL queries. Raises NotAllowed."""
    require(actor, JOURNAL, gem_id)
    named = can(actor, JOURNAL_NAMES, gem_id)
    gem = gem_of_file(gem_id=gem_id)
    zone = gem.time_zone if gem else "Europe/Paris"
    known = matter if matter in Matter.values else ""
    return GemJournal(
        page=deeds(gem_id, time_zone=zone, month=month, matter=known, page=page, named=named),
        named=named,
        months=last_months(today_of(gem_id)),
        matters=[(each.value, each.label) for each in Matter],
    )
