"""Sixteen hands on one box: each code counts once, whoever sends it at the same instant."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from espace.accounts.choices import Role
from espace.activities.tests.test_concurrent import HANDS, elsewhere
from espace.governance.actions.votes import (
    Cast,
    NewVote,
    cast,
    close_vote,
    give_codes,
    open_vote,
    prepare_vote,
)
from espace.governance.choices.votes import VoteKind
from espace.governance.models import SecretVote
from espace.groups.tests.factories import make_actor, make_gem, make_person

VOTERS = 20


def prepared() -> tuple[str, list[str]]:
    """Return the id of an open vote, and its codes."""
    gem = make_gem()
    people = [make_person(gem, f"Prénom{rank:02d}", "B").pk for rank in range(VOTERS)]
    actor, new = make_actor(Role.ELECTED, gem), NewVote("Le local ?", VoteKind.OUI_NON)
    vote_id = prepare_vote(actor=actor, gem_id=gem.pk, new=new, key=uuid4())
    assert vote_id is not None
    open_vote(actor=actor, gem_id=gem.pk, vote_id=vote_id, voters=people)
    codes = give_codes(actor=actor, gem_id=gem.pk, vote_id=vote_id)
    return str(vote_id), [code for _label, code in codes]


def send(code: str) -> str:
    try:
        return cast(code=code, marks=[1])
    finally:
        connection.close()


@pytest.mark.usefixtures("database_of_its_own")
def test_each_code_counts_once_whoever_sends_it_at_the_same_time() -> None:
    vote_id, codes = elsewhere(prepared)
    with ThreadPoolExecutor(HANDS) as hands:
        answers = list(hands.map(send, codes * 3))
    assert answers.count(Cast.IN_THE_BOX) == VOTERS
    assert answers.count(Cast.ALREADY) == 2 * VOTERS

    def closed() -> tuple[int, int]:
        vote = SecretVote.objects.get(pk=vote_id)
        actor = make_actor(Role.ELECTED, vote.gem)
        close_vote(actor=actor, gem_id=vote.gem_id, vote_id=vote.pk)
        vote.refresh_from_db()
        return vote.voted, vote.options.get(rank=1).voices

    assert elsewhere(closed) == (VOTERS, VOTERS)
