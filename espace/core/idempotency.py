"""The same submission twice does no harm: double click, back button, offline replay."""

from datetime import timedelta
from uuid import UUID, uuid4

from espace.core.clock import now
from espace.core.models import Receipt

KEPT_DAYS = 400


def new_key() -> UUID:
    """Return a fresh key to put in a form."""
    return uuid4()


def first_time(key: UUID) -> bool:
    """Tell whether ``key`` was never seen, and remember it.

    Call it first inside the action's own transaction: when two copies arrive at once the unique
    key makes the second wait for the first, and a rolled back action forgets its key.
    """
    return Receipt.objects.get_or_create(key=key)[1]


def forget_old_keys() -> int:
    """Delete the keys older than 400 days; return how many went."""
    return Receipt.objects.filter(made_at__lt=now() - timedelta(days=KEPT_DAYS)).delete()[0]
