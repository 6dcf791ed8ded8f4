"""Was the place open, and when: the openings of a day."""

from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.actions.outings import follow_outings, make_room
from espace.activities.actions.sheet import open_sheet
from espace.activities.choices import Animation, Outcome
from espace.activities.events import AttendanceRecorded
from espace.activities.models import Slot
from espace.core.clock import now
from espace.core.events import publish
from espace.groups.actions import touch


class OpeningTakenError(Exception):
    """Another opening of that day begins at the same hour."""


@transaction.atomic
def close_day(*, actor: Actor, gem_id: UUID, day: date, outcome: Outcome) -> None:
    """Say that the place was not open on ``day``, and why (one of the « fermé » outcomes).

    What was noted that day stays. Raises NotNowError; ValueError for another outcome.
    """
    if outcome == Outcome.OUVERT:
        raise ValueError(outcome)
    open_sheet(actor=actor, gem_id=gem_id, day=day)
    _write_outcome(actor, gem_id, day, outcome)


@transaction.atomic
def open_day(*, actor: Actor, gem_id: UUID, day: date) -> None:
    """Say that the place was open on ``day`` after all. Raises NotNowError."""
    open_sheet(actor=actor, gem_id=gem_id, day=day)
    _write_outcome(actor, gem_id, day, Outcome.OUVERT)


@transaction.atomic
def open_unplanned(
    *,
    actor: Actor,
    gem_id: UUID,
    day: date,
    starts_at: time,
    hours: Decimal,
    animation: Animation,
) -> None:
    """Note an opening of ``day`` that the programme did not have; the same hour again corrects it.

    Raises NotNowError.
    """
    open_sheet(actor=actor, gem_id=gem_id, day=day)
    make_room(gem_id=gem_id, starts={(day, starts_at)})
    Slot.objects.update_or_create(
        gem_id=gem_id,
        date=day,
        starts_at=starts_at,
        defaults={
            "hours": hours,
            "animation": animation,
            "outcome": Outcome.OUVERT,
            "changed_by_hand": True,
        },
    )
    follow_outings(gem_id=gem_id, days={day})
    _told(actor, "activities.open_unplanned", gem_id, day)


@transaction.atomic
def add_opening(
    *,
    actor: Actor,
    gem_id: UUID,
    day: date,
    starts_at: time,
    hours: Decimal,
    animation: Animation,
) -> UUID:
    """Put an opening of one day in the programme; return its id. Raises OpeningTakenError."""
    require(actor, "activities.write_programme", gem_id)
    touch(gem_id, since=day)
    make_room(gem_id=gem_id, starts={(day, starts_at)})
    slot, made = Slot.objects.get_or_create(
        gem_id=gem_id,
        date=day,
        starts_at=starts_at,
        defaults={"hours": hours, "animation": animation, "changed_by_hand": True},
    )
    if not made:
        raise OpeningTakenError
    follow_outings(gem_id=gem_id, days={day})
    _told(actor, "activities.add_opening", gem_id, day)
    return slot.pk


@transaction.atomic
def change_slot(
    *,
    actor: Actor,
    gem_id: UUID,
    slot_id: UUID,
    starts_at: time,
    hours: Decimal,
    animation: Animation,
    outcome: str,
) -> date:
    """Change one opening of the programme, today, before or later; return its day.

    Raises OpeningTakenError when another opening of that day begins at ``starts_at``.
    """
    require(actor, "activities.write_programme", gem_id)
    touch(gem_id)
    rows = Slot.objects.select_for_update().filter(gem_id=gem_id, outing__isnull=True)
    slot = rows.filter(pk=slot_id).first()
    if slot is None:
        raise Http404
    make_room(gem_id=gem_id, starts={(slot.date, starts_at)})
    same_hour = Slot.objects.filter(gem_id=gem_id, date=slot.date, starts_at=starts_at)
    if same_hour.exclude(pk=slot_id).exists():
        raise OpeningTakenError
    slot.starts_at, slot.hours = starts_at, hours
    slot.animation, slot.outcome = animation, outcome
    slot.changed_by_hand = True
    slot.save()
    follow_outings(gem_id=gem_id, days={slot.date})
    _told(actor, "activities.change_slot", gem_id, slot.date)
    return slot.date


def _write_outcome(actor: Actor, gem_id: UUID, day: date, outcome: Outcome) -> None:
    planned = Slot.objects.filter(gem_id=gem_id, date=day, outing__isnull=True)
    planned.update(outcome=outcome, changed_by_hand=True, changed_at=now())
    _told(actor, "activities.say_outcome", gem_id, day)


def _told(actor: Actor, action: str, gem_id: UUID, day: date) -> None:
    journal.write(actor, action, gem_id=gem_id, thing=day)
    publish(AttendanceRecorded(gem_id, day))
