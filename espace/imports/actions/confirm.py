"""Adding a reviewed file to the GEM's sheets, stopping half-way, and taking it all back."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from espace.accounts import journal
from espace.accounts.access import SYSTEM, Actor
from espace.accounts.permissions import require
from espace.core import jobs
from espace.core.clock import now
from espace.groups.actions import touch
from espace.groups.queries.from_file import GemOfFile, gem_of_file
from espace.imports.actions import attendance, members, programme
from espace.imports.actions.finishing import StopAskedError
from espace.imports.actions.intake import abandon
from espace.imports.choices import FileKind, State
from espace.imports.models import ImportBatch
from espace.imports.queries.records import draft_reading, is_undoable
from espace.imports.reading import Kind, Reading
from espace.imports.rules.records import BACKGROUND_ROWS, STALLED_AFTER, rows_to_write

WRITE_JOB = "imports.write"
IN_PARTS = (FileKind.ATTENDANCE, FileKind.VISITS)
"""Kinds written by short transactions; the others go in one."""
WORDING = {
    State.CANCELLED: _("Vous avez arrêté l'ajout. Tout ce qui était ajouté est retiré."),
    State.FAILED: _(
        "L'ajout s'est arrêté. Cela vient de nous, pas de vous. "
        "Rien n'a été gardé. Vous pouvez recommencer avec le même fichier."
    ),
}


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
        total = rows_to_write(reading, with_names=gem.counts_with_names)
        if total == 0:
            return locked
        locked.state, locked.progress_done, locked.progress_total = State.WORKING, 0, total
        locked.save()
        journal.write(actor, "imports.confirm", gem_id=locked.gem_id, thing=locked.pk)
        if total > BACKGROUND_ROWS and locked.kind in IN_PARTS:
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
    if reading.kind is Kind.MEMBERS:
        return members.write(actor=actor, batch=batch, gem=gem, reading=reading)
    if reading.kind in (Kind.PROGRAMME, Kind.CALENDAR):
        return programme.write(actor=actor, batch=batch, gem=gem, reading=reading)
    return attendance.write(
        actor=actor, batch=batch, gem=gem, reading=reading, on_progress=on_progress
    )


def _give_up(batch_id: UUID, state: State) -> None:
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch_id)
        _take_back(SYSTEM, locked, state)


def _take_back(actor: Actor, batch: ImportBatch, state: State) -> ImportBatch:
    """Remove all that this import wrote, then note why; the caller holds the lock."""
    if batch.kind == FileKind.MEMBERS:
        members.take_back(actor=actor, batch=batch)
    elif batch.kind in (FileKind.PROGRAMME, FileKind.CALENDAR):
        programme.take_back(actor=actor, batch=batch)
    else:
        attendance.take_back(actor=actor, batch=batch)
    touch(batch.gem_id)
    batch.state, batch.reading, batch.answers, batch.details = state, None, {}, {}
    batch.message = str(WORDING.get(state, ""))
    batch.save()
    return batch
