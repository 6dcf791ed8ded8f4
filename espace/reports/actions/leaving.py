"""From a draft to a document that left: the bureau reads, agrees, sends, takes back, corrects."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import NotAllowed, require
from espace.core.clock import now
from espace.groups.actions.versions import take_turn, touch
from espace.groups.queries.mandates import elected
from espace.reports.choices import Stage, Via
from espace.reports.models import Agreement, Report, Version
from espace.reports.permissions import AGREE, FINISH, PERMISSIONS, SEND
from espace.reports.queries.drafts import Draft, draft
from espace.reports.rules.agreeing import TWO, is_agreed
from espace.reports.rules.content import as_json, fingerprint


@transaction.atomic
def give_to_read(*, actor: Actor, gem_id: UUID, kind: str, year: int) -> None:
    """Freeze the draft as the version that the bureau reads; nothing when it is already read."""
    require(actor, FINISH, gem_id)
    page = _locked(actor, gem_id, kind, year)
    if page.stage is not Stage.DRAFT:
        return
    report = page.report or Report.objects.create(gem_id=gem_id, kind=kind, year=year)
    last = report.versions.first()
    Version.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        content=as_json(page.content),
        fingerprint=fingerprint(page.content),
    )
    _done(actor, "reports.give_to_read", gem_id, report)


@transaction.atomic
def take_back(*, actor: Actor, gem_id: UUID, kind: str, year: int) -> None:
    """Write again a document that the bureau reads; the yes already given are to give again."""
    require(actor, FINISH, gem_id)
    page = _locked(actor, gem_id, kind, year)
    if page.stage not in (Stage.READING, Stage.AGREED) or page.version is None:
        return
    page.version.withdrawn_at = now()
    page.version.save(update_fields=["withdrawn_at"])
    _done(actor, "reports.take_back", gem_id, page.version.report)


@transaction.atomic
def agree(*, actor: Actor, gem_id: UUID, kind: str, year: int) -> None:
    """Say yes as an elected person, on screen or on the GEM's tablet; once for each."""
    require(actor, AGREE, gem_id)
    page = _locked(actor, gem_id, kind, year)
    if page.stage is not Stage.READING or page.version is None:
        return
    if actor.account_id is None:
        raise NotAllowed(AGREE, PERMISSIONS[AGREE].who)
    who = elected(actor, gem_id, page.today)
    via = Via.TABLET if actor.device_id else Via.SCREEN
    Agreement.objects.get_or_create(
        version=page.version,
        account_id=actor.account_id,
        defaults={"function": who.office, "via": via, "on": page.today},
    )
    _count(page.version, who.number, page.today)
    _done(actor, "reports.agree", gem_id, page.version.report)


@transaction.atomic
def note_signatures(
    *, actor: Actor, gem_id: UUID, kind: str, year: int, functions: tuple[str, str], on: date
) -> None:
    """Note that two elected people signed the paper slip of this very version."""
    require(actor, FINISH, gem_id)
    page = _locked(actor, gem_id, kind, year)
    if page.stage is not Stage.READING or page.version is None:
        return
    page.version.agreements.filter(via=Via.PAPER).delete()
    Agreement.objects.bulk_create(
        Agreement(version=page.version, function=one, via=Via.PAPER, on=on) for one in functions
    )
    _count(page.version, TWO, on)
    _done(actor, "reports.note_signatures", gem_id, page.version.report)


@transaction.atomic
def send(*, actor: Actor, gem_id: UUID, kind: str, year: int) -> None:
    """Send the version the bureau agreed to; sent twice is sent once. Raises NotAllowed before."""
    require(actor, SEND, gem_id)
    page = _locked(actor, gem_id, kind, year)
    if page.stage is Stage.SENT or not page.recipients:
        return
    if page.stage is not Stage.AGREED or page.version is None:
        raise NotAllowed(SEND, _("Deux personnes élues disent d'abord oui."))
    page.version.sent_at = now()
    page.version.save(update_fields=["sent_at"])
    Report.objects.filter(pk=page.version.report_id).update(correcting=False)
    _done(actor, "reports.send", gem_id, page.version.report)


@transaction.atomic
def correct(*, actor: Actor, gem_id: UUID, kind: str, year: int) -> None:
    """Write again a document that was sent; what was sent stays until another version goes."""
    require(actor, FINISH, gem_id)
    page = _locked(actor, gem_id, kind, year)
    if page.stage is not Stage.SENT or page.report is None:
        return
    Report.objects.filter(pk=page.report.pk).update(correcting=True)
    _done(actor, "reports.correct", gem_id, page.report)


@transaction.atomic
def give_up_correction(*, actor: Actor, gem_id: UUID, kind: str, year: int) -> None:
    """Leave what was sent as it is."""
    require(actor, FINISH, gem_id)
    page = _locked(actor, gem_id, kind, year)
    if page.report is None or not page.correcting or page.stage is not Stage.DRAFT:
        return
    Report.objects.filter(pk=page.report.pk).update(correcting=False)
    _done(actor, "reports.give_up_correction", gem_id, page.report)


def _locked(actor: Actor, gem_id: UUID, kind: str, year: int) -> Draft:
    """Read the document once whoever writes about this GEM is done."""
    take_turn(gem_id)
    return draft(actor, gem_id, kind, year)


def _count(version: Version, elected_people: int, on: date) -> None:
    rows = list(version.agreements.all())
    on_screen = sum(one.via != Via.PAPER for one in rows)
    if is_agreed(on_screen, len(rows) - on_screen, elected_people):
        version.agreed_on = on
        version.save(update_fields=["agreed_on"])


def _done(actor: Actor, action: str, gem_id: UUID, report: Report) -> None:
    journal.write(actor, action, gem_id=gem_id, thing=report.pk)
    touch(gem_id, since=date(report.year, 1, 1))
