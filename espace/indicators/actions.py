"""What a GEM may change about its figures: only which ones it shows first."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.actions import touch
from espace.indicators.models import ChosenSentence
from espace.indicators.permissions import CHOOSE

MOST_SENTENCES = 5


def choose_sentences(*, actor: Actor, gem_id: UUID, codes: Sequence[str]) -> None:
    """Keep the first five different ``codes`` as the GEM's own, in this order.

    An empty list goes back to the usual five. The same choice twice changes nothing.
    """
    require(actor, CHOOSE, gem_id)
    kept = list(dict.fromkeys(codes))[:MOST_SENTENCES]
    with transaction.atomic():
        ChosenSentence.objects.filter(gem_id=gem_id).delete()
        ChosenSentence.objects.bulk_create(
            ChosenSentence(gem_id=gem_id, position=place, code=code)
            for place, code in enumerate(kept, start=1)
        )
        touch(gem_id)
        journal.write(actor, CHOOSE, gem_id=gem_id)
