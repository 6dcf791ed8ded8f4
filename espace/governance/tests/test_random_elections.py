"""Random elections: late ballots, double submissions, lost connections; none lost or doubled.

``lived`` is also what the bench runs ten thousand times (bench/random_elections.py).
"""

from collections import Counter
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Role
from espace.governance.actions.votes import (
    Cast,
    NewVote,
    add_paper,
    cast,
    close_vote,
    give_codes,
    open_vote,
    prepare_vote,
    tick_paper,
)
from espace.governance.choices.votes import VoteKind
from espace.governance.models import SecretVote, VotingTicket
from espace.governance.rules.ballots import check_marks, count
from espace.groups.models import Gem, Person
from espace.groups.tests.factories import make_actor, make_gem, make_person


class LostConnectionError(Exception):
    """The answer never arrives: the transaction of that request is rolled back."""


def lived(gem: Gem, people: list[Person], seed: int) -> tuple[Counter[int], Counter[int], int]:
    """Live one random election; return voices expected, voices counted, voters counted twice."""
    rng = Random(seed)
    actor = make_actor(Role.ELECTED, gem)
    names = tuple(f"Personne {rank}" for rank in range(1, rng.randint(2, 4) + 1))
    seats = rng.randint(1, len(names))
    new = NewVote("Élire le bureau", VoteKind.ELECTION, seats, names)
    who = {"actor": actor, "gem_id": gem.pk}
    vote_id = prepare_vote(**who, new=new, key=uuid4())
    assert vote_id is not None
    voters = rng.sample(people, rng.randint(1, len(people)))
    open_vote(**who, vote_id=vote_id, voters=[one.pk for one in voters])
    codes = [code for _label, code in give_codes(**who, vote_id=vote_id)]
    tickets = dict.fromkeys(VotingTicket.objects.filter(vote_id=vote_id), None)
    rng.shuffle(codes)
    on_paper = rng.randint(0, len(codes))
    expected: Counter[int] = Counter()
    doubled = 0
    for code in codes[on_paper:]:
        if rng.random() < 0.2:
            continue
        marks = rng.sample(range(1, len(names) + 1), rng.randint(0, seats))
        if rng.random() < 0.3:
            _lost(code, marks)
        answers = [cast(code=code, marks=marks) for _again in range(rng.randint(1, 3))]
        doubled += answers.count(Cast.IN_THE_BOX) - 1
        expected.update(marks or [0])
    free = [one for one in tickets if not VotingTicket.objects.get(pk=one.pk).used]
    for ticket in free[:on_paper]:
        tick_paper(**who, vote_id=vote_id, ticket_id=ticket.pk, came=True)
        marks = rng.sample(range(1, len(names) + 1), rng.randint(0, seats))
        key = uuid4()
        for _again in range(rng.randint(1, 2)):
            add_paper(**who, vote_id=vote_id, marks=marks, number=1, key=key)
        expected.update(marks or [0])
    close_vote(**who, vote_id=vote_id)
    late = {cast(code=code, marks=[1]) for code in codes}
    assert late <= {Cast.UNKNOWN, Cast.CLOSED}
    row = SecretVote.objects.get(pk=vote_id)
    counted = Counter({one.rank: one.voices for one in row.options.all() if one.voices})
    if row.blank:
        counted[0] = row.blank
    row.delete()
    return expected, counted, doubled


def _lost(code: str, marks: list[int]) -> None:
    """Send a ballot whose request dies before its end: nothing of it is kept."""
    try:
        with transaction.atomic():
            cast(code=code, marks=marks)
            raise LostConnectionError
    except LostConnectionError:
        pass


@pytest.mark.django_db
def test_random_elections_lose_and_double_nothing() -> None:
    gem = make_gem()
    people = [make_person(gem, f"Prénom{rank}", "B") for rank in range(6)]
    for seed in range(40):
        expected, counted, doubled = lived(gem, people, seed)
        assert (expected, doubled) == (counted, 0), f"seed {seed}"


boxes = st.lists(st.lists(st.integers(1, 4), unique=True, max_size=4), max_size=30)


@given(box=boxes, seed=st.integers())
def test_the_count_does_not_depend_on_the_order(box, seed):
    shuffled = [Random(seed).sample(one, len(one)) for one in box]
    Random(seed).shuffle(shuffled)
    assert count(box, range(1, 5)) == count(shuffled, range(1, 5))


@given(box=boxes)
def test_every_mark_is_counted_once_and_blank_ones_apart(box):
    counted = count(box, range(1, 5))
    assert sum(counted.voices.values()) == sum(len(one) for one in box)
    assert counted.blank == box.count([])
    assert counted.ballots == len(box)


@given(
    marks=st.lists(st.integers(-1, 6), max_size=6), options=st.sets(st.integers(1, 4), min_size=1)
)
def test_a_ballot_that_passes_has_known_choices_once_and_no_more_than_the_seats(marks, options):
    fine = check_marks(marks, options=options, seats=2) is None
    assert fine == (set(marks) <= options and len(set(marks)) == len(marks) <= 2)
