"""Writes the meetings of a fictional GEM, and what its demonstration statutes say."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random

from espace.demonstration.actions.places import fresh_id
from espace.demonstration.rules.meetings import COMING, PRESENT, TAKEN_BY, YEAR, Held, day_of
from espace.governance.choices.meetings import (
    ElectionTie,
    Majority,
    MeetingKind,
    MeetingState,
    PointFrom,
    Quorum,
    Tie,
    Voters,
)
from espace.governance.models import (
    AgendaPoint,
    Carrier,
    Decision,
    HandVote,
    Meeting,
    MeetingPresence,
    Statutes,
)
from espace.governance.rules.assemblies import Outcome
from espace.groups.models import Gem, Person

REPRESENTED = 4
PLACE = "Au local"


def write_meetings(gem: Gem, people: Sequence[Person], today: date, rng: Random) -> None:
    """Write a year of meetings, those to come, and the statutes; ``people`` are around."""
    Statutes.objects.create(
        id=fresh_id(rng),
        gem=gem,
        notice_days=15,
        voters=Voters.A_JOUR,
        quorum=Quorum.TIERS,
        quorum_with_proxies=True,
        proxies_each=1,
        majority=Majority.SIMPLE,
        tie=Tie.PRESIDENCE,
        election_tie=ElectionTie.TIRAGE,
        second_notice_days=8,
        second_quorum=Quorum.AUCUN,
        term_years=2,
    )
    for held in YEAR:
        _write_held(gem, held, people, today, rng)
    for kind, ahead, subjects in COMING:
        day = day_of(today, -ahead)
        meeting = Meeting.objects.create(
            id=fresh_id(rng),
            gem=gem,
            kind=kind,
            date=day,
            starts_at=time(14),
            place=PLACE,
            told_on=today - timedelta(days=3),
        )
        _write_points(meeting, [(subject, "") for subject in subjects], rng)


def _write_held(gem: Gem, held: Held, people: Sequence[Person], today: date, rng: Random) -> None:
    day = day_of(today, held.ago)
    present = min(PRESENT[held.kind], len(people))
    there = rng.sample(list(people), present)
    away = [person for person in people if person not in there]
    given = away[:REPRESENTED] if held.kind == MeetingKind.AG else []
    meeting = Meeting.objects.create(
        id=fresh_id(rng),
        gem=gem,
        kind=held.kind,
        date=day,
        starts_at=time(14),
        place=PLACE,
        state=MeetingState.TENUE,
        told_on=day - timedelta(days=18 if held.kind == MeetingKind.AG else 6),
        members_invited=max(len(people), present),
        members_present=present,
        members_represented=len(given),
        guests=1,
        agenda_by=held.by,
        plain_minutes=held.plain,
        minutes_shared_on=None
        if held.shared_after is None
        else min(today, day + timedelta(days=held.shared_after)),
    )
    _write_points(meeting, held.points, rng)
    if gem.counts_with_names:
        MeetingPresence.objects.bulk_create(
            [MeetingPresence(id=fresh_id(rng), meeting=meeting, person=one) for one in there]
            + [
                MeetingPresence(id=fresh_id(rng), meeting=meeting, person=one, holder=holder)
                for one, holder in zip(given, there, strict=False)
            ]
        )
    for question, yes, no, abstain in held.hands:
        HandVote.objects.create(
            id=fresh_id(rng),
            meeting=meeting,
            question=question,
            yes=yes,
            no=no,
            abstain=abstain,
            outcome=Outcome.ADOPTED,
        )
    for one in held.decided:
        decision = Decision.objects.create(
            id=fresh_id(rng),
            meeting=meeting,
            text=one.text,
            subject=one.subject,
            taken_by=TAKEN_BY[held.kind],
            state=one.state,
            due_on=None if one.due is None else day + timedelta(days=one.due),
            done_on=None if one.done is None else day + timedelta(days=one.done),
            given_up_why=one.why,
        )
        Carrier.objects.create(id=fresh_id(rng), decision=decision, rank=1, function=one.carrier)


def _write_points(meeting: Meeting, points: Sequence[tuple[str, str]], rng: Random) -> None:
    AgendaPoint.objects.bulk_create(
        AgendaPoint(
            id=fresh_id(rng),
            meeting=meeting,
            rank=rank,
            subject=subject,
            minutes=minutes,
            way=PointFrom.COMPTE,
        )
        for rank, (subject, minutes) in enumerate(points, 1)
    )
