"""Filling the month card: numbers, « je ne sais pas », sticks on the tablet.

Every press saves. The journal gets one line a day for a card, whatever the number of presses.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import Direction, Section
from espace.activities.models import (
    ArrivalTally,
    HelpTally,
    MonthCard,
    ReferralTally,
    TensionChoice,
    TensionTally,
    VolunteerMonth,
)
from espace.activities.queries.access import is_month_finished, local_now
from espace.activities.queries.month_card import counts_tensions, stored_values, unknown_sections
from espace.activities.rules.moments import previous_month
from espace.activities.rules.month_card import (
    BY_NAME,
    CONTACT,
    COUNT,
    HOURS,
    PEOPLE,
    RESOLVED,
    TENSIONS,
    Cell,
    Values,
    changed,
    has_begun,
    merged,
    sections_of,
    too_large_parts,
    with_stick,
)
from espace.core.idempotency import first_time
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem


class CardClosedError(Exception):
    """The month is finished: it is opened again before its card is corrected."""


class NotBegunError(Exception):
    """The month has not begun."""


class FutureMeetingError(Exception):
    """A meeting that has not taken place decided nothing yet."""


@transaction.atomic
def save_card(
    *,
    actor: Actor,
    gem_id: UUID,
    month: date,
    seen: Values,
    typed: Values,
    asked: Collection[Cell],
    unknown: Collection[Section] = (),
    known: Collection[Section] = (),
) -> tuple[Cell, ...]:
    """Write what moved between ``seen`` and ``typed``, among the cells of ``asked``.

    ``unknown`` are the parts for which « je ne sais pas » was pressed, ``known`` those where it was
    taken back; a number takes it back too. Return the parts that were more than their whole: those
    are not written. Raises NotAllowed, CardClosedError and NotBegunError.
    """
    require(actor, "activities.fill_month_card", gem_id)
    first = _open_month(gem_id, month)
    if not counts_tensions(gem_id):
        asked = [cell for cell in asked if cell.section != Section.TENSIONS]
        unknown = [section for section in unknown if section != Section.TENSIONS]
    stored = stored_values(gem_id, first)
    moves = changed(seen, typed, asked)
    refused = too_large_parts(merged(stored, moves))
    moves = {cell: value for cell, value in moves.items() if cell not in refused}
    after = merged(stored, moves)
    # A whole taken away leaves its part alone: the part goes with it.
    for cell in too_large_parts(after):
        after.pop(cell)
    _write(actor, gem_id, first, stored, after, unknown, known)
    return refused


@transaction.atomic
def add_stick(*, actor: Actor, gem_id: UUID, month: date, cell: Cell, by: int, key: UUID) -> None:
    """One act of help more, or one less, from the wall or the tablet.

    Raises NotAllowed, CardClosedError and NotBegunError.
    """
    require(actor, "activities.count_help", gem_id)
    first = _open_month(gem_id, month)
    if cell.section != Section.ENTRAIDE or cell.name not in BY_NAME or by not in (-1, 1):
        raise ValueError(cell)
    if first < previous_month(local_now(sheet_gem(gem_id)).date()):
        raise CardClosedError
    if not first_time(key):
        return
    stored = stored_values(gem_id, first)
    after = dict(stored) | {cell: with_stick(stored, cell, by)}
    _write(actor, gem_id, first, stored, after, (), ())


@transaction.atomic
def choose_tensions(*, actor: Actor, gem_id: UUID, decided_on: date | None) -> None:
    """Count tensions from now on, as the meeting of ``decided_on`` said; None stops.

    Raises NotAllowed and FutureMeetingError.
    """
    require(actor, "activities.choose_tensions", gem_id)
    if decided_on and decided_on > local_now(sheet_gem(gem_id)).date():
        raise FutureMeetingError
    touch(gem_id)
    if decided_on is None:
        TensionChoice.objects.filter(gem_id=gem_id).delete()
    else:
        TensionChoice.objects.update_or_create(gem_id=gem_id, defaults={"decided_on": decided_on})
    journal.write(actor, "activities.choose_tensions", gem_id=gem_id, thing=decided_on or "")


def _open_month(gem_id: UUID, month: date) -> date:
    """Lock the GEM and return the first day of a month that may be written."""
    first = month.replace(day=1)
    if not has_begun(first, local_now(sheet_gem(gem_id)).date()):
        raise NotBegunError
    touch(gem_id, since=first)
    if is_month_finished(gem_id, first):
        raise CardClosedError
    return first


def _write(
    actor: Actor,
    gem_id: UUID,
    month: date,
    stored: Values,
    after: Values,
    unknown: Collection[Section],
    known: Collection[Section],
) -> None:
    """Keep the numbers and the « je ne sais pas » of the card, when something changed."""
    before = unknown_sections(gem_id, month)
    answered = {section.value for section in sections_of(after)}
    said = (before | {one.value for one in unknown}) - {one.value for one in known} - answered
    moved = {cell for cell in {*stored, *after} if stored.get(cell) != after.get(cell)}
    if not moved and said == before:
        return
    today = local_now(sheet_gem(gem_id)).date()
    card, made = MonthCard.objects.get_or_create(
        gem_id=gem_id, month=month, defaults={"written_on": today}
    )
    first_today = made or card.written_on != today
    card.unknown, card.written_on = sorted(said), today
    card.save()
    for section in sections_of(moved):
        WRITERS[section](gem_id, month, after)
    if first_today:
        journal.write(actor, "activities.fill_month_card", gem_id=gem_id, thing=month)


def _replace(model: Any, gem_id: UUID, month: date, rows: Collection[Mapping[str, Any]]) -> None:
    model.objects.filter(gem_id=gem_id, month=month).delete()
    model.objects.bulk_create(model(gem_id=gem_id, month=month, **row) for row in rows)


def _write_help(gem_id: UUID, month: date, values: Values) -> None:
    rows = [
        {"kind": cell.line, "from_kind": cell.column, "count": int(value)}
        for cell, value in values.items()
        if cell.section == Section.ENTRAIDE
    ]
    _replace(HelpTally, gem_id, month, rows)


def _write_referrals(gem_id: UUID, month: date, values: Values) -> None:
    rows = []
    for cell, value in values.items():
        if cell.section != Section.RELAIS or cell.column == CONTACT:
            continue
        contact = values.get(Cell(Section.RELAIS, cell.line, CONTACT))
        rows.append(
            {
                "channel": cell.line,
                "direction": cell.column,
                "count": int(value),
                "contact_made_count": contact if cell.column == Direction.DEPUIS_GEM else None,
            }
        )
    _replace(ReferralTally, gem_id, month, rows)


def _write_arrivals(gem_id: UUID, month: date, values: Values) -> None:
    rows = [
        {"channel": cell.line, "count": int(value)}
        for cell, value in values.items()
        if cell.section == Section.ARRIVEES
    ]
    _replace(ArrivalTally, gem_id, month, rows)


def _write_volunteers(gem_id: UUID, month: date, values: Values) -> None:
    lines: dict[str, dict[str, Decimal]] = defaultdict(dict)
    names = {PEOPLE: "volunteers", HOURS: "hours"}
    for cell, value in values.items():
        if cell.section == Section.BENEVOLAT:
            lines[cell.line][names[cell.column]] = value
    rows = [{"from_kind": line, **numbers} for line, numbers in lines.items()]
    _replace(VolunteerMonth, gem_id, month, rows)


def _write_tensions(gem_id: UUID, month: date, values: Values) -> None:
    count = values.get(Cell(Section.TENSIONS, TENSIONS, COUNT))
    resolved = values.get(Cell(Section.TENSIONS, TENSIONS, RESOLVED))
    rows = [] if count is None else [{"count": int(count), "resolved_count": resolved}]
    _replace(TensionTally, gem_id, month, rows)


WRITERS = {
    Section.ENTRAIDE: _write_help,
    Section.RELAIS: _write_referrals,
    Section.ARRIVEES: _write_arrivals,
    Section.BENEVOLAT: _write_volunteers,
    Section.TENSIONS: _write_tensions,
}
