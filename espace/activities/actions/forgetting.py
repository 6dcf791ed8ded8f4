"""Forgets, once a day, what has no more use."""

from datetime import date, timedelta

from django.db import transaction

from espace.activities.models import Idea, SignUp
from espace.activities.rules.ideas import DAYS_TO_UNDO, KEPT_IDEAS
from espace.activities.rules.signups import KEPT_DAYS


@transaction.atomic
def forget_old_lists(*, today: date) -> int:
    """Delete ideas of more than 13 months, those hidden for 30 days, and sign-ups after 30 days.

    Returns how many rows went. Running it again the same day finds nothing more.
    """
    old = Idea.objects.filter(received_on__lt=today - KEPT_IDEAS)
    hidden = Idea.objects.filter(hidden_on__lt=today - timedelta(days=DAYS_TO_UNDO))
    over = SignUp.objects.filter(activity__date__lt=today - timedelta(days=KEPT_DAYS))
    return sum(rows.delete()[0] for rows in (old, hidden, over))
