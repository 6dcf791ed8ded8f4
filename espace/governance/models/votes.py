"""Secret votes: who may vote and whether they did on one side, filled ballots on the other.

Nothing goes from one side to the other. All the ballots of a vote are made blank when it opens, and
each vote fills one drawn at random: the order of the rows says nothing. Closing forgets the
voters and writes the ballots again, shuffled (decision 52).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from espace.governance.choices.votes import VoteKind, VoteState
from espace.governance.models.meetings import Meeting
from espace.groups.models import Gem, Identified, Person


class SecretVote(Identified):
    """One question, or one election; counts stay when the voters are forgotten."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="secret_votes")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="secret_votes"
    )
    question = models.CharField(max_length=140)
    kind = models.CharField(max_length=10, choices=VoteKind)
    seats = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=VoteState, default=VoteState.PREPARE.value)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    voters = models.PositiveIntegerField(default=0)
    voted = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    paper_typed = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_on", "question", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_vote_has_seats_and_no_more_votes_than_voters",
                condition=Q(seats__gte=1) & Q(voted__lte=models.F("voters")),
            )
        ]


class VoteOption(Identified):
    """What may be chosen: « oui », « non », or somebody who stands. ``voices`` once closed."""

    vote = models.ForeignKey(SecretVote, on_delete=models.CASCADE, related_name="options")
    rank = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    voices = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_option_a_rank", fields=["vote", "rank"])
        ]


class VotingTicket(Identified):
    """The right of someone of the roll to vote once; gone when the vote closes."""

    vote = models.ForeignKey(SecretVote, on_delete=models.CASCADE, related_name="tickets")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="voting_tickets"
    )
    code_hash = models.CharField(max_length=64, null=True, unique=True)
    used = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_ticket_a_voter", fields=["vote", "person"])
        ]


class Ballot(Identified):
    """A ballot: the ranks marked on it. No person, hour, way nor order."""

    vote = models.ForeignKey(SecretVote, on_delete=models.CASCADE, related_name="ballots")
    filled = models.BooleanField(default=False)
    marks = models.JSONField(default=list)
