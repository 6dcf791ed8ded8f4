"""Forgets, once a day, what has no more use."""

from datetime import date, timedelta

from django.db import transaction

from espace.activities.models import Idea
from espace.activities.rules.ideas import DAYS_TO_UNDO, KEPT_IDEAS


@transaction.atomic
def forget_old_lists(*, today: date) -> int:
    """Delete ideas of more than 13 months, and those hidden for 30 days; return how many rows."""
    old = Idea.objects.filter(received_on__lt=today - KEPT_IDEAS)
    hidden = Idea.objects.filter(hidden_on__lt=today - timedelta(days=DAYS_TO_UNDO))
    return old.delete()[0] + hidden.delete()[0]
