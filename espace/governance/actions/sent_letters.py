"""The convening letter by mail, for those who have an address; the others get the paper."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.accounts.queries import address_of
from espace.core import jobs
from espace.core.idempotency import first_time
from espace.governance.actions.held import meeting_of
from espace.governance.choices.meetings import MeetingState
from espace.governance.models.meetings import Meeting
from espace.governance.queries.sent_letters import convened_accounts
from espace.governance.wording.letters import letter_mail
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem
from espace.groups.queries.gem_facts import today_of

SEND_LETTER_JOB = "governance.send_letter"


class TooLateError(Exception):
    """The meeting is over, or cancelled: nobody is called to it any more."""


@transaction.atomic
def send_letters(*, actor: Actor, gem_id: UUID, meeting_id: UUID) -> int:
    """Ask for one letter to each person with an address; return how many.

    The same day, hour and place are never sent twice to someone; a meeting that moved is told
    again. Raises NotAllowed, Http404, TooLateError.
    """
    require(actor, "governance.convene", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    today = today_of(gem_id)
    if not may_be_sent(row, today):
        raise TooLateError
    accounts = convened_accounts(gem_id, row.kind)
    row.sent_on = today
    row.save(update_fields=["sent_on"])
    journal.write(actor, "governance.send_letters", gem_id=gem_id, thing=row.pk)
    for account_id in accounts:
        jobs.later(SEND_LETTER_JOB, f"{row.pk}:{account_id}")
    return len(accounts)


def may_be_sent(row: Meeting, today: date) -> bool:
    """Tell whether people may still be called to this meeting."""
    return row.state == MeetingState.PREPAREE and row.date >= today


def send_letter(identifier: str) -> None:
    """Send one letter, unless this very one left already; a mail that fails is tried again."""
    meeting_id, _colon, account_id = identifier.partition(":")
    row = Meeting.objects.select_related("gem").filter(pk=meeting_id).first()
    if row is None or not may_be_sent(row, today_of(row.gem_id)):
        return
    # Someone who left the GEM since, or who has no address any more, gets nothing.
    if UUID(account_id) not in convened_accounts(row.gem_id, row.kind):
        return
    said = f"{row.pk}:{account_id}:{row.date}:{row.starts_at}:{row.place}"
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        if not first_time(uuid5(NAMESPACE_URL, said)):
            return
        points = list(row.points.order_by("rank", "pk").values_list("subject", flat=True))
        page = settings.SITE_URL + reverse("governance:meeting", args=[row.pk])
        subject, message = letter_mail(sheet_gem(row.gem_id).name, row, points, page)
        send_mail(subject, message, None, [address_of(UUID(account_id))])
