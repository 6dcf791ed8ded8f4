"""The programme of a month."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.activities.choices import ActivityState, Outcome
from espace.activities.queries.programme_month import programme_of_month
from espace.activities.tests.factories import make_activity, make_slot
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
PAGE = "/programme/mois/2026-11/"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def member(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MEMBER, gem)


def cells(response: Any) -> list[str]:
    page = html.fromstring(response.content)
    return [" ".join(cell.text_content().split()) for cell in page.xpath("//td")]


def test_a_month_says_every_day(gem: Gem, member: Client) -> None:
    make_slot(gem, TODAY, animation="autogeree")
    make_slot(gem, date(2026, 11, 25), outcome=Outcome.FERME_CONGE)
    make_activity(gem, TODAY)
    make_activity(gem, date(2026, 11, 25), state=ActivityState.ANNULEE)
    make_activity(gem, date(2026, 12, 1), "Décembre")
    said = cells(member.get(PAGE))
    assert len(said) == 42
    assert [cell for cell in said if not cell] == [""] * 12
    assert said[6] == "Dimanche 1 Rien de prévu"
    today = "Mardi 24, aujourd'hui Ouvert de 10 h à 17 h, tenu par des adhérents 14 h : Cuisine"
    assert today in said
    assert "Mercredi 25 Fermé, congés ou jour férié 14 h : Cuisine, annulée" in said
    assert not any("Décembre" in cell for cell in said)


@pytest.mark.parametrize(
    "month", ["0001-01", "9999-12", "2026-13", "2026-00", "novembre", "2026-1", "1899-12"]
)
def test_a_month_that_does_not_exist(member: Client, month: str) -> None:
    page = member.get(f"/programme/mois/{month}/")
    assert page.status_code == 404
    assert "Cette date n" in page.content.decode()


@pytest.mark.parametrize(("month", "links"), [("1900-01", 1), ("2100-12", 1), ("2024-02", 2)])
def test_months_go_on_until_the_last_one(member: Client, month: str, links: int) -> None:
    page = html.fromstring(member.get(f"/programme/mois/{month}/").content)
    assert len(page.xpath("//main//a[contains(@href, '/programme/mois/')]")) == links


def test_a_busy_month_stays_light_and_says_how_many_more(gem: Gem, member: Client) -> None:
    for rank in range(30):
        day = date(2026, 11, 1) + timedelta(days=rank)
        make_slot(gem, day)
        for number in range(6):
            make_activity(gem, day, f"Atelier {number}")
    page = member.get(PAGE)
    assert len(list(html.fromstring(page.content).iter("*"))) <= 350
    assert "et 4 autres" in cells(page)[6]


@pytest.mark.parametrize("count", [1, 3])
def test_a_month_asks_the_same_questions(gem: Gem, queries: Callable[..., Any], count: int) -> None:
    for rank in range(count):
        make_activity(gem, TODAY, f"Atelier {rank}")
        make_slot(gem, TODAY, 9 + rank)
    with queries() as captured:
        programme_of_month(make_actor(Role.MEMBER, gem), gem.pk, date(2026, 11, 1))
    assert len(captured) == 3


def test_another_gem_s_month_is_its_own(gem: Gem, as_role: Callable[..., Client]) -> None:
    make_activity(gem, TODAY)
    other = as_role(Role.MEMBER, make_gem("GEM du Port"))
    assert "Cuisine" not in other.get(PAGE).content.decode()
