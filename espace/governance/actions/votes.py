"""Writes of secret votes: prepared, opened, one ballot in the box, the box opened.

The voter and the ballot are written in one transaction and never on one row. The journal keeps who
opened and closed a vote, and nothing of who voted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import SystemRandom
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.idempotency import first_time
from espace.core.slips import new_code
from espace.governance.actions.held import meeting_of
from espace.governance.choices.votes import VoteKind, VoteState
from espace.governance.models.votes import Ballot, SecretVote, VoteOption, VotingTicket
from espace.governance.queries.meetings import statutes_of
from espace.governance.queries.votes import YES_NO, code_hash
from espace.governance.rules.assemblies import Hands, vote
from espace.governance.rules.ballots import MarksTrouble, check_marks, count
from espace.governance.rules.statutes import rules_of
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import is_on_roll
from espace.groups.queries.gem_facts import today_of

_draw = SystemRandom()


class Cast(StrEnum):
    """What became of a ballot someone sent."""

    IN_THE_BOX = "in_the_box"
    ALREADY = "already"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class MarksError(Exception):
    """The ballot cannot go in the box; ``trouble`` says why. Nothing was written."""

    def __init__(self, trouble: MarksTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class NotNowError(Exception):
    """The vote is not at that point: not open yet, or closed already. Nothing was written."""


class PaperError(Exception):
    """Paper ballots typed and paper voters ticked do not make the same number."""

    def __init__(self, typed: int, ticked: int) -> None:
        super().__init__(f"{typed} typed, {ticked} ticked")
        self.typed, self.ticked = typed, ticked


@dataclass(frozen=True, slots=True)
class NewVote:
    """What someone prepares; ``labels`` of an election only."""

    question: str
    kind: VoteKind
    seats: int = 1
    labels: tuple[str, ...] = ()
    meeting_id: UUID | None = None


@transaction.atomic
def prepare_vote(*, actor: Actor, gem_id: UUID, new: NewVote, key: UUID) -> UUID | None:
    """Prepare a vote nobody can answer yet; return its id, None when ``key`` was seen."""
    require(actor, "governance.run_votes", gem_id)
    touch(gem_id)
    meeting = meeting_of(gem_id, new.meeting_id) if new.meeting_id else None
    if not first_time(key):
        return None
    election = new.kind == VoteKind.ELECTION
    row = SecretVote.objects.create(
        gem_id=gem_id,
        meeting=meeting,
        question=new.question,
        kind=new.kind,
        seats=new.seats if election else 1,
    )
    labels = new.labels if election else [str(label) for label in YES_NO]
    VoteOption.objects.bulk_create(
        VoteOption(vote=row, rank=rank, label=label) for rank, label in enumerate(labels, 1)
    )
    journal.write(actor, "governance.prepare_vote", gem_id=gem_id, thing=row.pk)
    return row.pk


@transaction.atomic
def open_vote(*, actor: Actor, gem_id: UUID, vote_id: UUID, voters: Collection[UUID]) -> None:
    """Open the box to these people of the roll: one right to vote and one blank ballot each.

    Raises NotNowError when it is open or closed already, Http404 for someone of another GEM.
    """
    require(actor, "governance.run_votes", gem_id)
    row = _vote(gem_id, vote_id)
    wanted = set(voters)
    if row.state != VoteState.PREPARE or not wanted:
        raise NotNowError
    if not is_on_roll(gem_id, wanted):
        raise Http404
    VotingTicket.objects.bulk_create(VotingTicket(vote=row, person_id=one) for one in wanted)
    Ballot.objects.bulk_create(Ballot(vote=row) for _each in wanted)
    row.state, row.voters, row.opened_on = VoteState.OUVERT, len(wanted), today_of(gem_id)
    row.save(update_fields=["state", "voters", "opened_on"])
    journal.write(actor, "governance.open_vote", gem_id=gem_id, thing=row.pk)


@transaction.atomic
def delete_vote(*, actor: Actor, gem_id: UUID, vote_id: UUID) -> str:
    """Drop a vote that is not open yet; return its question. Raises NotNowError."""
    require(actor, "governance.run_votes", gem_id)
    row = _vote(gem_id, vote_id)
    if row.state != VoteState.PREPARE:
        raise NotNowError
    row.delete()
    journal.write(actor, "governance.drop_vote", gem_id=gem_id, thing=vote_id)
    return row.question


@transaction.atomic
def give_codes(*, actor: Actor, gem_id: UUID, vote_id: UUID) -> list[tuple[str, str]]:
    """Draw new codes for those who have not voted; return (label, code) by label.

    The codes printed before open nothing any more: they live on paper only, we keep their mark.
    """
    require(actor, "governance.run_votes", gem_id)
    row = _open_vote(gem_id, vote_id)
    tickets = list(row.tickets.filter(used=False).select_related("person").order_by("pk"))
    printed = []
    for ticket in tickets:
        code = new_code()
        ticket.code_hash = code_hash(settings.SECRET_KEY, code)
        printed.append((ticket.person.label if ticket.person else "", code))
    VotingTicket.objects.bulk_update(tickets, ["code_hash"])
    journal.write(actor, "governance.print_voting_codes", gem_id=gem_id, thing=row.pk)
    return sorted(printed)


@transaction.atomic
def cast(*, code: str, marks: Sequence[int]) -> Cast:
    """Put a ballot in the box for whoever holds this code, once. Raises MarksError.

    Sent twice, from two tabs or after a lost connection, it counts once and says so.
    """
    mark = code_hash(settings.SECRET_KEY, code)
    vote_id = VotingTicket.objects.filter(code_hash=mark).values_list("vote_id", flat=True).first()
    if vote_id is None:
        return Cast.UNKNOWN
    row = SecretVote.objects.select_for_update().get(pk=vote_id)
    if row.state != VoteState.OUVERT:
        return Cast.CLOSED
    # Read again under the lock: another tab may have voted, or new codes been printed.
    ticket = row.tickets.filter(code_hash=mark).first()
    if ticket is None:
        return Cast.UNKNOWN
    if ticket.used:
        return Cast.ALREADY
    _check(row, marks)
    ticket.used = True
    ticket.save(update_fields=["used"])
    _fill(row, marks, 1)
    return Cast.IN_THE_BOX


@transaction.atomic
def tick_paper(*, actor: Actor, gem_id: UUID, vote_id: UUID, ticket_id: UUID, came: bool) -> None:
    """Say that someone put a paper ballot in the box of the room, or take it back.

    Whoever voted by a code cannot be ticked; again is harmless. Raises NotNowError, PaperError.
    """
    require(actor, "governance.run_votes", gem_id)
    row = _open_vote(gem_id, vote_id)
    ticket = row.tickets.filter(pk=ticket_id).first()
    if ticket is None:
        raise Http404
    if ticket.used == came or (ticket.used and not ticket.on_paper):
        return
    ticked = row.tickets.filter(on_paper=True).count()
    if not came and row.paper_typed >= ticked:
        raise PaperError(row.paper_typed, ticked)
    ticket.used = ticket.on_paper = came
    ticket.save(update_fields=["used", "on_paper"])


@transaction.atomic
def add_paper(
    *, actor: Actor, gem_id: UUID, vote_id: UUID, marks: Sequence[int], number: int, key: UUID
) -> None:
    """Type ``number`` paper ballots that say the same; again with ``key`` is harmless.

    Raises PaperError when they are more than the people ticked, MarksError, NotNowError.
    """
    require(actor, "governance.run_votes", gem_id)
    row = _open_vote(gem_id, vote_id)
    if not first_time(key):
        return
    _check(row, marks)
    ticked = row.tickets.filter(on_paper=True).count()
    if row.paper_typed + number > ticked:
        raise PaperError(row.paper_typed + number, ticked)
    _fill(row, marks, number)
    row.paper_typed += number
    row.save(update_fields=["paper_typed"])


@transaction.atomic
def close_vote(*, actor: Actor, gem_id: UUID, vote_id: UUID) -> None:
    """Close the box, count, forget who voted, and write the ballots again in another order.

    Raises NotNowError, and PaperError while paper ballots are still to type.
    """
    require(actor, "governance.run_votes", gem_id)
    touch(gem_id)
    row = _open_vote(gem_id, vote_id)
    ticked = row.tickets.filter(on_paper=True).count()
    if row.paper_typed != ticked:
        raise PaperError(row.paper_typed, ticked)
    box: list[list[int]] = list(row.ballots.filter(filled=True).values_list("marks", flat=True))
    _draw.shuffle(box)
    options = list(row.options.order_by("rank"))
    counted = count(box, [one.rank for one in options])
    for one in options:
        one.voices = counted.voices[one.rank]
    VoteOption.objects.bulk_update(options, ["voices"])
    row.tickets.all().delete()
    row.ballots.all().delete()
    Ballot.objects.bulk_create(
        Ballot(pk=uuid4(), vote=row, filled=True, marks=marks) for marks in box
    )
    row.voted, row.blank, row.paper_typed = counted.ballots, counted.blank, 0
    row.outcome = _outcome(row, counted.voices)
    row.state, row.closed_on = VoteState.CLOS, today_of(gem_id)
    row.save()
    journal.write(actor, "governance.close_vote", gem_id=gem_id, thing=row.pk)


def _outcome(row: SecretVote, voices: dict[int, int]) -> str:
    """What the statutes make of a question; an election is read from its voices."""
    if row.kind != VoteKind.OUI_NON:
        return ""
    meeting = row.meeting
    rules = rules_of(
        statutes_of(row.gem_id),
        meeting.kind if meeting else "",
        extraordinary=bool(meeting and meeting.extraordinary),
        second=bool(meeting and meeting.second_of_id),
    )
    # A secret voice of the chair is not known: a tie that hangs on it is said so.
    hands = Hands(yes=voices[1], no=voices[2], abstain=row.blank)
    return vote(rules.majority, rules.tie, hands, row.voted).value


def _vote(gem_id: UUID, vote_id: UUID) -> SecretVote:
    row = SecretVote.objects.select_for_update().filter(pk=vote_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    return row


def _open_vote(gem_id: UUID, vote_id: UUID) -> SecretVote:
    row = _vote(gem_id, vote_id)
    if row.state != VoteState.OUVERT:
        raise NotNowError
    return row


def _check(row: SecretVote, marks: Sequence[int]) -> None:
    ranks = list(row.options.order_by("rank").values_list("rank", flat=True))
    trouble = check_marks(marks, options=ranks, seats=row.seats)
    if trouble:
        raise MarksError(trouble)


def _fill(row: SecretVote, marks: Sequence[int], number: int) -> None:
    """Fill blank ballots drawn at random: their place in the table says nothing of the hour."""
    blank = list(row.ballots.filter(filled=False).order_by("pk").values_list("pk", flat=True))
    drawn = _draw.sample(blank, number)
    Ballot.objects.filter(pk__in=drawn).update(filled=True, marks=sorted(marks))
