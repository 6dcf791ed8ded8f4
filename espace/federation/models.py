"""Requests for help and lists brought in: about organisations, with nobody in them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from espace.federation.choices import HelpTopic, ListState


class HelpRequest(models.Model):
    """« Demander de l'aide à la FiGEM »: waiting until it is answered. It names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gem = models.ForeignKey("groups.Gem", on_delete=models.CASCADE, related_name="help_requests")
    topic = models.CharField(_("sujet"), max_length=12, choices=HelpTopic)
    text = models.TextField(_("en quelques mots"), blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="help_waiting", fields=["answered_at", "gem"])
        ]


class NetworkList(models.Model):
    """A list of GEM brought in by the federation, from its choice to its undoing.

    ``lines`` is what was read, emptied when it is added or given up; ``report`` is what was said;
    ``details`` says what undoing needs, by ids.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.DRAFT)
    lines = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    details = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "id"]


class SavedView(models.Model):
    """A choice of figures that the federation's team keeps by a name; it says nobody.

    ``query`` is the address of the page after « ? ».
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Son nom"), max_length=60)
    query = models.CharField(max_length=400)
    removed = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
