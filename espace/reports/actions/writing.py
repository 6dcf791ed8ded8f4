"""Typing in a draft: words, numbers of one's own, the figures chosen, photos."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import NotAllowed, require
from espace.core.file_kinds import refuse
from espace.core.safe_files import IMAGES, safe_copy
from espace.groups.actions.versions import touch
from espace.reports.choices import Stage
from espace.reports.models import Answer, Photo, Report
from espace.reports.permissions import WRITE
from espace.reports.queries.drafts import draft

MOST_PHOTOS = 12
QUOTA_BYTES = 100 * 1024 * 1024


@transaction.atomic
def write_section(
    *, actor: Actor, gem_id: UUID, kind: str, year: int, answers: Mapping[str, str]
) -> None:
    """Keep what was typed; an empty text forgets the answer. Raises Http404, NotAllowed."""
    require(actor, WRITE, gem_id)
    report = _open_draft(actor=actor, gem_id=gem_id, kind=kind, year=year)
    for code, text in answers.items():
        if text == "":
            Answer.objects.filter(report=report, code=code).delete()
        else:
            Answer.objects.update_or_create(report=report, code=code, defaults={"text": text})
    journal.write(actor, "reports.write", gem_id=gem_id, thing=report.pk)
    touch(gem_id)


def add_photo(
    *,
    actor: Actor,
    gem_id: UUID,
    kind: str,
    year: int,
    section: str,
    sent: UploadedFile[Any],
    alt: str,
) -> None:
    """Keep a copy of a photo without its hidden data. Raises UnreadableFile."""
    require(actor, WRITE, gem_id)
    copy = safe_copy(sent.chunks(), IMAGES)
    with transaction.atomic():
        report = _open_draft(actor=actor, gem_id=gem_id, kind=kind, year=year)
        kept = Photo.objects.filter(report__gem_id=gem_id).aggregate(all=Sum("file_bytes"))["all"]
        if Photo.objects.filter(report=report, removed=False).count() >= MOST_PHOTOS:
            raise refuse("too_many", _("Il y a déjà 12 photos. Retirez-en une d'abord."))
        if (kept or 0) + len(copy.content) > QUOTA_BYTES:
            raise refuse("quota", _("Il n'y a plus de place pour les photos des bilans."))
        one = Photo(report=report, section=section, alt=alt, file_bytes=len(copy.content))
        one.file.save(f"{uuid4().hex}.{copy.kind}", ContentFile(copy.content), save=False)
        one.save()
        journal.write(actor, "reports.add_photo", gem_id=gem_id, thing=report.pk)
        touch(gem_id)


@transaction.atomic
def remove_photo(*, actor: Actor, gem_id: UUID, photo_id: UUID, restore: bool = False) -> Photo:
    """Take a photo out of a draft, or put it back; return it. Raises Http404."""
    require(actor, WRITE, gem_id)
    found = get_object_or_404(
        Photo.objects.select_related("report"), pk=photo_id, report__gem_id=gem_id
    )
    _open_draft(actor=actor, gem_id=gem_id, kind=found.report.kind, year=found.report.year)
    if found.removed == restore:
        found.removed = not restore
        found.save(update_fields=["removed"])
        journal.write(actor, "reports.remove_photo", gem_id=gem_id, thing=found.report_id)
        touch(gem_id)
    return found


def _open_draft(*, actor: Actor, gem_id: UUID, kind: str, year: int) -> Report:
    """Return the report one writes in, made if need be. Raises NotAllowed while others read it."""
    page = draft(actor, gem_id, kind, year)
    if page.stage is not Stage.DRAFT:
        raise NotAllowed(WRITE, _("Le bureau relit ce document. Reprenez-le d'abord."))
    if page.report is not None:
        return page.report
    return Report.objects.get_or_create(gem_id=gem_id, kind=kind, year=year)[0]
