"""Rules of roles: who gives and takes back what."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Role
from espace.groups.choices import Function
from espace.groups.rules.mandates import (
    GEM_ROLES,
    GIVES,
    Giver,
    Refusal,
    RefusedError,
    check_end,
    check_grant,
    doubled_offices,
    givable,
    is_running,
    may_end,
)

TODAY = date(2026, 10, 14)
held = st.frozensets(st.sampled_from([role.value for role in Role]))
roles = st.sampled_from(GEM_ROLES)
counts = st.integers(0, 3)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
NOT_ELECTED = st.frozensets(
    st.sampled_from([role.value for role in Role if role is not Role.ELECTED])
)


def grant(giver, role, *, started_on=TODAY, elected=1, running=(), function="presidence"):
    check_grant(
        giver,
        role,
        function=function,
        started_on=started_on,
        today=TODAY,
        elected=elected,
        roles_running=running,
    )


def end(giver, role, *, is_own=False, started_on=date(2024, 1, 1), ended_on=TODAY, others=1):
    check_end(
        giver,
        role,
        is_own=is_own,
        started_on=started_on,
        ended_on=ended_on,
        today=TODAY,
        other_elected=others,
    )


def reason(call, *args, **values):
    with pytest.raises(RefusedError) as refused:
        call(*args, **values)
    return refused.value.reason


@given(NOT_ELECTED, counts)
def test_nobody_else_makes_an_elected_person(roles_held, elected):
    assert Role.ELECTED not in givable(Giver(roles_held), elected)
    assert Role.ANIMATOR not in givable(Giver(roles_held), elected)
    assert not may_end(Giver(roles_held), Role.ELECTED, is_own=False)
    assert not may_end(Giver(roles_held), Role.ANIMATOR, is_own=False)


@given(counts, roles)
def test_the_bureau_gives_and_takes_back_every_role(elected, role):
    bureau = Giver(frozenset({Role.ELECTED.value}))
    assert givable(bureau, elected) == GEM_ROLES
    assert may_end(bureau, role, is_own=False)


@given(held, counts)
def test_nobody_gives_more_than_the_bureau(roles_held, elected):
    assert set(givable(Giver(roles_held), elected)) <= GIVES[Role.ELECTED]


@given(counts)
def test_the_federation_gives_only_the_first_elected_mandate(elected):
    federation = Giver(frozenset(), is_federation=True)
    assert givable(federation, elected) == ((Role.ELECTED,) if elected == 0 else ())


@given(held, roles)
def test_what_one_gives_one_takes_back(roles_held, role):
    giver = Giver(roles_held)
    assert (role in givable(giver, 1)) == may_end(giver, role, is_own=False)


@given(held, st.booleans(), days)
def test_the_last_elected_person_always_stays(roles_held, is_own, ended_on):
    with pytest.raises(RefusedError):
        end(Giver(roles_held), Role.ELECTED, is_own=is_own, ended_on=ended_on, others=0)


@given(days, days, days)
def test_a_role_opens_nothing_from_its_last_day(started_on, ended_on, today):
    running = is_running(started_on, ended_on, today)
    assert running == (started_on <= today < ended_on)
    assert is_running(started_on, None, today) == (started_on <= today)
    assert not is_running(started_on, today, today)


def test_refusals_of_giving_beside_their_success():
    bureau = Giver(frozenset({Role.ELECTED.value}))
    grant(bureau, Role.ELECTED)
    assert reason(grant, bureau, Role.ELECTED, function="") is Refusal.FUNCTION_MISSING
    assert reason(grant, bureau, Role.MEMBER, running={"member"}) is Refusal.ALREADY_HELD
    assert reason(grant, bureau, Role.ARS) is Refusal.NOT_YOURS
    late = TODAY + timedelta(days=400)
    assert reason(grant, bureau, Role.MEMBER, started_on=late) is Refusal.DATE_TOO_FAR
    staff = Giver(frozenset({Role.ANIMATOR.value}))
    grant(staff, Role.MEMBER)
    assert reason(grant, staff, Role.ELECTED, elected=0) is Refusal.NOT_YOURS


def test_refusals_of_ending_beside_their_success():
    bureau = Giver(frozenset({Role.ELECTED.value}))
    end(bureau, Role.ANIMATOR, others=0)
    end(Giver(frozenset({"sponsor"})), Role.SPONSOR, is_own=True)
    tomorrow = TODAY + timedelta(days=1)
    assert reason(end, bureau, Role.ELECTED, others=0) is Refusal.LAST_ELECTED
    assert reason(end, bureau, Role.MEMBER, ended_on=tomorrow) is Refusal.ENDS_LATER
    before = date(2023, 12, 31)
    assert reason(end, bureau, Role.MEMBER, ended_on=before) is Refusal.ENDS_BEFORE_START
    end(bureau, Role.MEMBER, started_on=tomorrow, ended_on=tomorrow)


@pytest.mark.parametrize(
    ("running", "doubled"),
    [
        ([], ()),
        ([("presidence", False)], ()),
        ([("presidence", False), ("presidence", False)], (Function.PRESIDENCE,)),
        ([("presidence", True), ("presidence", True), ("presidence", False)], ()),
        ([("administrateur", False)] * 4, ()),
        (
            [("tresorerie", False), ("presidence", False)] * 2,
            (Function.PRESIDENCE, Function.TRESORERIE),
        ),
    ],
)
def test_an_office_of_one_person_held_by_two_is_found(running, doubled):
    assert doubled_offices(running) == doubled
