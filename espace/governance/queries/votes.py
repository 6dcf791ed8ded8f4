"""Secret votes as people read them: the list, one vote, the ballot of whoever holds a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import SystemRandom
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.governance.choices.votes import VoteKind, VoteState
from espace.governance.models.votes import SecretVote, VotingTicket
from espace.governance.queries.meetings import statutes_of
from espace.governance.rules.assemblies import Election, elect
from espace.governance.rules.ballots import Counted, count
from espace.groups.queries.for_sheets import SheetPerson, members_of_years, sheet_roll
from espace.groups.queries.gem_facts import today_of
from espace.groups.rules.letters import kept_hash

VOTES_A_PAGE = 15
YES_NO = (gettext_lazy("Oui"), gettext_lazy("Non"))


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A vote in a list."""

    id: UUID
    question: str
    state: VoteState
    state_label: str
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class OptionLine:
    """What may be chosen, and its voices once the box is open."""

    rank: int
    label: str
    voices: int
    elected: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class TicketLine:
    """Someone who may vote, for whoever holds the list; ``used`` says that they did."""

    id: UUID
    label: str
    used: bool
    on_paper: bool


@dataclass(frozen=True, slots=True)
class VotePage:
    """One vote: its numbers, its result once closed, the list of voters while it is open."""

    line: VoteLine
    kind: VoteKind
    seats: int
    meeting_id: UUID | None
    options: tuple[OptionLine, ...]
    voters: int
    voted: int
    blank: int
    outcome: str
    election: Election | None
    counted: Counted | None
    tickets: tuple[TicketLine, ...]
    paper_ticked: int
    paper_typed: int

    @property
    def ranked(self) -> tuple[OptionLine, ...]:
        """What was chosen, those with the most voices first; a question keeps its order."""
        if self.kind != VoteKind.ELECTION:
            return self.options
        return tuple(sorted(self.options, key=lambda one: (-one.voices, one.rank)))

    @property
    def paper_left(self) -> int:
        return self.paper_ticked - self.paper_typed


@dataclass(frozen=True, slots=True)
class VoterPage:
    """What whoever holds a code sees: never who they are."""

    question: str
    place: str
    kind: VoteKind
    seats: int
    state: VoteState
    used: bool
    options: tuple[tuple[int, str], ...]


def code_hash(secret: str, code: str) -> str:
    """Return what is kept of a code."""
    return kept_hash(secret, "vote", code)


def all_votes(actor: Actor, gem_id: UUID, page: str = "1") -> Page[VoteLine]:
    """Return the votes of this GEM, those prepared or open first. Two SQL queries."""
    require(actor, "governance.see_votes", gem_id)
    rows = SecretVote.objects.filter(gem_id=gem_id).order_by("-state", "-opened_on", "pk")
    pages: Paginator[SecretVote] = Paginator(rows, VOTES_A_PAGE)
    shown = pages.get_page(page)
    return Page([_line(row) for row in shown.object_list], shown.number, pages)  # type: ignore[arg-type]


def votes_of_meeting(actor: Actor, gem_id: UUID, meeting_id: UUID) -> list[VoteLine]:
    """Return the secret votes of one meeting. One SQL query; none for whoever may not see them."""
    if not can(actor, "governance.see_votes", gem_id):
        return []
    rows = SecretVote.objects.filter(gem_id=gem_id, meeting_id=meeting_id)
    return [_line(row) for row in rows.order_by("opened_on", "question", "pk")]


def is_one_open(gem_id: UUID) -> bool:
    """Tell whether a vote is open in this GEM. One SQL query."""
    return SecretVote.objects.filter(gem_id=gem_id, state=VoteState.OUVERT).exists()


