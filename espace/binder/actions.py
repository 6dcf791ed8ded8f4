"""Writes of the binder: add, change, remove and put back a row; keep the file of a document."""

from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.binder.models import Document, Partner, Row
from espace.binder.queries import register
from espace.core.file_kinds import refuse
from espace.core.idempotency import first_time
from espace.core.safe_files import SafeFile, safe_copy
from espace.groups.actions.versions import touch

QUOTA_BYTES = 200 * 1024 * 1024
"""Room for the files of one GEM (trust, section 10)."""
OF_THE_GEM = {"partner": Partner, "document": Document}


def add_row(
    *,
    actor: Actor,
    gem_id: UUID,
    slug: str,
    values: dict[str, Any],
    key: UUID,
    sent: UploadedFile[Any] | None = None,
) -> None:
    """Add a row, once for a ``key``; raises UnreadableFile when its file can't be kept."""
    require(actor, "binder.write", gem_id)
    copy = _copy(gem_id, sent)
    with transaction.atomic():
        if not first_time(key):
            return
        row = register(slug).model(gem_id=gem_id, **_own(gem_id, values))
        _keep_file(row, copy)
        row.save()
        journal.write(actor, "binder.add_row", gem_id=gem_id, thing=row.pk)
        touch(gem_id)


def change_row(
    *,
    actor: Actor,
    gem_id: UUID,
    slug: str,
    row_id: UUID,
    values: dict[str, Any],
    sent: UploadedFile[Any] | None = None,
) -> None:
    """Change a row; a new file takes the place of the old one. Raises UnreadableFile."""
    require(actor, "binder.write", gem_id)
    copy = _copy(gem_id, sent)
    with transaction.atomic():
        row = _row(slug, gem_id, row_id)
        for name, value in _own(gem_id, values).items():
            setattr(row, name, value)
        _keep_file(row, copy)
        row.save()
        journal.write(actor, "binder.change_row", gem_id=gem_id, thing=row_id)
        touch(gem_id)


@transaction.atomic
def remove_row(*, actor: Actor, gem_id: UUID, slug: str, row_id: UUID) -> None:
    """Take a row out of the binder; it can be put back."""
    require(actor, "binder.write", gem_id)
    row = _row(slug, gem_id, row_id)
    if row.removed:
        return
    row.removed = True
    row.save(update_fields=["removed"])
    journal.write(actor, "binder.remove_row", gem_id=gem_id, thing=row_id)
    touch(gem_id)


@transaction.atomic
def restore_row(*, actor: Actor, gem_id: UUID, slug: str, row_id: UUID) -> None:
    """Put back a row that was taken out."""
    require(actor, "binder.write", gem_id)
    row = _row(slug, gem_id, row_id)
    if not row.removed:
        return
    row.removed = False
    row.save(update_fields=["removed"])
    journal.write(actor, "binder.restore_row", gem_id=gem_id, thing=row_id)
    touch(gem_id)


@transaction.atomic
def erase_row(*, actor: Actor, gem_id: UUID, slug: str, row_id: UUID) -> None:
    """Erase for good a row that was taken out, with its file."""
    require(actor, "binder.write", gem_id)
    row = _row(slug, gem_id, row_id)
    if not row.removed:
        raise Http404
    _forget_file(getattr(row, "file", None) and row.file.name)
    row.delete()
    journal.write(actor, "binder.erase_row", gem_id=gem_id, thing=row_id)
    touch(gem_id)


def _row(slug: str, gem_id: UUID, row_id: UUID) -> Any:
    rows = register(slug).model._default_manager.select_for_update()
    return get_object_or_404(rows, pk=row_id, gem_id=gem_id)


def _own(gem_id: UUID, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with links to rows of this GEM only; 404 for another's."""
    found = dict(values)
    for name, model in OF_THE_GEM.items():
        if found.get(name):
            found[name] = get_object_or_404(model, pk=found[name], gem_id=gem_id)
    return found


def _copy(gem_id: UUID, sent: UploadedFile[Any] | None) -> SafeFile | None:
    """Return the copy to keep, made outside any transaction; raises UnreadableFile."""
    if sent is None:
        return None
    copy = safe_copy(sent.chunks())
    held = Document.objects.filter(gem_id=gem_id).aggregate(total=Sum("file_bytes"))["total"] or 0
    if held + len(copy.content) > QUOTA_BYTES:
        raise refuse("quota", _("Il n'y a plus de place : un GEM garde 200 Mo de fichiers."))
    return copy


def _keep_file(row: Row, copy: SafeFile | None) -> None:
    """Store the copy under a random name; the one before goes when the change is sure."""
    if copy is None or not isinstance(row, Document):
        return
    _forget_file(row.file.name)
    row.file.save(f"{uuid4().hex}.{copy.kind}", ContentFile(copy.content), save=False)
    row.file_kind, row.file_bytes = copy.kind, len(copy.content)


def _forget_file(name: str | None) -> None:
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))
