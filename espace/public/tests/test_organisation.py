"""« L'organisation du GEM »: one list of what serves to run it, each to those who may open it."""

import pytest
from django.urls import NoReverseMatch, reverse

from espace.accounts.choices import Role
from espace.accounts.permissions import table
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from espace.public.organisation import SHELVES

ADDRESS = "/notre-gem/organisation/"
DOORS = [door for shelf in SHELVES for door in shelf.doors]


def doors_shown(client) -> list[str]:
    page = client.get(ADDRESS).content.decode()
    return [door.route for door in DOORS if f'href="{reverse(door.route)}"' in page]


@pytest.fixture
def inside(enter):
    def come_in(role: Role):
        account = make_account()
        make_mandate(make_gem(), account, role)
        return enter(account)

    return come_in


@pytest.mark.parametrize("door", DOORS, ids=[door.route for door in DOORS])
def test_each_door_is_a_page_and_asks_a_known_permission(door):
    try:
        assert reverse(door.route).startswith("/")
    except NoReverseMatch:
        pytest.fail(f"no page is called {door.route}")
    assert door.permission in table()


@pytest.mark.django_db
def test_an_elected_person_finds_every_page_one_press_from_her_home(inside):
    elected = inside(Role.ELECTED)
    assert f'href="{ADDRESS}"' in elected.get("/notre-gem/").content.decode()
    assert doors_shown(elected) == [door.route for door in DOORS]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR, Role.MEMBER, Role.SPONSOR])
def test_every_door_shown_opens(inside, role):
    client = inside(role)
    shown = doors_shown(client)
    assert [client.get(reverse(route)).status_code for route in shown] == [200] * len(shown)


@pytest.mark.django_db
def test_a_member_is_not_shown_the_doors_of_the_bureau(inside):
    shown = doors_shown(inside(Role.MEMBER))
    assert "groups:profile" in shown
    assert not {"groups:roll", "cards:cards", "imports:home"} & set(shown)


@pytest.mark.django_db
def test_the_list_asks_the_database_nothing_of_its_own(inside, django_assert_max_num_queries):
    elected = inside(Role.ELECTED)
    elected.get(ADDRESS)
    with django_assert_max_num_queries(6):
        elected.get(ADDRESS)
