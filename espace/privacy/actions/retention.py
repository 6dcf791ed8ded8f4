"""What the worker does each day so that nothing is kept longer than said."""

import logging
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Count
from django.template.loader import render_to_string

from espace.accounts.access import SYSTEM
from espace.accounts.journal_reading import let_go
from espace.accounts.queries import KnownAccount, accounts_to_keep_or_let_go
from espace.activities.queries.folding import folded_months
from espace.core.clock import now, today
from espace.core.idempotency import forget_old_keys
from espace.groups.actions.retention import forget_mandates_ended_before, forget_memberships_until
from espace.groups.models import Mandate
from espace.groups.queries.leaving import gems_with_memberships_until
from espace.privacy.actions.erase import erase_unused_account
from espace.privacy.actions.leftovers import copy_marks, sweep
from espace.privacy.facts import ROLES
from espace.privacy.models import AccountMonth, LastVisit
from espace.privacy.rules.retention import (
    JOURNAL_MONTHS,
    MANDATE_YEARS,
    Step,
    membership_years_over,
    next_step,
    years_before,
)

YEAR = timedelta(days=365)
logger = logging.getLogger(__name__)


def forget_unused_accounts() -> None:
    """Note the month of each visit, tell those who do not come any more, then erase.

    Only the month is kept. An account met for the first time counts from this month on.
    """
    day = today()
    visits = {visit.account_id: visit for visit in LastVisit.objects.all()}
    for account in accounts_to_keep_or_let_go():
        visit = visits.get(account.id) or LastVisit(account_id=account.id, month=day.replace(day=1))
        _note_visit(visit, account.seen_on)
        step = next_step(
            visit.month, visit.told, visit.told_on, has_address=bool(account.email), today=day
        )
        if step is Step.ERASE:
            erase_unused_account(account_id=account.id)
        elif step in (Step.FIRST, Step.SECOND) and _tell(account, step):
            visit.told, visit.told_on = visit.told + 1, day
            visit.save()


def _note_visit(visit: LastVisit, seen_on: date | None) -> None:
    month = seen_on.replace(day=1) if seen_on else visit.month
    if month > visit.month:
        visit.month, visit.told, visit.told_on = month, 0, None
        visit.save()
    elif visit._state.adding:
        visit.save()


def _tell(account: KnownAccount, step: Step) -> bool:
    """Send a notice; one that did not leave is sent again the next day."""
    context = {"address": settings.SITE_URL + settings.LOGIN_URL, "last": step is Step.SECOND}
    subject = render_to_string("privacy/mail/unused_subject.txt").strip()
    message = render_to_string("privacy/mail/unused_message.txt", context)
    try:
        send_mail(subject, message, None, [account.email])
    except (OSError, SMTPException):
        logger.warning("a notice to an unused account could not be sent")
        return False
    return True


def keep_the_rules() -> None:
    """Let go of what is too old: journal, mandates, memberships, receipts; copy the marks."""
    day = today()
    let_go(now() - YEAR * (JOURNAL_MONTHS // 12))
    forget_mandates_ended_before(years_before(day, MANDATE_YEARS))
    _forget_memberships(membership_years_over(day), day)
    forget_old_keys()
    copy_marks()
    transaction.on_commit(lambda: sweep([]))


def _forget_memberships(year: int, day: date) -> None:
    """Let go of the memberships of ``year`` and before, one GEM after the other."""
    for gem_id in gems_with_memberships_until(year):
        forget_memberships_until(
            actor=SYSTEM, gem_id=gem_id, year=year, today=day, folded=folded_months(gem_id)
        )


@transaction.atomic
def count_accounts() -> None:
    """Write how many accounts of each role were used this month in each GEM; again corrects it."""
    month = today().replace(day=1)
    seen = LastVisit.objects.filter(month=month).values("account")
    running = Mandate.objects.filter(ended_on__isnull=True, account__in=seen, role__in=ROLES)
    counted = running.order_by().values_list("gem_id", "role").annotate(n=Count("account"))
    for gem_id, role, number in counted:
        AccountMonth.objects.update_or_create(
            gem_id=gem_id, month=month, role=ROLES[role], defaults={"active_count": number}
        )
