"""Meetings, their agenda, who was there, what was decided; and the statutes of the GEM."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from espace.governance.choices.meetings import (
    AgendaBy,
    CarrierFunction,
    DecisionState,
    ElectionTie,
    Majority,
    MeetingKind,
    MeetingState,
    PointFrom,
    Quorum,
    Subject,
    TakenBy,
    Tie,
    Voters,
)
from espace.groups.models import Gem, Identified, Person


class Statutes(Identified):
    """What the statutes of one GEM say of its assemblies; an empty field is « we do not know ».

    ``checked_on``: when someone read them again in the text itself.
    """

    gem = models.OneToOneField(Gem, on_delete=models.CASCADE, related_name="statutes")
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    voters = models.CharField(max_length=12, choices=Voters, blank=True)
    quorum = models.CharField(max_length=12, choices=Quorum, blank=True)
    quorum_number = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_with_proxies = models.BooleanField(null=True, blank=True)
    proxies_each = models.PositiveSmallIntegerField(null=True, blank=True)
    majority = models.CharField(max_length=20, choices=Majority, blank=True)
    tie = models.CharField(max_length=12, choices=Tie, blank=True)
    election_tie = models.CharField(max_length=12, choices=ElectionTie, blank=True)
    second_notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    second_quorum = models.CharField(max_length=12, choices=Quorum, blank=True)
    extra_quorum = models.CharField(max_length=12, choices=Quorum, blank=True)
    extra_majority = models.CharField(max_length=20, choices=Majority, blank=True)
    board_quorum = models.CharField(max_length=12, choices=Quorum, blank=True)
    term_years = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)


class Meeting(Identified):
    """A meeting prepared, held or cancelled. Counts stay when the names of who was there go."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=24, choices=MeetingKind)
    extraordinary = models.BooleanField(default=False)
    date = models.DateField()
    starts_at = models.TimeField()
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=10, choices=MeetingState, default=MeetingState.PREPAREE.value
    )
    told_on = models.DateField()
    """The day people were told, for the notice of the statutes."""
    sent_on = models.DateField(null=True, blank=True)
    """The day the convening letter left by mail, None when it never did."""
    second_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="second"
    )
    members_invited = models.PositiveIntegerField(null=True, blank=True)
    members_present = models.PositiveIntegerField(null=True, blank=True)
    members_represented = models.PositiveIntegerField(default=0)
    guests = models.PositiveIntegerField(default=0)
    non_members_voting = models.PositiveIntegerField(default=0)
    agenda_by = models.CharField(max_length=12, choices=AgendaBy, blank=True)
    plain_minutes = models.TextField(blank=True)
    minutes_shared_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "-starts_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="meeting_gem_date", fields=["gem", "date"])
        ]


class AgendaPoint(Identified):
    """One point of an agenda, and what was said of it. Signed only by who wants to be."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="points")
    rank = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=140)
    signature = models.CharField(_("prénom, si la personne veut"), max_length=40, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_points",
    )
    way = models.CharField(max_length=10, choices=PointFrom)
    minutes = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="an_account_behind_a_point_signed_it",
                condition=Q(account__isnull=True) | ~Q(signature=""),
            )
        ]


class MeetingPresence(Identified):
    """Someone of the roll at a meeting: there, or represented by someone who is."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="meetings")
    holder = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="proxies_held"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="once_at_a_meeting", fields=["meeting", "person"]),
            models.CheckConstraint(
                name="nobody_represents_themselves", condition=~Q(person=models.F("holder"))
            ),
        ]


class HandVote(Identified):
    """A show of hands: what was asked, and the numbers. Who raised a hand is written nowhere."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="hand_votes")
    question = models.CharField(max_length=200)
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField(default=0)
    chair = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=14)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]


class Decision(Identified):
    """Something decided in a meeting: by whom, who carries it, until it is done or given up."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(max_length=240)
    subject = models.CharField(max_length=12, choices=Subject, default=Subject.AUTRE.value)
    taken_by = models.CharField(max_length=12, choices=TakenBy, blank=True)
    state = models.CharField(
        max_length=10, choices=DecisionState, default=DecisionState.A_FAIRE.value
    )
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    given_up_why = models.CharField(max_length=140, blank=True)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_done_decision_has_its_day",
                condition=~Q(state="faite") | Q(done_on__isnull=False),
            )
        ]


class Carrier(Identified):
    """Who carries a decision: someone of the roll, or a place in the GEM."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="carriers")
    rank = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="decisions_carried"
    )
    function = models.CharField(max_length=14, choices=CarrierFunction, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_carrier_a_rank", fields=["decision", "rank"]),
            models.CheckConstraint(
                name="a_carrier_is_someone_or_a_place",
                condition=Q(person__isnull=False, function="")
                | (Q(person__isnull=True) & ~Q(function="")),
            ),
        ]
