"""Adding up: a GEM that changed is counted again, then its département, région and the nation.

A place is the sum of its children as they stand, never a sum plus a difference: counting the same
GEM twice does no harm, and a place can't drift away from its GEM.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID, uuid4
from zlib import crc32

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Least

from espace.core import jobs
from espace.groups.events import GemChanged
from espace.groups.queries.counted import CountedGem, counted_gem_ids, counted_gems
from espace.indicators.queries import formulas_fingerprint
from espace.territories.counting import ALL_DAYS, Rows, count_gem
from espace.territories.models import GemFigures, PlaceFigures, StaleGem, Turn
from espace.territories.summing import Touched, add_up

REFRESH_JOB = "territories.refresh"
GEMS_A_TURN = 20
NEIGHBOURS_FIRST = ("gem__region_code", "gem__departement_code", "pk")
Share = tuple[int, int]
"""(rank of this process from 0, number of processes)"""
ROWS_A_WRITE = 500
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refreshed:
    """How many GEM were taken in this turn, and which of them could not be counted."""

    taken: int
    failed: frozenset[UUID]


@dataclass(frozen=True)
class _Asked:
    """One GEM of a turn, as it was asked for; ``gem`` is None when it no longer counts."""

    gem_id: UUID
    since: date
    ticket: UUID
    gem: CountedGem | None


# --- Asking ---


def mark(event: GemChanged) -> None:
    """Note, in the transaction of the write, that the GEM's figures are to be counted again.

    One SQL query when it was noted already, three otherwise.
    """
    since = event.since or ALL_DAYS
    ticket = uuid4()
    known = StaleGem.objects.filter(pk=event.gem_id)
    if known.update(since=Least("since", Value(since)), ticket=ticket):
        return
    StaleGem.objects.create(gem_id=event.gem_id, since=since, ticket=ticket)
    jobs.later(REFRESH_JOB, str(event.gem_id))


def mark_all(*, since: date = ALL_DAYS) -> int:
    """Ask for every GEM that counts, from ``since`` on; return how many. Asking twice is once."""
    ids = counted_gem_ids()
    with transaction.atomic():
        StaleGem.objects.update(since=Least("since", Value(since)), ticket=uuid4())
        StaleGem.objects.bulk_create(
            (StaleGem(gem_id=gem_id, since=since, ticket=uuid4()) for gem_id in ids),
            ignore_conflicts=True,
            batch_size=ROWS_A_WRITE,
        )
        jobs.later(REFRESH_JOB, "all")
    return len(ids)


def start_again_if_formulas_changed() -> bool:
    """Ask for every GEM and every period when the catalogue is not the one that was summed."""
    formulas = formulas_fingerprint()
    with transaction.atomic():
        turn = _take_turn()
        if turn.formulas == formulas:
            return False
        Turn.objects.filter(pk=turn.pk).update(formulas=formulas)
        mark_all()
    return True


def forget_everything() -> None:
    """Throw every row away and ask for all of them again; facts are untouched."""
    with transaction.atomic():
        _take_turn()
        GemFigures.objects.all().delete()
        PlaceFigures.objects.all().delete()
        mark_all()


# --- Counting ---


def refresh(
    *, leave_out: Collection[UUID] = (), most: int = GEMS_A_TURN, share: Share = (0, 1)
) -> Refreshed:
    """Count ``most`` of the GEM that changed and add up their places. Safe to run side by side.

    Neighbours first, so that a place is summed once for several of its GEM. ``share`` (1, 3) is
    the second of three processes that share the work.
    Counting reads facts outside any transaction; only the writing of sums takes its turn. A write
    that comes meanwhile gives the GEM a new ticket: it stays asked for.
    """
    rows = StaleGem.objects.exclude(pk__in=leave_out).order_by(*NEIGHBOURS_FIRST)
    waiting = rows.values_list("pk", "since", "ticket", "gem__departement_code")
    mine = (row[:3] for row in waiting if _is_of(row[3], share))
    stale = list(islice(mine, most))
    gems = counted_gems([gem_id for gem_id, _, _ in stale])
    asked = [_Asked(*row, gems.get(row[0])) for row in stale]
    counted: dict[UUID, Rows] = {}
    failed = set()
    for one in asked:
        try:
            counted[one.gem_id] = count_gem(one.gem, one.since) if one.gem else {}
        except Exception as error:
            logger.error("GEM %s could not be counted: %s", one.gem_id, type(error).__name__)
            failed.add(one.gem_id)
    if counted:
        with transaction.atomic():
            _take_turn()
            _write([one for one in asked if one.gem_id in counted], counted)
    return Refreshed(len(asked), frozenset(failed))


def _is_of(departement_code: str, share: Share) -> bool:
    """A département is of one process: it is summed once, not once for each."""
    rank, processes = share
    return crc32(departement_code.encode()) % processes == rank


def _take_turn() -> Turn:
    turn, _ = Turn.objects.select_for_update().get_or_create(pk=1)
    return turn


def _write(asked: Collection[_Asked], counted: Mapping[UUID, Rows]) -> None:
    waiting = set(StaleGem.objects.filter(pk__in=list(counted)).values_list("pk", flat=True))
    touched: Touched = {}
    for one in asked:
        # Another worker counted those that wait no more, maybe from newer facts.
        if one.gem_id not in waiting:
            continue
        for place, spans in _replace_rows(one, counted[one.gem_id]).items():
            touched.setdefault(place, set()).update(spans)
        StaleGem.objects.filter(pk=one.gem_id, ticket=one.ticket).delete()
    add_up(touched)


def _replace_rows(one: _Asked, new: Rows) -> Touched:
    """Put the new rows of a GEM in the place of the old ones; return every place that changes.

    A GEM that moved to another département takes its past along (docs/decisions/0064).
    """
    touched: Touched = {}
    old = GemFigures.objects.filter(gem_id=one.gem_id, end__gte=one.since.replace(day=1)).order_by()
    for departement, region, start, end in old.values_list(
        "departement_code", "region_code", "start", "end"
    ):
        touched.setdefault((departement, region), set()).add((start, end))
    old.delete()
    if one.gem is None:
        return touched
    departement, region = one.gem.departement_code, one.gem.region_code
    GemFigures.objects.bulk_create(
        (
            GemFigures(
                gem_id=one.gem_id,
                start=period.start,
                end=period.end,
                departement_code=departement,
                region_code=region,
                cells=cells,
            )
            for period, cells in new.items()
        ),
        batch_size=ROWS_A_WRITE,
    )
    spans = {(period.start, period.end) for period in new}
    touched.setdefault((departement, region), set()).update(spans)
    return touched
