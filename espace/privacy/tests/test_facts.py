"""Counts of accounts, of requests on data and of pages, as figures of the catalogue."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.core.models import PageMonth
from espace.groups.models import Gem, Mandate
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from espace.indicators import measures
from espace.indicators.rules import parse_period
from espace.privacy.actions.retention import count_accounts
from espace.privacy.models import AccountMonth, LastVisit

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


def used(gem: Gem, role: Role, month: date = OCTOBER) -> Mandate:
    account = make_account()
    LastVisit.objects.create(account=account, month=month)
    return make_mandate(gem, account, role)


def test_accounts_of_the_month_are_counted_by_role_and_never_named(gem: Gem) -> None:
    """Three members came this month, one in September; one elected person; one gave up a role."""
    for month in (OCTOBER, OCTOBER, OCTOBER, date(2026, 9, 1)):
        used(gem, Role.MEMBER, month)
    used(gem, Role.ELECTED)
    used(gem, Role.VOLUNTEER)
    gone = used(gem, Role.ANIMATOR)
    Mandate.objects.filter(pk=gone.pk).update(ended_on=date(2026, 10, 2))
    for _twice in range(2):
        count_accounts()
    rows = AccountMonth.objects.filter(gem=gem, month=OCTOBER)
    assert dict(rows.values_list("role", "active_count")) == {"adherent": 3, "administrateur": 1}
    assert {field.name for field in AccountMonth._meta.get_fields()} == {
        "id", "gem", "month", "role", "active_count",
    }  # fmt: skip
    asked = parse_period("2026-10")
    found = measures.measure(gem.pk, [asked], ["USA-02"], date(2026, 10, 31))["USA-02", asked]
    assert (found.numerator, found.denominator) == (4, 4)
    card = ["USA-01", "RES-07", "RES-08", "DEM-17"]
    Gem.objects.filter(pk=gem.pk).update(federated=True, management_mode="directe")
    of_the_card = measures.measure(gem.pk, [asked], card, date(2026, 10, 31))
    # This GEM alone: connected, in the federation, in one département, in direct management.
    assert [of_the_card[code, asked].numerator for code in card] == [1, 1, 1, 1]


def test_requests_on_data_come_from_the_journal(gem: Gem) -> None:
    for action in ("privacy.erase_line", "privacy.open_line_data_with_answers", "roll.added"):
        JournalEntry.objects.create(
            at=datetime(2026, 10, 3, 9, tzinfo=UTC), gem_id=gem.pk, action=action
        )
    asked = parse_period("2026-10")
    found = measures.measure(gem.pk, [asked], ["QUA-10"], date(2026, 10, 31))["QUA-10", asked]
    assert (found.value, found.denominator) == (100, 2)


def test_the_weight_of_pages_is_a_fact_of_the_nation(gem: Gem) -> None:
    PageMonth.objects.create(month=OCTOBER, median_kb=21)
    assert "USA-14" in measures.computable()
