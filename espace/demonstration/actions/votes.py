"""Writes the secret votes of a fictional GEM: a question decided, an election, one still open."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from espace.demonstration.actions.places import fresh_id
from espace.governance.choices.votes import VoteKind, VoteState
from espace.governance.models import Ballot, Meeting, SecretVote, VoteOption, VotingTicket
from espace.governance.rules.assemblies import Outcome
from espace.governance.rules.ballots import count
from espace.groups.models import Gem, Person

QUESTION, ELECTION = "Ouvrons-nous un samedi par mois ?", "Élire le bureau"
STILL_OPEN = "Changeons-nous le nom du GEM ?"
STANDING = ("Nadia B.", "Omar D.", "Lise M.", "Karim T.")
SEATS, VOTERS, OPEN_VOTERS = 3, 18, 12


def write_votes(gem: Gem, people: Sequence[Person], today: date, rng: Random) -> None:
    """Write two votes that are over and one that is open; ``people`` are around."""
    assembly = Meeting.objects.filter(gem=gem, kind="ag", date__lt=today).order_by("-date").first()
    day = assembly.date if assembly else today - timedelta(days=60)
    yes_no = [[1]] * 11 + [[2]] * 4 + [[]]
    question = _vote(gem, QUESTION, VoteKind.OUI_NON, ("Oui", "Non"), rng, meeting=assembly)
    _close(question, yes_no, day, rng, outcome=Outcome.ADOPTED.value)
    box = [sorted(rng.sample((1, 2, 3, 4), rng.choice((2, 3, 3)))) for _each in range(16)]
    election = _vote(gem, ELECTION, VoteKind.ELECTION, STANDING, rng, meeting=assembly, seats=SEATS)
    _close(election, box, day, rng)

    still = _vote(gem, STILL_OPEN, VoteKind.OUI_NON, ("Oui", "Non"), rng)
    voters = people[:OPEN_VOTERS]
    still.state, still.voters = VoteState.OUVERT, len(voters)
    still.opened_on = today - timedelta(days=2)
    still.save()
    VotingTicket.objects.bulk_create(
        VotingTicket(id=fresh_id(rng), vote=still, person=one, used=rank < 5)
        for rank, one in enumerate(voters)
    )
    filled = [[1], [1], [2], [1], []]
    Ballot.objects.bulk_create(
        Ballot(id=fresh_id(rng), vote=still, filled=rank < len(filled), marks=marks)
        for rank, marks in enumerate([*filled, *[[]] * (len(voters) - len(filled))])
    )


def _vote(
    gem: Gem,
    question: str,
    kind: VoteKind,
    labels: Sequence[str],
    rng: Random,
    *,
    meeting: Meeting | None = None,
    seats: int = 1,
) -> SecretVote:
    vote = SecretVote.objects.create(
        id=fresh_id(rng), gem=gem, meeting=meeting, question=question, kind=kind, seats=seats
    )
    VoteOption.objects.bulk_create(
        VoteOption(id=fresh_id(rng), vote=vote, rank=rank, label=label)
        for rank, label in enumerate(labels, 1)
    )
    return vote


def _close(
    vote: SecretVote, box: list[list[int]], day: date, rng: Random, outcome: str = ""
) -> None:
    options = list(vote.options.order_by("rank"))
    counted = count(box, [one.rank for one in options])
    for one in options:
        one.voices = counted.voices[one.rank]
    VoteOption.objects.bulk_update(options, ["voices"])
    Ballot.objects.bulk_create(
        Ballot(id=fresh_id(rng), vote=vote, filled=True, marks=marks) for marks in box
    )
    vote.state, vote.opened_on, vote.closed_on = VoteState.CLOS, day, day
    vote.voters, vote.voted, vote.blank = VOTERS, counted.ballots, counted.blank
    vote.outcome = outcome
    vote.save()
