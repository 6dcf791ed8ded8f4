"""Writing attendance and visits, and taking them back."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from espace.accounts.access import Actor
from espace.activities.actions.imported import (
    UsualOpening,
    add_imported_attendance,
    note_imported_months,
    undo_imported_attendance,
)
from espace.activities.choices import Animation
from espace.activities.queries.imported import first_recorded_day, people_still_used
from espace.core.clock import today
from espace.groups.actions.from_file import (
    Newcomer,
    correct_first_seen,
    enrol_from_file,
    withdraw_from_file,
)
from espace.groups.queries.from_file import (
    GemOfFile,
    people_of_batch,
    roll_for_file,
    usual_hours,
)
from espace.imports.actions.finishing import finish, working
from espace.imports.models import ImportBatch
from espace.imports.queries.records import people_of, says_same_people
from espace.imports.reading import Reading
from espace.imports.rules.records import (
    UNDO_FOR,
    Attended,
    attended,
    corrected_first_seen,
    first_days,
    first_seen,
    name_of,
)

A_DAY = timedelta(days=1)


def write(
    *,
    actor: Actor,
    batch: ImportBatch,
    gem: GemOfFile,
    reading: Reading,
    on_progress: Callable[[int], None],
) -> ImportBatch:
    """Add the presences by short transactions, then note the months; safe to run twice."""
    what = attended(reading, with_names=gem.counts_with_names)
    people = _enrol(actor, batch, gem, reading, what)
    added = add_imported_attendance(
        actor=actor,
        gem_id=gem.id,
        batch_id=batch.pk,
        presences=[(people[index], day) for index, day in what.presences],
        heads=what.heads,
        usual=_usual_openings(gem.id),
        on_progress=on_progress,
        keep_names_until=today(gem.time_zone) + UNDO_FOR + A_DAY,
    )
    with transaction.atomic():
        locked = working(batch)
        corrected, finished = note_imported_months(
            actor=actor,
            gem_id=gem.id,
            batch_id=batch.pk,
            complete=[date.fromisoformat(f"{month}-01") for month in reading.finished_months],
            today=today(gem.time_zone),
        )
        result = {
            **asdict(added),
            "people": len(people_of_batch(gem.id, batch.pk)),
            "months_corrected": len(corrected),
            "months_finished": len(finished),
        }
        details = {
            "first_seen": locked.details.get("first_seen", {}),
            "months_corrected": [month.isoformat() for month in corrected],
            "months_finished": [month.isoformat() for month in finished],
        }
        finish(locked, reading, result, details)
    return locked


def take_back(*, actor: Actor, batch: ImportBatch) -> None:
    """Remove all the attendance this import wrote, and the people nobody saw since."""
    kept = batch.details
    undo_imported_attendance(
        actor=actor,
        gem_id=batch.gem_id,
        batch_id=batch.pk,
        months_corrected=_days(kept.get("months_corrected", [])),
        months_finished=_days(kept.get("months_finished", [])),
    )
    _restore_first_seen(actor, batch)
    withdraw(actor=actor, batch=batch)


def withdraw(*, actor: Actor, batch: ImportBatch) -> None:
    """Take off the roll those whom this import put there and nobody saw since."""
    brought = people_of_batch(batch.gem_id, batch.pk)
    withdraw_from_file(
        actor=actor,
        gem_id=batch.gem_id,
        batch_id=batch.pk,
        keep=people_still_used(batch.gem_id, brought),
    )


def _enrol(
    actor: Actor, batch: ImportBatch, gem: GemOfFile, reading: Reading, what: Attended
) -> dict[int, UUID]:
    """Find or make the person of the roll for each person of the file who came.

    Done in one go and remembered: an import started again finds the same people.
    """
    if "people" in batch.details:
        return {int(index): UUID(pk) for index, pk in batch.details["people"].items()}
    roll = roll_for_file(gem.id) if what.presences else []
    people = people_of(gem, reading, what, roll, says_same_people(batch))
    first = first_days(what.presences)
    label = {person.index: person.label for person in reading.people}
    with transaction.atomic():
        gem_first = first_recorded_day(gem.id, without_batch=batch.pk)
        names = {index: name_of(label[index]) for index in people.new}
        newcomers = [
            Newcomer(name.first_name, name.initial, first_seen(first[index], gem_first))
            for index, name in names.items()
        ]
        made = enrol_from_file(actor=actor, gem_id=gem.id, batch_id=batch.pk, newcomers=newcomers)
        found = {**people.known, **dict(zip(names, made, strict=True))}
        kept = {person.id: person.first_seen_on for person in roll}
        after = {
            pk: corrected_first_seen(kept[pk], first[index], gem_first)
            for index, pk in people.known.items()
        }
        before = correct_first_seen(actor=actor, gem_id=gem.id, changes=after)
        batch.details = {
            "people": {str(index): str(pk) for index, pk in found.items()},
            "first_seen": {str(pk): [_iso(day), _iso(after[pk])] for pk, day in before.items()},
        }
        batch.save(update_fields=["details"])
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _usual_openings(gem_id: UUID) -> dict[int, list[UsualOpening]]:
    return {
        weekday: [
            UsualOpening(
                one.starts_at,
                _hours(one.starts_at, one.ends_at),
                Animation.AUTOGEREE if one.member_run else Animation.AVEC_SALARIE,
            )
            for one in openings
        ]
        for weekday, openings in usual_hours(gem_id).items()
    }


def _hours(starts_at: time, ends_at: time) -> Decimal:
    minutes = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _restore_first_seen(actor: Actor, batch: ImportBatch) -> None:
    """Give back their first coming to those whose date nobody changed since."""
    kept = batch.details.get("first_seen", {})
    current = {str(person.id): _iso(person.first_seen_on) for person in roll_for_file(batch.gem_id)}
    changes = {
        UUID(pk): date.fromisoformat(before) if before else None
        for pk, (before, after) in kept.items()
        if pk in current and current[pk] == after
    }
    correct_first_seen(actor=actor, gem_id=batch.gem_id, changes=changes)


def _days(texts: list[str]) -> list[date]:
    return [date.fromisoformat(text) for text in texts]
