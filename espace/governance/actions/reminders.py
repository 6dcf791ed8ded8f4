"""Reminders of deadlines by mail, 90, 30 and 7 days before; those without an address have the page.

One mail tells all that is near: nobody gets three in a day.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.accounts.queries import address_of
from espace.core import jobs
from espace.core.idempotency import first_time
from espace.governance.queries.tasks import calendar, due_soon
from espace.governance.rules.tasks import marks_reached
from espace.governance.wording.reminders import reminder_mail
from espace.groups.queries.accounts import accounts_with_address
from espace.groups.queries.for_sheets import sheet_gem
from espace.groups.queries.gem_facts import today_of

SEND_REMINDER_JOB = "governance.send_reminder"
WHO = (Role.ELECTED, Role.ANIMATOR)
"""Those who may say that a deadline is met."""


@transaction.atomic
def remind(gem_id: UUID) -> int:
    """Ask for one mail to each elected person and employee when a mark is reached; return how many.

    Each mark of a deadline is told once, whatever the number of runs.
    """
    day = today_of(gem_id)
    reached = marks_reached(calendar(SYSTEM, gem_id), day)
    new = [mark for mark in reached if first_time(uuid5(NAMESPACE_URL, f"{gem_id}:{mark}"))]
    accounts = accounts_with_address(gem_id, WHO) if new else []
    for account_id in accounts:
        jobs.later(SEND_REMINDER_JOB, f"{gem_id}:{account_id}:{day}")
    return len(accounts)


def send_reminder(identifier: str) -> None:
    """Send one mail, unless it left already or all is done since; one that fails is tried again."""
    gem_id, account_id = (UUID(one) for one in identifier.split(":")[:2])
    # Someone who left the GEM since gets nothing.
    if account_id not in accounts_with_address(gem_id, WHO):
        return
    lines = due_soon(SYSTEM, gem_id)
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        if not lines or not first_time(uuid5(NAMESPACE_URL, f"reminder:{identifier}")):
            return
        page = settings.SITE_URL + reverse("governance:calendar")
        subject, message = reminder_mail(sheet_gem(gem_id).name, lines, page)
        send_mail(subject, message, None, [address_of(account_id)])
