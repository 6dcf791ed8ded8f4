"""The running access cards: one a person, nothing of those that were."""

import uuid

from django.conf import settings
from django.db import models

from espace.accounts.choices import Role
from espace.groups.models import Gem


class AccessCard(models.Model):
    """A printed card that opens one account; withdrawing it deletes the row.

    ``reach`` is the role in whose name it was made. ``session_mark`` and ``browser_mark`` are
    hashes that tell the one session and the last browser outside the GEM's tablets, never where
    nor when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="access_cards")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_card"
    )
    words_hash = models.CharField(max_length=64, unique=True)
    scan_hash = models.CharField(max_length=64, unique=True)
    reach = models.CharField(max_length=12, choices=Role)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    session_mark = models.CharField(max_length=64, blank=True)
    browser_mark = models.CharField(max_length=64, blank=True)
    used_elsewhere = models.BooleanField(default=False)
