"""What a GEM may change about its figures: only which ones it shows first.

And what the platform keeps of them, just before the first names of a month go, or the memberships
of a year.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.events import NamesLeaving
from espace.groups.actions import touch
from espace.groups.events import MembershipsLeaving
from espace.indicators import measures
from espace.indicators.catalogue_reading import catalogue
from espace.indicators.final_values import (
    Key,
    periods_around,
    periods_of,
    reads,
    row_of,
    years_read,
)
from espace.indicators.models import ChosenSentence, FinalValue
from espace.indicators.permissions import CHOOSE
from espace.indicators.rules import Moment

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


def keep_final_values(event: NamesLeaving) -> None:
    """Keep every figure that needs the first names of this month, over every period that reads it.

    A value kept once never changes: after the first of its months, it can't be counted again. Runs
    in the transaction that takes the names away. Three SQL queries, and one to write.
    """
    found, today = catalogue(), event.today
    codes = [code for code in measures.computable() if measures.nature(found, code).needs_names]
    wanted = {
        (code, period)
        for period in periods_around(event.month)
        for code in codes
        if reads(found, code, period, event.month, today)
    }
    _keep(event.gem_id, wanted, today)


def keep_values_of_memberships(event: MembershipsLeaving) -> None:
    """Keep every figure that reads the memberships of these years, as ``keep_final_values``."""
    found, today = catalogue(), event.today
    codes = [code for code in measures.computable() if "membership" in found.entities(code)]
    for year in event.years:
        wanted = {
            (code, period)
            for period in (*periods_of(year), *periods_of(year + 1))
            for code in codes
            if year in years_read(found, code, Moment(period, today))
        }
        _keep(event.gem_id, wanted, today)


def _keep(gem_id: UUID, wanted: set[Key], today: date) -> None:
    found = catalogue()
    starts = {period.start for _, period in wanted}
    kept = FinalValue.objects.filter(gem_id=gem_id, start__in=starts)
    known = set(kept.order_by().values_list("code", "start", "end"))
    missing = {key for key in wanted if (key[0], key[1].start, key[1].end) not in known}
    if not missing:
        return
    measured = measures.measure(
        gem_id,
        sorted({period for _, period in missing}),
        sorted({code for code, _ in missing}),
        today,
    )
    FinalValue.objects.bulk_create(
        row_of(gem_id, measured[key], found, today) for key in sorted(missing)
    )
