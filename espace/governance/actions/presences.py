"""Writes of who is at a meeting. Numbers are kept beside the names, and stay when names go."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.governance.actions.held import hold, meeting_of
from espace.governance.models.meetings import AgendaPoint, Meeting, MeetingPresence
from espace.governance.queries.meetings import statutes_of
from espace.governance.queries.presences import checked_proxies
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import is_on_roll

KEPT_NAMES = timedelta(days=395)
"""Thirteen months: until the next general assembly has read the minutes of this one."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers typed; ``present`` None in a GEM that taps names."""

    invited: int | None
    present: int | None
    represented: int = 0
    guests: int = 0
    non_members_voting: int = 0


@transaction.atomic
def set_presence(
    *, actor: Actor, gem_id: UUID, meeting_id: UUID, person_id: UUID, present: bool
) -> None:
    """Say that someone is there, or not; saying it again changes nothing.

    Whoever arrives takes their own voice back: the proxy they gave falls.
    """
    row = _opened(actor, gem_id, meeting_id, person_id)
    there = MeetingPresence.objects.filter(meeting=row, person_id=person_id)
    if present:
        MeetingPresence.objects.update_or_create(
            meeting=row, person_id=person_id, defaults={"holder": None}
        )
    else:
        there.filter(holder__isnull=True).delete()
    _recount(actor, row)


@transaction.atomic
def set_proxy(
    *, actor: Actor, gem_id: UUID, meeting_id: UUID, giver_id: UUID, holder_id: UUID
) -> None:
    """Note who represents someone; a proxy that does not count stays noted, and says why."""
    row = _opened(actor, gem_id, meeting_id, giver_id, holder_id)
    if giver_id == holder_id:
        return
    MeetingPresence.objects.update_or_create(
        meeting=row, person_id=giver_id, defaults={"holder_id": holder_id}
    )
    _recount(actor, row)


@transaction.atomic
def remove_proxy(*, actor: Actor, gem_id: UUID, meeting_id: UUID, giver_id: UUID) -> None:
    """Take a proxy back."""
    row = _opened(actor, gem_id, meeting_id, giver_id)
    MeetingPresence.objects.filter(meeting=row, person_id=giver_id, holder__isnull=False).delete()
    _recount(actor, row)


@transaction.atomic
def note_counts(*, actor: Actor, gem_id: UUID, meeting_id: UUID, counts: Counts) -> None:
    """Keep the numbers typed; those that follow from the names are left as they are."""
    require(actor, "governance.note_presences", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    row.members_invited = counts.invited
    row.guests = counts.guests
    row.non_members_voting = counts.non_members_voting
    if counts.present is not None:
        row.members_present = counts.present
        row.members_represented = counts.represented
    row.save()
    hold(row)
    journal.write(actor, "governance.note_presences", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def forget_old_presences(*, actor: Actor, gem_id: UUID, today: date) -> int:
    """Forget who was at meetings older than thirteen months, and who signed their points."""
    require(actor, "governance.forget_presences", gem_id)
    limit = today - KEPT_NAMES
    gone = MeetingPresence.objects.filter(meeting__gem_id=gem_id, meeting__date__lt=limit)
    changed = gone.delete()[0]
    signed = AgendaPoint.objects.filter(meeting__gem_id=gem_id, meeting__date__lt=limit)
    changed += signed.exclude(signature="").update(signature="", account=None)
    if changed:
        touch(gem_id)
        journal.write(actor, "governance.forget_presences", gem_id=gem_id, thing=limit)
    return changed


def _opened(actor: Actor, gem_id: UUID, meeting_id: UUID, *people: UUID) -> Meeting:
    require(actor, "governance.note_presences", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    if not is_on_roll(gem_id, people):
        raise Http404
    return row


def _recount(actor: Actor, row: Meeting) -> None:
    """Write the numbers that follow from the names: a proxy that does not count is not in them."""
    rows = list(MeetingPresence.objects.filter(meeting=row).order_by("pk"))
    checked = checked_proxies(rows, statutes_of(row.gem_id).proxies_each)
    row.members_present = sum(one.holder_id is None for one in rows)
    row.members_represented = len(checked.valid)
    row.save(update_fields=["members_present", "members_represented"])
    hold(row)
    journal.write(actor, "governance.note_presences", gem_id=row.gem_id, thing=row.pk)
