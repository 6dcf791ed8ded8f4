"""Adding a reviewed file to the GEM's sheets, stopping half-way, and taking it all back."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from espace.accounts import journal
from espace.accounts.access import SYSTEM, Actor
from espace.accounts.permissions import require
from espace.activities.actions.imported import (
    UsualOpening,
    add_imported_attendance,
    note_imported_months,
    undo_imported_attendance,
)
from espace.activities.choices import Animation
from espace.activities.queries.imported import first_recorded_day, people_still_used
from espace.core import jobs
from espace.core.clock import now, today
from espace.groups.actions import touch
from espace.groups.actions.from_file import (
    Newcomer,
    correct_first_seen,
    enrol_from_file,
    withdraw_from_file,
)
from espace.groups.queries.from_file import (
    GemOfFile,
    gem_of_file,
    people_of_batch,
    roll_for_file,
    usual_hours,
)
from espace.imports.actions.intake import abandon
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.queries import draft_reading, is_undoable, people_of, says_same_people
from espace.imports.reading import Reading
from espace.imports.rules import (
    BACKGROUND_ROWS,
    STALLED_AFTER,
    Attended,
    attended,
    corrected_first_seen,
    first_days,
    first_seen,
    name_of,
)

WRITE_JOB = "imports.write"
LINES_KEPT = 200
WORDING = {
    State.CANCELLED: _("Vous avez arrêté l'ajout. Tout ce qui était ajouté est retiré."),
    State.FAILED: _(
        "L'ajout s'est arrêté. Cela vient de nous, pas de vous. "
        "Rien n'a été gardé. Vous pouvez recommencer avec le même fichier."
    ),
}


class StopAskedError(Exception):
    """The person asked to stop while rows were being added."""


def confirm_import(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Add a draft to the sheets: at once when small, by the worker beyond 5,000 rows.

    Only a draft that holds something is added: a second press, a second tab or the back button
    find it done and change nothing.
    """
    require(actor, "imports.bring_records", batch.gem_id)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        reading = draft_reading(locked)
        gem = gem_of_file(gem_id=locked.gem_id)
        if locked.state != State.DRAFT or reading is None or gem is None:
            return locked
        what = attended(reading, with_names=gem.counts_with_names)
        total = len(what.presences) + len(what.heads)
        if total == 0:
            return locked
        locked.state, locked.progress_done, locked.progress_total = State.WORKING, 0, total
        locked.save()
        journal.write(actor, "imports.confirm", gem_id=locked.gem_id, thing=locked.pk)
        if total > BACKGROUND_ROWS:
            jobs.later(WRITE_JOB, str(locked.pk))
            return locked
        return _write(actor, locked, gem, reading, lambda done: None)


def commit_reading(*, actor: Actor, gem: GemOfFile, reading: Reading) -> ImportBatch:
    """Add a reading in one go, guesses kept: what the command line does.

    When it stops on an error, all it added is taken back.
    """
    require(actor, "imports.bring_records", gem.id)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            gem_id=gem.id,
            made_by_id=actor.account_id,
            state=State.WORKING,
            kind=reading.kind.value,
        )
        journal.write(actor, "imports.confirm", gem_id=gem.id, thing=batch.pk)
    try:
        return _write(actor, batch, gem, reading, lambda done: None)
    except BaseException:
        _give_up(batch.pk, State.FAILED)
        raise


def write_waiting_import(*, batch_id: UUID) -> None:
    """The worker's part of `confirm_import`; safe to run twice, and after a crash.

    When it stops half-way, because it was asked to or on an error, all it added is taken back.
    """
    batch = ImportBatch.objects.filter(
        pk=batch_id, state__in=(State.WORKING, State.STOPPING)
    ).first()
    if batch is None:
        return
    reading, gem = draft_reading(batch), gem_of_file(gem_id=batch.gem_id)
    if batch.state == State.STOPPING or reading is None or gem is None:
        _give_up(batch_id, State.CANCELLED if batch.state == State.STOPPING else State.FAILED)
        return
    try:
        _write(SYSTEM, batch, gem, reading, lambda done: _move_on(batch_id, done))
    except StopAskedError:
        _give_up(batch_id, State.CANCELLED)
    except Exception:
        _give_up(batch_id, State.FAILED)
        raise