def vote_page(actor: Actor, gem_id: UUID, vote_id: UUID) -> VotePage:
    """Return one vote of this GEM. Six SQL queries at most. Raises NotAllowed, Http404."""
    require(actor, "governance.see_votes", gem_id)
    row = SecretVote.objects.filter(pk=vote_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    closed = row.state == VoteState.CLOS
    options = list(row.options.order_by("rank"))
    election = _election(row, {str(one.rank): one.voices for one in options}) if closed else None
    tickets: tuple[TicketLine, ...] = ()
    if row.state == VoteState.OUVERT and can(actor, "governance.run_votes", gem_id):
        tickets = _tickets(row)
    counts = row.tickets.values_list("used", "on_paper") if row.state == VoteState.OUVERT else ()
    used = [on_paper for was_used, on_paper in counts if was_used]
    return VotePage(
        line=_line(row),
        kind=VoteKind(row.kind),
        seats=row.seats,
        meeting_id=row.meeting_id,
        options=tuple(
            OptionLine(
                one.rank,
                one.label,
                one.voices,
                elected=election is not None and str(one.rank) in election.elected,
                tied=election is not None and str(one.rank) in election.tied,
            )
            for one in options
        ),
        voters=row.voters,
        voted=row.voted if closed else len(used),
        blank=row.blank,
        outcome=row.outcome,
        election=election,
        counted=count(_box(row), [one.rank for one in options]) if closed else None,
        tickets=tickets,
        paper_ticked=sum(used),
        paper_typed=row.paper_typed,
    )


def who_may_vote(actor: Actor, gem_id: UUID) -> tuple[list[SheetPerson], frozenset[UUID]]:
    """Return the roll, and those proposed: memberships of this year or the last, else everyone.

    Two SQL queries.
    """
    require(actor, "governance.run_votes", gem_id)
    roll = sheet_roll(gem_id)
    year = today_of(gem_id).year
    paid = members_of_years(gem_id, (year - 1, year))
    here = frozenset(one.id for one in roll)
    return roll, (paid & here) or here


def ticket_id(text: str) -> UUID:
    """Return the id a tap sent. Raises Http404 when it is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def voter_page(code: str) -> VoterPage | None:
    """Return the ballot this code opens; None when it opens nothing. Two SQL queries."""
    mark = code_hash(settings.SECRET_KEY, code)
    rows = VotingTicket.objects.select_related("vote__gem")
    ticket = rows.filter(code_hash=mark).first()
    if ticket is None:
        return None
    vote = ticket.vote
    return VoterPage(
        question=vote.question,
        place=vote.gem.name,
        kind=VoteKind(vote.kind),
        seats=vote.seats,
        state=VoteState(vote.state),
        used=ticket.used,
        options=tuple(vote.options.order_by("rank").values_list("rank", "label")),
    )


def ballots_to_count(actor: Actor, gem_id: UUID, vote_id: UUID) -> tuple[VotePage, list[list[str]]]:
    """Return every ballot of a closed vote as the labels marked, in any order. Raises Http404."""
    page = vote_page(actor, gem_id, vote_id)
    if page.counted is None:
        raise Http404
    labels = {one.rank: one.label for one in page.options}
    row = SecretVote.objects.get(pk=vote_id)
    box = [[labels[rank] for rank in marks] for marks in _box(row)]
    SystemRandom().shuffle(box)
    return page, box


def _box(row: SecretVote) -> list[Sequence[int]]:
    return list(row.ballots.filter(filled=True).order_by("pk").values_list("marks", flat=True))


def _tickets(row: SecretVote) -> tuple[TicketLine, ...]:
    found = row.tickets.select_related("person").order_by("person__first_name", "pk")
    return tuple(
        TicketLine(one.pk, one.person.label if one.person else "", one.used, one.on_paper)
        for one in found
    )


def _election(row: SecretVote, voices: dict[str, int]) -> Election | None:
    if row.kind != VoteKind.ELECTION:
        return None
    return elect(voices, seats=row.seats, tie=statutes_of(row.gem_id).election_tie)


def _line(row: SecretVote) -> VoteLine:
    state = VoteState(row.state)
    return VoteLine(row.pk, row.question, state, str(state.label), row.opened_on, row.closed_on)
