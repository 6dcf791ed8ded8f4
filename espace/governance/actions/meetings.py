"""Writes of meetings: prepared, changed, cancelled, convened again; the points of their agenda."""

from dataclasses import asdict, dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import NOBODY, Actor
from espace.accounts.permissions import require
from espace.accounts.queries import own_account
from espace.core.idempotency import first_time
from espace.governance.actions.held import meeting_of
from espace.governance.choices.meetings import MeetingState, PointFrom
from espace.governance.models.meetings import AgendaPoint, Meeting, Statutes
from espace.governance.rules.statutes import GemStatutes
from espace.groups.actions import touch
from espace.groups.queries.gem_facts import today_of

MOST_POINTS = 40


class AgendaFullError(Exception):
    """No meeting goes through that many points."""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """What someone says of a meeting to come."""

    kind: str
    date: date
    starts_at: time
    place: str = ""
    extraordinary: bool = False


@transaction.atomic
def convene(
    *,
    actor: Actor,
    gem_id: UUID,
    meeting: NewMeeting,
    points: tuple[str, ...],
    key: UUID,
    second_of: UUID | None = None,
) -> UUID | None:
    """Prepare a meeting and its first points; return its id, None when ``key`` was seen.

    ``second_of``: the meeting that lacked people, whose agenda comes again.
    """
    require(actor, "governance.convene", gem_id)
    touch(gem_id)
    first = meeting_of(gem_id, second_of) if second_of else None
    if not first_time(key):
        return None
    today = today_of(gem_id)
    row = Meeting.objects.create(
        gem_id=gem_id,
        told_on=min(today, meeting.date),
        second_of=first,
        members_invited=first.members_invited if first else None,
        **asdict(meeting),
    )
    subjects = list(points)
    if first is not None:
        subjects += first.points.order_by("rank", "pk").values_list("subject", flat=True)
    way = PointFrom.COMPTE if actor.account_id else PointFrom.TABLETTE
    AgendaPoint.objects.bulk_create(
        AgendaPoint(meeting=row, rank=rank, subject=subject, way=way)
        for rank, subject in enumerate(subjects[:MOST_POINTS], 1)
    )
    journal.write(actor, "governance.convene", gem_id=gem_id, thing=row.pk)
    return row.pk


@transaction.atomic
def change_meeting(
    *, actor: Actor, gem_id: UUID, meeting_id: UUID, meeting: NewMeeting, told_on: date
) -> None:
    """Change the day, the hour or the place of a meeting."""
    require(actor, "governance.convene", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    for name, value in asdict(meeting).items():
        setattr(row, name, value)
    row.told_on = min(told_on, meeting.date)
    row.save()
    journal.write(actor, "governance.change_meeting", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def cancel_meeting(*, actor: Actor, gem_id: UUID, meeting_id: UUID) -> None:
    """Cancel a meeting; it can be put back."""
    require(actor, "governance.convene", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    if row.state == MeetingState.PREPAREE:
        row.state = MeetingState.ANNULEE
        row.save(update_fields=["state"])
        journal.write(actor, "governance.cancel_meeting", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def restore_meeting(*, actor: Actor, gem_id: UUID, meeting_id: UUID) -> None:
    """Put a cancelled meeting back."""
    require(actor, "governance.convene", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    if row.state == MeetingState.ANNULEE:
        row.state = MeetingState.PREPAREE
        row.save(update_fields=["state"])
        journal.write(actor, "governance.restore_meeting", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def add_point(
    *,
    actor: Actor,
    gem_id: UUID,
    meeting_id: UUID,
    subject: str,
    key: UUID,
    signature: str = "",
    with_my_name: bool = False,
) -> bool:
    """Put a point on the agenda; False when ``key`` was seen. Raises AgendaFullError.

    The account is kept only when the person asks for their first name. The journal says that a
    point came in, never from whom.
    """
    require(actor, "governance.add_point", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    if not first_time(key):
        return False
    if row.points.count() >= MOST_POINTS:
        raise AgendaFullError
    mine = own_account(actor) if with_my_name and actor.account_id else None
    last = row.points.aggregate(last=Max("rank"))["last"] or 0
    AgendaPoint.objects.create(
        meeting=row,
        rank=last + 1,
        subject=subject,
        signature=mine.first_name if mine else signature,
        account_id=mine.pk if mine else None,
        way=PointFrom.COMPTE if actor.account_id else PointFrom.TABLETTE,
    )
    journal.write(NOBODY, "governance.add_point", gem_id=gem_id, thing=row.pk)
    return True


@transaction.atomic
def remove_point(*, actor: Actor, gem_id: UUID, meeting_id: UUID, point_id: UUID) -> str | None:
    """Take a point off the agenda; return its words, None when something was written under it."""
    require(actor, "governance.convene", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    point = row.points.filter(pk=point_id).first()
    if point is None:
        raise Http404
    if point.minutes:
        return None
    subject = point.subject
    point.delete()
    journal.write(actor, "governance.remove_point", gem_id=gem_id, thing=row.pk)
    return subject


@transaction.atomic
def write_statutes(*, actor: Actor, gem_id: UUID, statutes: GemStatutes) -> None:
    """Keep what the statutes say; what is not known stays empty."""
    require(actor, "governance.write_statutes", gem_id)
    touch(gem_id)
    Statutes.objects.update_or_create(gem_id=gem_id, defaults=asdict(statutes))
    journal.write(actor, "governance.write_statutes", gem_id=gem_id, thing=gem_id)
