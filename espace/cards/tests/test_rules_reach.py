"""A card opens no more than what its maker gives."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.access import Grant
from espace.accounts.choices import Role
from espace.cards.rules.reach import fits, reach_of
from espace.groups.rules.mandates import GEM_ROLES, GIVES

HERE, THERE, PRACTICE = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.mark.parametrize(
    ("roles", "reach"),
    [
        ({"elected"}, Role.ELECTED),
        ({"animator", "elected"}, Role.ELECTED),
        ({"animator"}, Role.ANIMATOR),
        ({"member", "volunteer", "sponsor"}, None),
        (set(), None),
    ],
)
def test_who_makes_cards(roles, reach):
    assert reach_of(roles) is reach


def opens(*held, reach=Role.ELECTED):
    return fits(held, gem_id=HERE, reach=reach, practice={PRACTICE})


def test_an_employee_opens_members_and_volunteers_only():
    for role in GEM_ROLES:
        allowed = role in (Role.MEMBER, Role.VOLUNTEER)
        assert opens(Grant(role, HERE), reach=Role.ANIMATOR) is allowed
        assert opens(Grant(role, HERE)) is True


@pytest.mark.parametrize(
    "elsewhere", [Grant("member", THERE), Grant("federation", None, "nation"), Grant("ars")]
)
def test_a_role_elsewhere_is_opened_by_no_card(elsewhere):
    assert not opens(Grant("elected", HERE), elsewhere)


def test_a_practice_gem_does_not_count_and_alone_opens_nothing():
    assert opens(Grant("member", HERE), Grant("elected", PRACTICE))
    assert not opens(Grant("elected", PRACTICE))
    assert not opens()


@given(st.sets(st.sampled_from(GEM_ROLES)), st.sampled_from([*Role, None]))
def test_no_card_opens_a_role_that_its_maker_does_not_give(roles, reach):
    held = [Grant(role, HERE) for role in roles]
    if fits(held, gem_id=HERE, reach=reach, practice=()):
        assert roles <= GIVES[reach]
