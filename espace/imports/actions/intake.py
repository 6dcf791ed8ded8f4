"""Bringing a file in and reading it; answering what it does not say; giving it up."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core import jobs
from espace.core.clock import now, today
from espace.groups.queries.from_file import (
    GemOfFile,
    first_names_of_roll,
    gem_of_file,
    names_of_other_gems,
)
from espace.imports.actions import files
from espace.imports.choices import FileKind, State
from espace.imports.models import ImportBatch
from espace.imports.queries.records import draft_reading
from espace.imports.reading import (
    Kind,
    Reading,
    UnreadableFile,
    apply_answers,
    read_in_subprocess,
    to_json,
)
from espace.imports.rules.records import (
    BACKGROUND_BYTES,
    DRAFT_FOR,
    KNOWN_LABELS,
    NO,
    UNDO_FOR,
    YES,
)

READ_JOB = "imports.read"
WRITABLE = (Kind.ATTENDANCE, Kind.VISITS, Kind.MEMBERS, Kind.PROGRAMME, Kind.CALENDAR)


def receive_file(
    *, actor: Actor, gem_id: UUID, chunks: Iterable[bytes], size: int, kind: Kind | None = None
) -> ImportBatch:
    """Keep the file just long enough to read it; return the draft, or the reading to wait for.

    Raises UnreadableFile, with its French message, when a small file can't be read: nothing is
    kept then. A big file (in bytes) is read by the worker.
    """
    require(actor, "imports.bring_records", gem_id)
    forget_old()
    name = files.keep(chunks)
    if size > BACKGROUND_BYTES:
        with transaction.atomic():
            batch = _new_batch(actor, gem_id, State.READING, kind, upload_name=name)
            jobs.later(READ_JOB, str(batch.pk))
        return batch
    try:
        reading = _read_upload(gem_id, name, kind)
    finally:
        files.throw_away(name)
    with transaction.atomic():
        batch = _new_batch(actor, gem_id, State.DRAFT, kind)
        _hold(batch, reading)
        batch.save()
    return batch


def _new_batch(
    actor: Actor, gem_id: UUID, state: State, kind: Kind | None, upload_name: str = ""
) -> ImportBatch:
    batch = ImportBatch.objects.create(
        gem_id=gem_id,
        made_by_id=actor.account_id,
        state=state,
        kind=kind.value if kind else FileKind.UNKNOWN,
        upload_name=upload_name,
    )
    journal.write(actor, "imports.bring", gem_id=gem_id, thing=batch.pk)
    return batch


def _read_upload(gem_id: UUID, name: str, kind: Kind | None) -> Reading:
    gem = gem_of_file(gem_id=gem_id)
    if gem is None:
        raise UnreadableFile(_("Ce GEM n'existe plus. Rien n'a été enregistré."), "no_group")
    return read_file(gem=gem, path=files.path_of(name), kind=kind)


def read_file(*, gem: GemOfFile, path: Path, kind: Kind | None) -> Reading:
    """Read a file in a process of its own, guesses applied; raises UnreadableFile.

    Nothing is written. The names of the other GEM only serve to notice the title of another one.
    """
    return read_in_subprocess(
        path,
        kind=kind,
        today=today(gem.time_zone),
        gem_name=gem.name,
        other_gem_names=names_of_other_gems(gem.id),
        first_names=first_names_of_roll(gem.id),
        time_zone=gem.time_zone,
        max_bytes=settings.IMPORT_MAX_BYTES,
    )


def is_writable(kind: Kind) -> bool:
    """True for the kinds of file that can be added today."""
    return kind in WRITABLE


def _hold(batch: ImportBatch, reading: Reading) -> None:
    """Make the batch a draft, or say kindly that this kind of file comes later."""
    batch.kind = reading.kind.value
    if reading.kind in WRITABLE:
        batch.state = State.DRAFT
        batch.reading = to_json(reading)
        return
    batch.state = State.FAILED
    batch.message = declined_message(reading.kind)


def declined_message(kind: Kind) -> str:
    """Return the kind sentence for a file that is recognised and not brought in yet."""
    if kind is Kind.UNKNOWN:
        return _(
            "Nous n'avons pas reconnu ce fichier. Rien n'a été enregistré. "
            "Apportez-le à nouveau et dites-nous ce que c'est."
        )
    return _(
        "Ce fichier est un budget. Rien n'a été enregistré. "
        "Pour l'apporter : « L'argent », puis « Le budget », puis « Apporter un budget »."
    )


def read_waiting_file(*, batch_id: UUID) -> None:
    """The worker's part of `receive_file`; safe to run twice. The file is deleted in any case."""
    batch = ImportBatch.objects.filter(pk=batch_id, state=State.READING).first()
    if batch is None:
        return
    kind = None if batch.kind == FileKind.UNKNOWN else Kind(batch.kind)
    reading, message = None, ""
    try:
        reading = _read_upload(batch.gem_id, batch.upload_name, kind)
    except UnreadableFile as refusal:
        message = refusal.message_fr
    finally:
        files.throw_away(batch.upload_name)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch_id)
        if locked.state != State.READING:
            return
        locked.upload_name = ""
        if reading is None:
            locked.state, locked.message = State.FAILED, message
        else:
            _hold(locked, reading)
        locked.save()


