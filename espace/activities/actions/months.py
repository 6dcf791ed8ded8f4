"""« Ce mois est fini » : the GEM's own gesture, which it may take back.

Not the national publication (``close_month``), which comes with the partners' figures.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import InputWay
from espace.activities.events import MonthFinished
from espace.activities.models import FinishedMonth
from espace.activities.queries.access import local_now
from espace.activities.queries.folding import folded_on
from espace.activities.rules.months import may_finish
from espace.core.events import publish
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem


class TooEarlyError(Exception):
    """The month is not in its last days yet."""


class TooOldError(Exception):
    """The first names of the month are gone: what was counted can't be counted again."""


@transaction.atomic
def finish_month(
    *,
    actor: Actor,
    gem_id: UUID,
    month: date,
    input_way: InputWay,
    minutes: int | None = None,
) -> None:
    """Say that the month of ``month`` is complete; saying it twice changes nothing.

    ``minutes`` is the time it took to write down, when the GEM says it: of the whole GEM.

    Something may be missing: the page says what, the GEM decides. Raises TooEarlyError and
    TooOldError.
    """
    require(actor, "activities.finish_month", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    if not may_finish(month, today):
        raise TooEarlyError
    first = month.replace(day=1)
    touch(gem_id, since=first)
    if folded_on(gem_id, first, today):
        raise TooOldError
    row, _made = FinishedMonth.objects.select_for_update().get_or_create(gem_id=gem_id, month=first)
    if row.finished_on is None:
        row.finished_on, row.input_way = today, input_way
        if minutes is not None:
            row.minutes_spent = minutes
        row.save()
        journal.write(actor, "activities.finish_month", gem_id=gem_id, thing=first)
        publish(MonthFinished(gem_id, first, finished=True))


@transaction.atomic
def say_minutes(*, actor: Actor, gem_id: UUID, month: date, minutes: int) -> None:
    """Say how long a finished month took to write down. Changes nothing when it is not finished."""
    require(actor, "activities.finish_month", gem_id)
    first = month.replace(day=1)
    touch(gem_id, since=first)
    finished = FinishedMonth.objects.filter(gem_id=gem_id, month=first, finished_on__isnull=False)
    if finished.update(minutes_spent=minutes):
        journal.write(actor, "activities.say_minutes", gem_id=gem_id, thing=first)


@transaction.atomic
def reopen_month(*, actor: Actor, gem_id: UUID, month: date) -> None:
    """Open a finished month again, to correct it; the correction is counted. Raises TooOldError."""
    require(actor, "activities.finish_month", gem_id)
    first = month.replace(day=1)
    touch(gem_id, since=first)
    if folded_on(gem_id, first, local_now(sheet_gem(gem_id)).date()):
        raise TooOldError
    finished = FinishedMonth.objects.filter(gem_id=gem_id, month=first, finished_on__isnull=False)
    if finished.update(finished_on=None, corrected_after=F("corrected_after") + 1):
        journal.write(actor, "activities.reopen_month", gem_id=gem_id, thing=first)
        publish(MonthFinished(gem_id, first, finished=False))
