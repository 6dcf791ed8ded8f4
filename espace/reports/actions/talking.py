"""What is said once a document is sent: receipt, question, answer; and the part of an ARS."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.groups.actions.versions import touch
from espace.reports.choices import Said
from espace.reports.models import FunderPart, PastFigure, Remark, Version
from espace.reports.permissions import FINISH, PAST
from espace.reports.queries.drafts import draft


@transaction.atomic
def note_receipt(*, actor: Actor, by: str, version_id: UUID) -> None:
    """Say that a version arrived, once. The caller asked who may."""
    version = _sent(version_id)
    made = Remark.objects.get_or_create(version=version, said=Said.RECEIPT, by=by)[1]
    if made:
        _done(actor, "reports.note_receipt", version)


@transaction.atomic
def ask(*, actor: Actor, by: str, version_id: UUID, text: str, key: UUID) -> None:
    """Ask the GEM a question about what it sent, once for a key. The caller asked who may."""
    version = _sent(version_id)
    if first_time(key):
        Remark.objects.create(version=version, said=Said.QUESTION, by=by, text=text)
        _done(actor, "reports.ask", version)


@transaction.atomic
def answer(*, actor: Actor, gem_id: UUID, kind: str, year: int, text: str, key: UUID) -> None:
    """Answer the question asked about what was sent, once for a key."""
    require(actor, FINISH, gem_id)
    sent = draft(actor, gem_id, kind, year).sent
    if sent is not None and first_time(key):
        Remark.objects.create(version=sent, said=Said.ANSWER, by="gem", text=text)
        _done(actor, "reports.answer", sent)


@transaction.atomic
def write_part(*, actor: Actor, place: str, year: int, values: dict[str, Any]) -> None:
    """Keep what an ARS says of its year. The caller asked who may."""
    FunderPart.objects.update_or_create(place=place, year=year, defaults=values)
    journal.write(actor, "reports.write_part", thing=f"{place} {year}")


@transaction.atomic
def keep_past_figure(*, actor: Actor, values: dict[str, Any]) -> None:
    """Keep a number of a national review; the same one of the same edition is replaced."""
    require(actor, PAST)
    key = {name: values[name] for name in ("series", "year", "source", "edition")}
    rest = {name: values[name] for name in ("value", "unit", "note")}
    PastFigure.objects.update_or_create(**key, defaults=rest)
    journal.write(actor, "reports.keep_past_figure", thing=values["year"])


@transaction.atomic
def forget_past_figure(*, actor: Actor, figure_id: UUID) -> None:
    """Take a number of a national review away."""
    require(actor, PAST)
    if PastFigure.objects.filter(pk=figure_id).delete()[0]:
        journal.write(actor, "reports.forget_past_figure", thing=figure_id)


def _sent(version_id: UUID) -> Version:
    rows = Version.objects.select_related("report").filter(sent_at__isnull=False)
    return get_object_or_404(rows, pk=version_id)


def _done(actor: Actor, action: str, version: Version) -> None:
    report = version.report
    journal.write(actor, action, gem_id=report.gem_id, thing=report.pk)
    touch(report.gem_id, since=date(report.year, 1, 1))
