"""The monthly closing: freeze, hide, round, check, publish. Nothing is published otherwise."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.disclosure.freezing import freeze
from espace.disclosure.models import BlockedClosing, ClosingMemory, FrozenGem, Release
from espace.disclosure.permissions import CLOSE
from espace.disclosure.rules.checks import failures
from espace.disclosure.rules.closing import Closed, GemPeople, Memory, close, places_of
from espace.disclosure.rules.counts import NATION, departement_code, region_code
from espace.disclosure.rules.months import may_be_closed
from espace.disclosure.rules.published import PASSAGES_FOLLOW
from espace.disclosure.signing import signature_of
from espace.groups.queries.counted import CountedGem, counted_gem_ids, counted_gems
from espace.indicators.rules import Period, month_period

ROWS_A_WRITE = 500
Progress = Callable[[int, int], None]
logger = logging.getLogger(__name__)


class NotYetError(Exception):
    """GEM may still finish this month: it is not the tenth of the next one."""


class ClosedAlreadyError(Exception):
    """This month, or a later one, is published: a published number is never computed again."""


class BlockedError(Exception):
    """The closing broke a promise; nothing is published, what was before stays. Says how many."""


def close_month(
    *, actor: Actor, month: date, today: date, progress: Progress | None = None
) -> Release:
    """Publish the month of ``month``. Raises NotYetError, ClosedAlreadyError or BlockedError."""
    require(actor, CLOSE)
    period = month_period(month.replace(day=1))
    if not may_be_closed(period.start, today):
        raise NotYetError
    if Release.objects.filter(month__gte=period.start).exists():
        raise ClosedAlreadyError
    last = Release.objects.select_related("closingmemory").first()
    gems = _there(period)
    counted, corrected = _count(gems, period, last, today, progress)
    new_year = last is None or last.month.year != period.start.year
    closed = close(counted, _memory_of(last), new_year=new_year)
    broken = failures(counted, closed)
    if broken:
        BlockedClosing.objects.create(month=period.start, failures=len(broken))
        logger.error("closing of %s blocked: %s", period, len(broken))
        raise BlockedError(len(broken))
    return _publish(actor, period, counted, closed, corrected)


def _there(period: Period) -> list[CountedGem]:
    """Return the GEM that were there during the month, in the order of their places."""
    ids = counted_gem_ids()
    found: dict[UUID, CountedGem] = {}
    for start in range(0, len(ids), ROWS_A_WRITE):
        found |= counted_gems(ids[start : start + ROWS_A_WRITE])
    return [
        found[gem_id] for gem_id in ids if gem_id in found and _was_there(found[gem_id], period)
    ]


def _was_there(gem: CountedGem, period: Period) -> bool:
    has_opened = gem.opened_on is None or gem.opened_on <= period.end
    return has_opened and (gem.closed_on is None or gem.closed_on >= period.start)


def _memory_of(last: Release | None) -> Memory:
    if last is None:
        return Memory()
    kept = last.closingmemory
    return Memory(references=kept.references, hidden=kept.hidden)


def _count(
    gems: Sequence[CountedGem],
    period: Period,
    last: Release | None,
    today: date,
    progress: Progress | None,
) -> tuple[list[GemPeople], int]:
    """Return what each GEM brings to the month, and how many corrected the last published one.

    The two months are counted together: it costs little more than one.
    """
    months = [period] if last is None else [period, month_period(last.month)]
    frozen = {row.gem_id: row for row in FrozenGem.objects.filter(release=last).order_by()}
    counted, corrected = [], 0
    for rank, gem in enumerate(gems, start=1):
        now, *before = freeze(gem, months, today)
        counted.append(now)
        row = frozen.get(gem.id)
        if row is not None and _kept(before[0]) != (row.people, row.passages):
            corrected += 1
        if progress:
            progress(rank, len(gems))
    return counted, corrected


def _kept(one: GemPeople) -> tuple[dict[str, dict[str, list[int]]], int | None]:
    people = {
        code: {"ages": list(bands.ages), "sexes": list(bands.sexes)}
        for code, bands in one.people.items()
    }
    return people, one.passages


@transaction.atomic
def _publish(
    actor: Actor, period: Period, counted: Sequence[GemPeople], closed: Closed, corrected: int
) -> Release:
    if Release.objects.select_for_update().filter(month__gte=period.start).exists():
        raise ClosedAlreadyError
    release = Release(
        month=period.start,
        tables=closed.tables,
        places=_gems_behind(counted),
        corrected_gems=corrected,
    )
    release.signature = signature_of(release)
    release.save()
    ClosingMemory.objects.create(
        release=release,
        references=closed.memory.references,
        hidden={name: sorted(places) for name, places in closed.memory.hidden.items()},
    )
    FrozenGem.objects.bulk_create(
        (
            FrozenGem(
                release=release,
                gem_id=UUID(one.gem),
                departement_code=one.departement,
                region_code=one.region,
                people=_kept(one)[0],
                passages=one.passages,
            )
            for one in counted
        ),
        batch_size=ROWS_A_WRITE,
    )
    journal.write(actor, CLOSE, thing=period.start)
    return release


def _gems_behind(counted: Sequence[GemPeople]) -> dict[str, list[int]]:
    """Return, by place, [GEM whose people are counted, GEM here]."""
    found = {place: [0, 0] for place in places_of(counted)}
    for one in counted:
        for place in (NATION, region_code(one.region), departement_code(one.departement)):
            found[place][1] += 1
            found[place][0] += PASSAGES_FOLLOW in one.people
    return found
