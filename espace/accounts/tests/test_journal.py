"""The journal: lines that follow one another, and a change that is seen."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts import journal
from espace.accounts.access import NOBODY, SYSTEM, Actor, Grant
from espace.accounts.chain import Kept, Said, digest_after, mark_of, verify
from espace.accounts.choices import Role
from espace.accounts.journal_reading import let_go
from espace.accounts.models import Account, JournalEntry, JournalStart
from espace.core.clock import now
from espace.groups.tests.factories import make_account, make_actor, make_gem

KEY = b"key"
NOON = datetime(2026, 10, 14, 12, tzinfo=UTC)


def chain(length: int, key: bytes = KEY) -> list[Kept]:
    """A chain of lines by three people about four things."""
    lines: list[Kept] = []
    before = ""
    for rank in range(length):
        account, thing = UUID(int=rank % 3 + 1), str(rank % 4)
        said = Said(
            number=rank + 1,
            at=NOON + timedelta(minutes=rank),
            gem_id=UUID(int=9),
            device_id=None,
            role="elected",
            action="roll.added",
            mark=mark_of(key, before, account, thing),
        )
        digest = digest_after(before, said)
        lines.append(Kept(said, digest, account, thing, forgotten=False))
        before = digest
    return lines


@given(st.integers(0, 12))
def test_a_chain_left_alone_is_whole(length: int) -> None:
    found = verify(chain(length), keys=[KEY])
    assert (found.lines, found.broken_at) == (length, None)


@given(st.integers(1, 9), st.data())
def test_a_line_changed_or_taken_out_is_found_where_it_is(length: int, data: st.DataObject) -> None:
    lines = chain(length + 1)
    at = data.draw(st.integers(0, length - 1))
    gap = verify(lines[:at] + lines[at + 1 :], keys=[KEY])
    assert (gap.broken_at, gap.why) == (at + 1, "gap")
    line = lines[at]
    field, value = data.draw(
        st.sampled_from(
            [("role", "animator"), ("action", "roll.removed"), ("device_id", UUID(int=1))]
        )
    )
    said = Said(**{**{n: getattr(line.said, n) for n in Said.__slots__}, field: value})
    lines[at] = Kept(said, line.digest, line.account_id, line.thing, forgotten=False)
    assert verify(lines, keys=[KEY]).broken_at == at + 1


def test_another_person_put_on_a_line_is_found_unless_erased() -> None:
    lines = chain(3)
    line = lines[1]
    lines[1] = Kept(line.said, line.digest, UUID(int=8), line.thing, forgotten=False)
    assert verify(lines, keys=[KEY]).why == "person_changed"
    lines[1] = Kept(line.said, line.digest, UUID(int=8), line.thing or "1", forgotten=True)
    assert verify(lines, keys=[KEY]).why == "person_changed"
    lines[1] = Kept(line.said, line.digest, None, "", forgotten=True)
    found = verify(lines, keys=[KEY])
    assert (found.broken_at, found.forgotten) == (None, 1)


def test_an_older_key_still_verifies() -> None:
    assert verify(chain(3), keys=[b"new", KEY]).broken_at is None
    assert verify(chain(3), keys=[b"new"]).why == "person_changed"


def test_two_lines_of_one_person_look_like_two_strangers() -> None:
    who = uuid4()
    assert mark_of(KEY, "a", who, "x") != mark_of(KEY, "b", who, "x")


# --- In the database ---


def command(**options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("verify_journal", json=True, stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def nadia(db: None) -> Account:
    return make_account()


def write_some(nadia: Account) -> tuple[UUID, UUID]:
    gem, other = make_gem(), make_gem("GEM du Canal")
    for rank in range(5):
        journal.write(make_actor(Role.ELECTED, gem, nadia), "roll.added", gem_id=gem.pk, thing=rank)
        journal.write(SYSTEM, "roll.hidden", gem_id=other.pk)
    journal.write(NOBODY, "accounts.code_refused")
    return gem.pk, other.pk


def test_each_gem_has_its_own_chain(nadia: Account) -> None:
    gem, other = write_some(nadia)
    found = command()
    lines = {name: each["lines"] for name, each in found["chains"].items()}
    assert found["whole"]
    assert lines == {str(gem): 5, str(other): 5, "no_gem": 1}
    numbers = JournalEntry.objects.filter(gem_id=gem).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"action": "roll.shown"}, "une ligne a changé"),
        ({"at": NOON}, "une ligne a changé"),
        ({"account_id": None}, "la personne d'une ligne a changé"),
        ({"thing": "7"}, "la personne d'une ligne a changé"),
        ({"digest": "0" * 64}, "une ligne a changé"),
    ],
)
def test_one_byte_changed_is_found(nadia: Account, change: dict[str, Any], told: str) -> None:
    gem, _other = write_some(nadia)
    JournalEntry.objects.filter(gem_id=gem, number=3).update(**change)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_journal", stdout=out)
    assert f"GEM {gem} : {told}, à la ligne 3." in out.getvalue()


def test_a_line_taken_out_is_found(nadia: Account) -> None:
    gem, _other = write_some(nadia)
    JournalEntry.objects.filter(gem_id=gem, number=2).delete()
    with pytest.raises(CommandError):
        call_command("verify_journal", stdout=io.StringIO())


def test_erasing_a_person_leaves_the_chain_whole(nadia: Account) -> None:
    gem, _other = write_some(nadia)
    assert journal.forget([nadia.pk]) == 5
    found = command()
    assert found["whole"]
    assert found["chains"][str(gem)]["forgotten"] == 5
    assert not JournalEntry.objects.filter(account=nadia).exists()


def test_old_lines_go_and_what_stays_still_follows(
    nadia: Account, clock: Callable[[str], Any]
) -> None:
    clock("2025-10-14 12:00")
    gem, _other = write_some(nadia)
    clock("2026-10-14 12:00")
    elected = make_actor(Role.ELECTED, None, nadia)
    journal.write(elected, "roll.added", gem_id=gem)
    assert let_go(now() - timedelta(days=30)) == 11
    assert JournalEntry.objects.get().number == 6
    assert command()["whole"]
    assert let_go(now() + timedelta(days=1)) == 1
    journal.write(elected, "roll.added", gem_id=gem)
    assert JournalEntry.objects.get().number == 7
    assert command()["whole"]
    assert JournalStart.objects.get(chain=str(gem)).number == 6


def test_the_line_says_the_role_that_reaches_furthest(nadia: Account) -> None:
    gem, other = make_gem(), make_gem("GEM du Canal")
    roles = frozenset(
        {
            Grant(Role.MEMBER, gem.pk),
            Grant(Role.ANIMATOR, gem.pk),
            Grant(Role.ELECTED, other.pk),
        }
    )
    journal.write(Actor(nadia.pk, grants=roles), "roll.added", gem_id=gem.pk)
    journal.write(make_actor(Role.FEDERATION), "roll.added", gem_id=gem.pk)
    journal.write(SYSTEM, "roll.added", gem_id=gem.pk)
    found = JournalEntry.objects.order_by("number").values_list("role", flat=True)
    assert list(found) == ["animator", "federation", "system"]


def test_a_line_costs_one_read_and_one_insertion(
    nadia: Account, queries: Callable[[], Any], settings: Any
) -> None:
    from django.db import connection

    gem, _other = write_some(nadia)
    with queries() as asked:
        journal.write(make_actor(Role.ELECTED, None, nadia), "roll.added", gem_id=gem)
    told = [q["sql"].split()[0] for q in asked if "SAVEPOINT" not in q["sql"]]
    locks = 1 if connection.features.has_select_for_update else 0
    assert told == ["SELECT"] * (1 + locks) + ["INSERT"]
