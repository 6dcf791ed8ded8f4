"""Reminders by mail: 90, 30 and 7 days before, once each, only to those who may act."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.governance.jobs import remind_every_gem
from espace.governance.models import DeadlineMet
from espace.governance.rules.tasks import Deadline, marks_reached
from espace.groups.choices import GemStatus
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from espace.imports.tests.factories import work

BEFORE_ASSEMBLY = ("2026-04-01", "2026-05-31", "2026-06-23")


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-03-31 04:00")
    gem = make_gem(opened_on=date(2015, 1, 1), joined_on=date(2026, 3, 1))
    for role in (Role.ELECTED, Role.ANIMATOR, Role.MEMBER):
        make_mandate(gem, make_account(role.value), role)
    without = make_account("Ana", "K")
    Account.objects.filter(pk=without.pk).update(email=None)
    make_mandate(gem, without)
    make_mandate(gem, make_account("Partie", "Z"), ended_on=date(2026, 1, 1))
    return gem


def days(clock: Callable[[str], Any], since: str, until: str, *, step: int = 1) -> None:
    """Let the worker run once every ``step`` days."""
    day = date.fromisoformat(since)
    while day <= date.fromisoformat(until):
        clock(f"{day} 04:00")
        remind_every_gem(str(day))
        work()
        day += timedelta(days=step)


@pytest.mark.django_db
@pytest.mark.parametrize("step", [1, 4])
def test_a_deadline_is_told_three_times_even_when_the_worker_misses_days(
    gem: Gem, clock: Callable[[str], Any], step: int
) -> None:
    days(clock, "2026-03-31", "2026-07-20", step=step)
    told = [one for one in mail.outbox if "2026" in one.body]
    # An elected person and an employee, at 90, 30 and 7 days: one mail for all that is near.
    assert len(told) == 6
    assert {len(one.to) for one in told} == {1}
    assert told[0].subject == f"{gem.name} : des dates à ne pas oublier"
    assert "Tenir l'assemblée générale de 2026" in told[0].body
    assert "À faire avant le 30 juin 2026." in told[0].body
    assert "/decider/calendrier/" in told[0].body


@pytest.mark.django_db
def test_nothing_is_sent_twice_a_day_nor_for_what_is_done(
    gem: Gem, clock: Callable[[str], Any]
) -> None:
    for _twice in range(2):
        days(clock, "2026-04-01", "2026-04-01")
    assert len(mail.outbox) == 2
    DeadlineMet.objects.create(gem=gem, key="ag:2026", met_on=date(2026, 5, 1))
    days(clock, "2026-05-31", "2026-07-20")
    assert len(mail.outbox) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"status": GemStatus.FERME}, {"practice": True}])
def test_a_closed_or_practice_gem_gets_nothing(
    gem: Gem, clock: Callable[[str], Any], change: dict[str, Any]
) -> None:
    Gem.objects.filter(pk=gem.pk).update(**change)
    days(clock, "2026-04-01", "2026-04-03")
    assert mail.outbox == []


@given(st.integers(-200, 400))
def test_a_mark_holds_until_the_next_one(left: int) -> None:
    day = date(2026, 1, 1)
    found = marks_reached([Deadline("ag", "ag:2026", day + timedelta(days=left))], day)
    wanted = next((mark for mark in (7, 30, 90) if 0 <= left <= mark), None)
    assert [one.rpartition(":")[2] for one in found] == ([str(wanted)] if wanted else [])
