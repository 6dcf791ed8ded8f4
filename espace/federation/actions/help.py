"""« Demander de l'aide à la FiGEM », and saying that it is answered."""

from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import now
from espace.core.idempotency import first_time
from espace.federation.choices import HelpTopic
from espace.federation.models import HelpRequest
from espace.groups.queries.network import where_is


@transaction.atomic
def ask_help(*, actor: Actor, gem_id: UUID, topic: HelpTopic, text: str, key: UUID) -> None:
    """Ask FiGEM for help; the same ``key`` again changes nothing."""
    require(actor, "federation.ask_help", gem_id)
    if not first_time(key):
        return
    asked = HelpRequest.objects.create(gem_id=gem_id, topic=topic, text=text, asked_at=now())
    journal.write(actor, "federation.ask_help", gem_id=gem_id, thing=asked.pk)


@transaction.atomic
def take_back_help(*, actor: Actor, gem_id: UUID, help_id: UUID) -> None:
    """Take back a request of this GEM that waits; nothing happens when it is answered."""
    require(actor, "federation.ask_help", gem_id)
    waiting = HelpRequest.objects.filter(pk=help_id, gem_id=gem_id, answered_at__isnull=True)
    if waiting.delete()[0]:
        journal.write(actor, "federation.take_back_help", gem_id=gem_id, thing=help_id)


@transaction.atomic
def answer_help(*, actor: Actor, gem_id: UUID, help_id: UUID) -> None:
    """Say that a request is answered, and forget its words; again is harmless."""
    require(actor, "federation.answer_help", where_is(gem_id))
    waiting = HelpRequest.objects.filter(pk=help_id, gem_id=gem_id, answered_at__isnull=True)
    if waiting.update(answered_at=now(), text=""):
        journal.write(actor, "federation.answer_help", gem_id=gem_id, thing=help_id)
