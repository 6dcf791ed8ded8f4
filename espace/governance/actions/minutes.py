"""Writes of the minutes: several people may type at once, nothing is replaced in silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.governance.actions.held import hold, meeting_of
from espace.governance.choices.meetings import AgendaBy, MeetingState
from espace.governance.models.meetings import HandVote, Meeting
from espace.governance.queries.meetings import statutes_of
from espace.governance.rules.assemblies import Hands, Outcome, vote
from espace.governance.rules.minutes import Part, Typed, settle, tidy_text
from espace.governance.rules.statutes import rules_of
from espace.groups.actions import touch
from espace.groups.queries.gem_facts import today_of

PLAIN = "en_clair"


class NothingWrittenError(Exception):
    """Minutes without a word cannot be shared."""


class NotYetError(Exception):
    """The meeting has not taken place: its minutes cannot be shared."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of each part; ``kept`` is what the database holds now."""

    parts: Mapping[str, Part]
    kept: Mapping[str, str]

    @property
    def both(self) -> list[str]:
        """The parts where two people wrote at once."""
        return [name for name, part in self.parts.items() if part is Part.BOTH]


@transaction.atomic
def write_minutes(
    *,
    actor: Actor,
    gem_id: UUID,
    meeting_id: UUID,
    typed: Mapping[str, Typed],
    agenda_by: str | None = None,
) -> Saved:
    """Write the parts nobody else changed meanwhile; say which ones were changed by two people.

    A part is the id of a point, or « en_clair ». The meeting's row is locked, so that two sendings
    are settled one after the other.
    """
    require(actor, "governance.write_minutes", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    points = {str(point.pk): point for point in row.points.order_by("rank", "pk")}
    kept = {name: point.minutes for name, point in points.items()} | {PLAIN: row.plain_minutes}
    parts = {name: settle(kept[name], each) for name, each in typed.items() if name in kept}
    for name, part in parts.items():
        if part is not Part.WRITTEN:
            continue
        kept[name] = tidy_text(typed[name].text)
        if name == PLAIN:
            row.plain_minutes = kept[name]
        else:
            points[name].minutes = kept[name]
            points[name].save(update_fields=["minutes"])
    asked = agenda_by is not None and agenda_by in ("", *AgendaBy.values)
    said = asked and agenda_by != row.agenda_by
    if said:
        row.agenda_by = agenda_by or ""
    if said or Part.WRITTEN in parts.values():
        row.save(update_fields=["plain_minutes", "agenda_by"])
        hold(row)
        journal.write(actor, "governance.write_minutes", gem_id=gem_id, thing=row.pk)
    return Saved(parts, kept)


@transaction.atomic
def share_minutes(*, actor: Actor, gem_id: UUID, meeting_id: UUID) -> None:
    """Let everyone inside read the minutes. Raises NothingWrittenError and NotYetError."""
    require(actor, "governance.write_minutes", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    if row.minutes_shared_on is not None:
        return
    if row.date > today_of(gem_id) or row.state == MeetingState.ANNULEE:
        raise NotYetError
    if not (row.plain_minutes or row.points.exclude(minutes="").exists()):
        raise NothingWrittenError
    row.minutes_shared_on = today_of(gem_id)
    row.save(update_fields=["minutes_shared_on"])
    hold(row)
    journal.write(actor, "governance.share_minutes", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def take_back_minutes(*, actor: Actor, gem_id: UUID, meeting_id: UUID) -> None:
    """Make the minutes a draft again; nothing of them is lost."""
    require(actor, "governance.write_minutes", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    if row.minutes_shared_on is not None:
        row.minutes_shared_on = None
        row.save(update_fields=["minutes_shared_on"])
        journal.write(actor, "governance.take_back_minutes", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def record_hands(
    *, actor: Actor, gem_id: UUID, meeting_id: UUID, question: str, hands: Hands, key: UUID
) -> Outcome | None:
    """Keep the numbers of a show of hands; return what they decide, None when ``key`` was seen."""
    require(actor, "governance.write_minutes", gem_id)
    touch(gem_id)
    row = meeting_of(gem_id, meeting_id)
    if not first_time(key):
        return None
    rules = rules_of(
        statutes_of(gem_id),
        row.kind,
        extraordinary=row.extraordinary,
        second=row.second_of_id is not None,
    )
    outcome = vote(rules.majority, rules.tie, hands, voices_of(row))
    HandVote.objects.create(
        meeting=row,
        question=question,
        yes=hands.yes,
        no=hands.no,
        abstain=hands.abstain,
        chair=hands.chair,
        outcome=outcome,
    )
    hold(row)
    journal.write(actor, "governance.record_hands", gem_id=gem_id, thing=row.pk)
    return outcome


def voices_of(row: Meeting) -> int | None:
    """Return how many voices there are, None when nobody counted who is there."""
    if row.members_present is None:
        return None
    return row.members_present + row.members_represented
