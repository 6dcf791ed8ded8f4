"""Nothing is kept longer than said: each rule, with a clock that moves."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts import journal
from espace.accounts.access import NOBODY
from espace.accounts.choices import Role
from espace.accounts.models import Account, JournalEntry, OpenSession
from espace.cards.tests.factories import make_card
from espace.core import daily
from espace.core.idempotency import first_time
from espace.core.models import Receipt
from espace.groups.models import Gem, Mandate, Membership, Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person
from espace.privacy.jobs import forget_unused_accounts, keep_the_rules
from espace.privacy.models import LastVisit
from espace.privacy.rules.retention import (
    RULES,
    Step,
    membership_years_over,
    next_step,
    years_before,
)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.DEMONSTRATION = False


@pytest.fixture
def gem(db: None, clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


def test_every_rule_names_a_job_that_runs_each_day() -> None:
    # Attendance is folded by another package, which says so in its own job.
    assert {rule.job for rule in RULES if rule.job} <= set(daily._names)
    assert len({rule.key for rule in RULES}) == len(RULES)


@given(DAYS, DAYS, st.booleans())
def test_someone_with_an_address_is_told_twice_before(last: date, start: date, has: bool) -> None:
    last = min(last, start).replace(day=1)
    told, told_on, steps, day = 0, None, [], start
    for _day in range(1200):
        step = next_step(last, told, told_on, has_address=has, today=day)
        if step is not Step.NOTHING:
            steps.append((step, day))
        if step is Step.ERASE:
            break
        if step in (Step.FIRST, Step.SECOND):
            told, told_on = told + 1, day
        day += timedelta(days=1)
    assert [step for step, _day in steps] == (
        [Step.FIRST, Step.SECOND, Step.ERASE] if has else [Step.ERASE]
    )
    days = [day for _step, day in steps]
    assert all((later - earlier).days >= 28 for earlier, later in pairwise(days))
    end = days[-1]
    assert (end.year - last.year) * 12 + end.month - last.month >= 24


@given(DAYS)
def test_memberships_of_a_year_go_thirteen_months_after_its_end(day: date) -> None:
    year = membership_years_over(day)
    assert day > date(year + 2, 1, 31)
    assert day <= date(year + 3, 1, 31)


@given(DAYS, st.integers(0, 20))
def test_years_before_is_the_same_day(day: date, years: int) -> None:
    before = years_before(day, years)
    assert (before.year, before.month) == (day.year - years, day.month)
    assert before.day in (day.day, 28)


def live(day: str, clock: Callable[[str], Any]) -> None:
    clock(f"{day} 03:10")
    forget_unused_accounts(day)


def test_an_unused_account_is_told_twice_then_goes_and_its_line_stays(
    gem: Gem, clock: Callable[[str], Any]
) -> None:
    nadia = make_account(email="nadia@exemple.test")
    make_mandate(gem, nadia, Role.MEMBER)
    line = make_person(gem, "Nadia", "B", account=nadia)
    live("2026-10-15", clock)
    live("2028-07-31", clock)
    assert mail.outbox == []
    live("2028-08-01", clock)
    live("2028-08-02", clock)
    assert [message.to for message in mail.outbox] == [["nadia@exemple.test"]]
    assert "depuis 22 mois" in mail.outbox[0].body
    live("2028-09-01", clock)
    assert "depuis 23 mois" in mail.outbox[1].body
    assert "Nadia" not in mail.outbox[1].body + mail.outbox[1].subject
    live("2028-09-30", clock)
    assert Account.objects.filter(pk=nadia.pk).exists()
    live("2028-10-01", clock)
    assert not Account.objects.filter(pk=nadia.pk).exists()
    assert Person.objects.get(pk=line.pk).account_id is None
    assert len(mail.outbox) == 2


def test_a_visit_keeps_the_account_and_only_its_month(
    gem: Gem, enter: Callable[..., Client], clock: Callable[[str], Any]
) -> None:
    nadia = make_account()
    live("2026-10-15", clock)
    clock("2028-08-20 15:00")
    enter(nadia)
    OpenSession.objects.filter(account=nadia).update(seen_on=date(2028, 8, 20))
    live("2028-08-21", clock)
    assert LastVisit.objects.get(account=nadia).month == date(2028, 8, 1)
    OpenSession.objects.all().delete()
    live("2030-05-31", clock)
    assert mail.outbox == []


def test_someone_who_always_leaves_the_tablet_is_not_unused(
    gem: Gem, clock: Callable[[str], Any], client: Client
) -> None:
    """Their session is gone each night: they would have been erased while coming every week."""
    karim = make_account("Karim")
    Account.objects.filter(pk=karim.pk).update(email=None)
    make_mandate(gem, karim, Role.MEMBER)
    live("2026-10-15", clock)
    card = make_card(gem, karim)
    for year, month in ((2027, 9), (2028, 8), (2029, 7)):
        clock(f"{year}-{month:02}-20 15:00")
        client.post("/entrer/carte/", {"words": " ".join(card.words)})
        client.post("/quitter/")
        live(f"{year}-{month:02}-21", clock)
    live("2030-10-15", clock)
    assert Account.objects.filter(pk=karim.pk).exists()
    live("2031-07-01", clock)
    assert not Account.objects.filter(pk=karim.pk).exists()


def test_an_account_without_address_goes_at_24_months(
    gem: Gem, clock: Callable[[str], Any]
) -> None:
    karim = make_account("Karim")
    Account.objects.filter(pk=karim.pk).update(email=None)
    live("2026-10-15", clock)
    live("2028-09-30", clock)
    assert Account.objects.filter(pk=karim.pk).exists()
    live("2028-10-01", clock)
    assert not Account.objects.filter(pk=karim.pk).exists()


def test_a_mandate_over_for_five_years_keeps_no_person(
    gem: Gem, clock: Callable[[str], Any]
) -> None:
    nadia = make_account()
    ended = {"started_on": date(2020, 1, 1), "ended_on": date(2021, 10, 14)}
    make_mandate(gem, nadia, Role.ELECTED, **ended)
    make_mandate(gem, nadia, Role.ANIMATOR, **ended)
    running = make_mandate(gem, nadia, Role.MEMBER)
    keep_the_rules("")
    assert Mandate.objects.filter(account=nadia).count() == 3
    clock("2026-10-15 03:10")
    keep_the_rules("")
    assert list(Mandate.objects.filter(account=nadia)) == [running]
    assert Mandate.objects.get(account=None).role == Role.ELECTED


def test_memberships_go(gem: Gem, clock: Callable[[str], Any]) -> None:
    person = make_person(gem)
    for year in (2024, 2025):
        Membership.objects.create(person=person, year=year, started_on=date(year, 1, 5))
    clock("2026-01-31 03:10")
    keep_the_rules("")
    assert Membership.objects.count() == 2
    clock("2026-02-01 03:10")
    keep_the_rules("")
    assert [each.year for each in Membership.objects.all()] == [2025]


def test_the_journal_and_the_receipts_go(gem: Gem, clock: Callable[[str], Any]) -> None:
    journal.write(NOBODY, "roll.added", gem_id=gem.pk)
    first_time(uuid4())
    clock("2027-10-14 13:00")
    keep_the_rules("")
    assert (JournalEntry.objects.count(), Receipt.objects.count()) == (1, 1)
    clock("2027-10-14 15:00")
    keep_the_rules("")
    assert JournalEntry.objects.count() == 0
    clock("2027-11-19 03:10")
    keep_the_rules("")
    assert Receipt.objects.count() == 0