def answer_questions(
    *, actor: Actor, batch: ImportBatch, answers: Mapping[str, str]
) -> ImportBatch:
    """Apply the answers to the draft; an empty answer, « je ne sais pas », keeps the guess.

    A draft already confirmed or given up stays as it is. Answers that the file does not ask, or
    that are not among the choices, are left out.
    """
    require(actor, "imports.bring_records", batch.gem_id)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        reading = draft_reading(locked)
        if locked.state != State.DRAFT or reading is None:
            return locked
        same = answers.get(KNOWN_LABELS, "")
        locked.answers = {KNOWN_LABELS: same} if same in (YES, NO) else {}
        locked.reading = to_json(apply_answers(reading, _chosen(reading, answers)))
        locked.save()
    return locked


def _chosen(reading: Reading, answers: Mapping[str, str]) -> dict[str, str]:
    """Answers to the file's questions, the guess standing for what is empty or unknown."""
    chosen = {}
    for question in reading.questions:
        value = answers.get(question.id, "")
        legal = value in {choice.value for choice in question.choices}
        chosen[question.id] = value if legal else question.default
    return chosen


def abandon(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Give up a file that is being read or reviewed: its draft and the file are erased."""
    require(actor, "imports.bring_records", batch.gem_id)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state in (State.READING, State.DRAFT):
            files.throw_away(locked.upload_name)
            _empty(locked, State.CANCELLED)
            journal.write(actor, "imports.abandon", gem_id=locked.gem_id, thing=locked.pk)
    return locked


def _empty(batch: ImportBatch, state: State) -> None:
    batch.state, batch.reading, batch.answers, batch.upload_name = state, None, {}, ""
    batch.save()


def forget_old() -> int:
    """Erase drafts after 24 hours and what undoing needed after 30 days; return how many.

    Called at each new file and by the daily housekeeping.
    """
    limit = now() - DRAFT_FOR
    files.throw_away_before(limit)
    drafts = ImportBatch.objects.filter(state__in=(State.READING, State.DRAFT), made_at__lt=limit)
    forgotten = drafts.update(
        state=State.CANCELLED,
        reading=None,
        answers={},
        upload_name="",
        message=_("Ce brouillon a été effacé après 24 heures. Choisissez le fichier à nouveau."),
    )
    settled = ImportBatch.objects.filter(
        state__in=(State.DONE, State.UNDONE), done_at__lt=now() - UNDO_FOR
    )
    return forgotten + settled.exclude(details={}).update(details={})
