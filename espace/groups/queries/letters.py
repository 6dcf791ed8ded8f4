"""Whether a GEM needs an opening letter: nobody elected, or nobody elected who can still enter."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from espace.accounts import ways
from espace.accounts.choices import Role
from espace.core.clock import today
from espace.groups.models import Gem, Mandate


def elected_today(gem_id: UUID, day: date) -> list[Mandate]:
    """Return the elected roles that run in this GEM. One SQL query."""
    rows = Mandate.objects.filter(
        gem_id=gem_id, role=Role.ELECTED, ended_on__isnull=True, account__is_active=True
    )
    return list(rows.filter(started_on__lte=day).order_by("pk"))


def with_an_elected_person(gems: Collection[Gem]) -> set[UUID]:
    """Return the GEM where an elected person may come in today, each on its own calendar.

    Someone elected without an address, a key, a card nor a page still open cannot come back: they
    do not count, else the GEM would be closed to everybody (decision 63). Six SQL queries at most.
    """
    days = {gem.pk: today(gem.time_zone) for gem in gems}
    running = Mandate.objects.filter(
        gem_id__in=days, role=Role.ELECTED, ended_on__isnull=True, account__is_active=True
    )
    rows = [
        (gem_id, account_id)
        for gem_id, account_id, started_on in running.values_list(
            "gem_id", "account_id", "started_on"
        )
        if account_id and started_on <= days[gem_id]
    ]
    outside = ways.outside_for_good({account_id for _gem, account_id in rows})
    return {gem_id for gem_id, account_id in rows if account_id not in outside}
