"""What goes by itself once its time is over: old mandates, old memberships."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Coalesce

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import require
from espace.core.events import publish
from espace.groups.actions.leaving import forget_those_who_left
from espace.groups.actions.versions import touch
from espace.groups.events import MembershipsLeaving
from espace.groups.models import GoneYear, Mandate, Membership, TerritoryMandate


@transaction.atomic
def forget_mandates_ended_before(day: date) -> int:
    """Take the person out of elected mandates, delete the other roles; return how many rows."""
    over = Mandate.objects.filter(ended_on__lt=day)
    elected = over.filter(role=Role.ELECTED, account__isnull=False)
    changed = elected.update(account=None, granted_by=None)
    changed += over.exclude(role=Role.ELECTED).delete()[0]
    return changed + TerritoryMandate.objects.filter(ended_on__lt=day).delete()[0]


@transaction.atomic
def forget_memberships_until(
    *, actor: Actor, gem_id: UUID, year: int, today: date, folded: Collection[date]
) -> int:
    """Delete the memberships of ``year`` and of the years before; return how many.

    Their figures are kept first, in this transaction. People that nothing holds any more leave the
    roll, as when the first names of a month go (``folded``: the months whose names are gone).
    """
    require(actor, "groups.forget_those_who_left", gem_id)
    touch(gem_id)
    over = Membership.objects.filter(person__gem_id=gem_id, year__lte=year).order_by()
    years = set(over.values_list("year", flat=True))
    if not years:
        return 0
    # Someone may pay at the end of the year before: the newcomers of that year read this row.
    years |= {day.year for day in over.values_list("started_on", flat=True) if day.year <= year}
    publish(MembershipsLeaving(gem_id, tuple(sorted(years)), today))
    first = Min(Coalesce("since", "started_on"))
    since = dict(over.values_list("person_id").annotate(first=first))
    _keep_first_days(since, year)
    gone = over.delete()[0]
    GoneYear.objects.bulk_create(
        (GoneYear(gem_id=gem_id, year=each) for each in sorted(years)), ignore_conflicts=True
    )
    forget_those_who_left(actor=actor, gem_id=gem_id, people=list(since), folded=folded)
    return gone


def _keep_first_days(since: dict[UUID, date], year: int) -> None:
    """Write on what stays of each person since when they are a member."""
    staying = Membership.objects.filter(person_id__in=list(since), year__gt=year)
    rows = list(staying)
    for row in rows:
        row.since = min(since[row.person_id], row.since or row.started_on)
    Membership.objects.bulk_update(rows, ["since"], batch_size=500)