def stop_import(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Ask the worker to stop adding rows; what it added is then taken back.

    When the worker gave no sign for three minutes, it is taken back at once.
    """
    require(actor, "imports.bring_records", batch.gem_id)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state not in (State.WORKING, State.STOPPING):
            return locked
        if is_stalled(locked):
            return _take_back(actor, locked, State.CANCELLED)
        if locked.state == State.WORKING:
            locked.state = State.STOPPING
            locked.save()
            journal.write(actor, "imports.stop", gem_id=locked.gem_id, thing=locked.pk)
    return locked


def give_up(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Stop an import wherever it is before its end; one already added stays as it is."""
    if batch.state in (State.WORKING, State.STOPPING):
        return stop_import(actor=actor, batch=batch)
    return abandon(actor=actor, batch=batch)


def is_stalled(batch: ImportBatch) -> bool:
    """True when the worker gave no sign for three minutes."""
    return now() - batch.moved_at > STALLED_AFTER


def undo_import(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Take an import back within 30 days; a second press changes nothing."""
    require(actor, "imports.bring_records", batch.gem_id)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not is_undoable(locked, now()):
            return locked
        journal.write(actor, "imports.undo", gem_id=locked.gem_id, thing=locked.pk)
        return _take_back(actor, locked, State.UNDONE)


def _move_on(batch_id: UUID, done: int) -> None:
    """Note how far the worker is; stop when the person asked for it."""
    working = ImportBatch.objects.filter(pk=batch_id, state=State.WORKING)
    if not working.update(progress_done=done, moved_at=now()):
        raise StopAskedError


def _write(
    actor: Actor,
    batch: ImportBatch,
    gem: GemOfFile,
    reading: Reading,
    on_progress: Callable[[int], None],
) -> ImportBatch:
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
    )
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state != State.WORKING:
            raise StopAskedError
        corrected, finished = note_imported_months(
            actor=actor,
            gem_id=gem.id,
            batch_id=batch.pk,
            complete=[date.fromisoformat(f"{month}-01") for month in reading.finished_months],
            today=today(gem.time_zone),
        )
        locked.result = {
            **asdict(added),
            "people": len(people_of_batch(gem.id, batch.pk)),
            "unreadable": len(reading.unreadable),
            "months_corrected": len(corrected),
            "months_finished": len(finished),
        }
        locked.details = {
            "first_seen": locked.details.get("first_seen", {}),
            "months_corrected": [month.isoformat() for month in corrected],
            "months_finished": [month.isoformat() for month in finished],
            "unreadable": [[u.sheet, u.line, u.reason] for u in reading.unreadable[:LINES_KEPT]],
            "dropped": list(reading.dropped),
        }
        touch(gem.id)
        locked.state, locked.done_at = State.DONE, now()
        locked.reading, locked.answers, locked.progress_done = None, {}, locked.progress_total
        locked.save()
    return locked


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


def _give_up(batch_id: UUID, state: State) -> None:
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch_id)
        _take_back(SYSTEM, locked, state)


def _take_back(actor: Actor, batch: ImportBatch, state: State) -> ImportBatch:
    """Remove all that this import wrote, then note why; the caller holds the lock."""
    kept = batch.details
    undo_imported_attendance(
        actor=actor,
        gem_id=batch.gem_id,
        batch_id=batch.pk,
        months_corrected=_days(kept.get("months_corrected", [])),
        months_finished=_days(kept.get("months_finished", [])),
    )
    _restore_first_seen(actor, batch)
    brought = people_of_batch(batch.gem_id, batch.pk)
    withdraw_from_file(
        actor=actor,
        gem_id=batch.gem_id,
        batch_id=batch.pk,
        keep=people_still_used(batch.gem_id, brought),
    )
    touch(batch.gem_id)
    batch.state, batch.reading, batch.answers, batch.details = state, None, {}, {}
    batch.message = str(WORDING.get(state, ""))
    batch.save()
    return batch


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
