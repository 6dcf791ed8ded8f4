"""Sixteen hands answer at the same time: each code counts once, no answer is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from espace.accounts.choices import Role
from espace.activities.tests.test_concurrent import HANDS, elsewhere
from espace.core.idempotency import new_key
from espace.groups.tests.factories import make_actor, make_gem
from espace.surveys.actions import Dropped, draw_codes, drop, open_round
from espace.surveys.models import Answer
from espace.surveys.rules import questionnaire

PEOPLE = 20
CODES = questionnaire().codes


def prepared() -> list[str]:
    """Return the codes of an open survey."""
    gem = make_gem()
    actor = make_actor(Role.ELECTED, gem)
    made = open_round(actor=actor, gem_id=gem.pk, invited=20, closes_on=None, key=new_key())
    assert made
    return draw_codes(actor=actor, gem_id=gem.pk, round_id=made, number=PEOPLE)


def send(code: str) -> str:
    try:
        return drop(code=code, answers=dict.fromkeys(CODES, "3"))
    finally:
        connection.close()


@pytest.mark.usefixtures("database_of_its_own")
def test_no_answer_is_lost_nor_doubled() -> None:
    codes = elsewhere(prepared)
    with ThreadPoolExecutor(HANDS) as hands:
        done = list(hands.map(send, codes * 2))
    assert done.count(Dropped.KEPT) == done.count(Dropped.ALREADY) == PEOPLE
    kept = elsewhere(lambda: Answer.objects.filter(score=3).count())
    assert kept == PEOPLE * len(CODES)
