"""Two hundred posts at once on one day sheet: none lost, none doubled, no error page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from espace.accounts import journal
from espace.accounts.access import NOBODY, Actor
from espace.accounts.choices import Pictogram, Role
from espace.accounts.journal_reading import verified
from espace.activities.models import Attendance, SignUp
from espace.activities.tests.factories import make_activity
from espace.groups.actions.account_of_line import account_of_line
from espace.groups.actions.roll import choose_pictogram
from espace.groups.grants import device_cookie
from espace.groups.models import Device, Gem, Person
from espace.groups.rules.tokens import token_hash
from espace.groups.tests.factories import (
    make_account,
    make_actor,
    make_gem,
    make_mandate,
    make_person,
)

# More hands than a GEM ever has at once; the web server itself runs eight threads.
HANDS = 16
POSTS = 200
DAY = date(2026, 11, 24)
T = TypeVar("T")


def elsewhere(do: Callable[[], T]) -> T:
    """Return ``do()``, run in another thread with a connection of its own."""

    def work() -> T:
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as hand:
        return hand.submit(work).result()


def forty_people() -> tuple[UUID, list[UUID]]:
    """Make a GEM with its tablet; return its id and those of its people."""
    gem = make_gem()
    Device.objects.create(gem=gem, name="Tablette", token_hash=token_hash("secret"))
    return gem.pk, [make_person(gem, f"Prénom{rank:02d}", "A").pk for rank in range(40)]


def send(tap: tuple[str, dict[str, str]]) -> int:
    """Post one tap from the GEM's tablet; return the status."""
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie("secret")
    try:
        return client.post(f"/aujourdhui/{DAY}/{tap[0]}/", tap[1]).status_code
    finally:
        connection.close()


@pytest.mark.usefixtures("database_of_its_own")
def test_two_hundred_posts_at_once(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")
    gem_id, people = elsewhere(forty_people)
    key = str(uuid4())
    # Each person ticked twice, sixty sticks each with its key, sixty copies of a single one.
    named = [("pointer", {"venu": str(one)}) for one in people for _ in range(2)]
    sticks = [("compter", {"geste": "decouverte:1", "cle": str(uuid4())}) for _ in range(60)]
    copies = [("compter", {"geste": "proche:1", "cle": key})] * 60
    # Copies of one tap stand side by side, so that they meet in different hands.
    taps = [tap for three in zip(sticks, copies, named[:60], strict=True) for tap in three]
    taps += named[60:]
    assert len(taps) == POSTS
    with ThreadPoolExecutor(HANDS) as hands:
        statuses = list(hands.map(send, taps))
    assert set(statuses) == {302}

    rows = elsewhere(lambda: list(Attendance.objects.order_by("pk")))
    assert sorted(row.person_id for row in rows if row.person_id) == sorted(people)
    counted = {(row.category, row.head_count) for row in rows if not row.person_id}
    assert counted == {("decouverte", 60), ("proche", 1)}
    assert len(rows) == len(people) + len(counted)
    assert {(row.date, row.gem_id) for row in rows} == {(DAY, gem_id)}
    assert elsewhere(lambda: Gem.objects.get(pk=gem_id).version) == POSTS
    # The journal neither forks nor loses a line: copies of one tap write none.
    found = elsewhere(lambda: dict(verified()))[str(gem_id)]
    assert (found.broken_at, found.lines) == (None, POSTS - 59)


def refuse_a_code(rank: int) -> None:
    """Write a line that concerns no GEM."""
    try:
        journal.write(NOBODY, "accounts.code_refused", thing=rank)
    finally:
        connection.close()


@pytest.mark.usefixtures("database_of_its_own")
def test_lines_of_no_gem_written_at_once_follow_one_another() -> None:
    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(refuse_a_code, range(60)))
    found = elsewhere(lambda: dict(verified()))[""]
    assert (found.broken_at, found.lines) == (None, 60)


def twenty_members(enter: Callable[..., Client]) -> tuple[UUID, list[Client]]:
    """Make an activity of twelve places; return its id, and twenty members signed in."""
    gem = make_gem()
    accounts = [make_account(f"Prénom{rank:02d}") for rank in range(20)]
    for account in accounts:
        make_mandate(gem, account)
        make_person(gem, account.first_name, "B", account=account)
    return make_activity(gem, DAY, seats=12).pk, [enter(account) for account in accounts]


def ask_for_a_place(sent: tuple[UUID, Client]) -> str:
    """Ask from a member's own phone; return the page that answers."""
    activity_id, client = sent
    url = f"/programme/activites/{activity_id}/inscription/"
    try:
        return client.post(url, {"geste": "inscrire"}, follow=True).content.decode()
    finally:
        connection.close()


@pytest.mark.usefixtures("database_of_its_own")
def test_twenty_ask_at_once_for_twelve_places(
    clock: Callable[[str], Any], enter: Callable[..., Client]
) -> None:
    clock("2026-11-24 11:00")
    activity_id, members = elsewhere(lambda: twenty_members(enter))
    # Each asks twice: a double tap must not take two places.
    asked = [(activity_id, client) for client in members for _time in range(2)]
    with ThreadPoolExecutor(HANDS) as hands:
        pages = list(hands.map(ask_for_a_place, asked))
    seated = {i // 2 for i, page in enumerate(pages) if "Votre place est gardée." in page}
    waiting = {i // 2 for i, page in enumerate(pages) if "sur la liste d&#x27;attente." in page}
    assert (len(seated), len(waiting)) == (12, 8)
    assert not seated & waiting
    ranks = elsewhere(lambda: list(SignUp.objects.order_by("rank").values_list("rank", "waited")))
    assert ranks == [(rank, rank > 12) for rank in range(1, 21)]


def roll_gesture(sent: tuple[str, Actor, UUID]) -> None:
    """Do one gesture on a line of the roll."""
    name, actor, person_id = sent
    try:
        if name == "sign":
            choose_pictogram(actor=actor, person_id=person_id, pictogram=Pictogram.ETOILE)
        elif actor.gem_id is not None:
            account_of_line(actor=actor, gem_id=actor.gem_id, person_id=person_id)
    finally:
        connection.close()


@pytest.mark.usefixtures("database_of_its_own")
def test_gestures_on_one_line_never_wait_for_each_other() -> None:
    """The GEM is locked first, then its lines: in another order PostgreSQL stops one of the two."""

    def line() -> tuple[Actor, UUID]:
        gem = make_gem()
        return make_actor(Role.ELECTED, gem), make_person(gem, "Nadia").pk

    actor, person_id = elsewhere(line)
    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(roll_gesture, [(n, actor, person_id) for n in ("sign", "account")] * 60))
    assert elsewhere(lambda: Person.objects.get(pk=person_id).account_id) is not None
