"""What goes by itself once its time is over: old mandates, old memberships."""

from datetime import date

from django.db import transaction

from espace.accounts.choices import Role
from espace.groups.models import Mandate, Membership, TerritoryMandate


@transaction.atomic
def forget_mandates_ended_before(day: date) -> int:
    """Take the person out of elected mandates, delete the other roles; return how many rows."""
    over = Mandate.objects.filter(ended_on__lt=day)
    elected = over.filter(role=Role.ELECTED, account__isnull=False)
    changed = elected.update(account=None, granted_by=None)
    changed += over.exclude(role=Role.ELECTED).delete()[0]
    return changed + TerritoryMandate.objects.filter(ended_on__lt=day).delete()[0]


def forget_memberships_until(year: int) -> int:
    """Delete the memberships of ``year`` and of the years before; return how many."""
    return Membership.objects.filter(year__lte=year).delete()[0]
