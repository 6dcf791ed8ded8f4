"""Roles open doors on the GEM's own calendar day."""

from datetime import date

import pytest

from espace.accounts.access import Grant, actor_for
from espace.accounts.choices import Role
from espace.groups.actions.devices import enrol_device, revoke_device
from espace.groups.grants import device_cookie
from espace.groups.models import TerritoryMandate
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate

pytestmark = pytest.mark.django_db


def actor_of(account, cookies=None, chosen=None):
    return actor_for(account.pk if account else None, "", cookies or {}, chosen)


def test_running_roles_only(clock):
    clock("2026-10-14 14:00")
    gem, other, account = make_gem(), make_gem("GEM d'hier"), make_account()
    make_mandate(gem, account, Role.MEMBER)
    make_mandate(other, account, Role.ANIMATOR, ended_on=date(2026, 10, 14))
    make_mandate(make_gem(), account, Role.ELECTED, started_on=date(2026, 10, 15))
    actor = actor_of(account)
    assert actor.grants == {Grant(Role.MEMBER, gem.pk)}
    assert (actor.gem_id, actor.place) == (gem.pk, "GEM du Phare")


def test_the_day_is_the_one_of_the_gem(clock):
    clock("2026-10-14 22:30")
    account = make_account()
    reunion = make_gem("GEM du Volcan", time_zone="Indian/Reunion")
    make_mandate(reunion, account, Role.ANIMATOR, ended_on=date(2026, 10, 15))
    assert actor_of(account).grants == frozenset()
    martinique = make_gem("GEM des Anses", time_zone="America/Martinique")
    make_mandate(martinique, account, Role.ANIMATOR, ended_on=date(2026, 10, 14))
    clock("2026-10-14 06:30")
    held = {grant.gem_id for grant in actor_of(account).grants}
    assert held == {reunion.pk}
    clock("2026-10-14 05:30")
    held = {grant.gem_id for grant in actor_of(account).grants}
    assert held == {reunion.pk, martinique.pk}


def test_territories(clock):
    clock("2026-10-14 14:00")
    account = make_account()
    for territory, ended_on in (("region:53", None), ("region:11", date(2026, 10, 1))):
        TerritoryMandate.objects.create(
            account=account,
            role=Role.ARS,
            territory=territory,
            started_on=date(2025, 1, 1),
            ended_on=ended_on,
        )
    actor = actor_of(account)
    assert actor.grants == {Grant(Role.ARS, None, "region:53")}
    assert actor.gem_id is None


def test_practice_comes_last_and_the_chosen_gem_first():
    account = make_account()
    practice = make_gem("GEM des Tilleuls", practice=True)
    real = make_gem("GEM du Phare")
    make_mandate(practice, account, Role.ELECTED)
    make_mandate(real, account, Role.ELECTED)
    assert actor_of(account).gem_id == real.pk
    assert actor_of(account, chosen=practice.pk).place == "GEM des Tilleuls"
    assert actor_of(account, chosen=make_gem().pk).gem_id == real.pk


def test_a_device_opens_its_gem_until_it_is_withdrawn(settings):
    gem = make_gem()
    elected = make_actor(Role.ELECTED, gem)
    token = enrol_device(actor=elected, gem_id=gem.pk, name="Tablette")
    cookies = {settings.DEVICE_COOKIE_NAME: device_cookie(token)}
    actor = actor_of(None, cookies)
    assert actor.grants == {Grant(Role.DEVICE, gem.pk)}
    assert (actor.is_known, actor.account_id, actor.place) == (True, None, "GEM du Phare")
    revoke_device(actor=elected, gem_id=gem.pk, device_id=actor.device_id)
    assert not actor_of(None, cookies).is_known


@pytest.mark.parametrize("forge", [lambda c: c[:-1], lambda c: c.split(":")[0], lambda c: ""])
def test_a_forged_cookie_asks_the_database_nothing(forge, settings, django_assert_num_queries):
    gem = make_gem()
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    cookies = {settings.DEVICE_COOKIE_NAME: forge(device_cookie(token))}
    with django_assert_num_queries(0):
        assert not actor_of(None, cookies).is_known


def test_a_person_on_the_tablet_has_both_and_their_own_gem_in_hand(settings):
    gem, account = make_gem(), make_account()
    own = make_gem("GEM du Canal")
    make_mandate(own, account, Role.MEMBER)
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    actor = actor_of(account, {settings.DEVICE_COOKIE_NAME: device_cookie(token)})
    assert actor.grants == {Grant(Role.MEMBER, own.pk), Grant(Role.DEVICE, gem.pk)}
    assert actor.gem_id == own.pk


def test_two_queries_for_one_role_or_three(django_assert_num_queries):
    account = make_account()
    for _count in (1, 2, 3):
        make_mandate(make_gem(), account, Role.MEMBER)
        with django_assert_num_queries(2):
            actor_of(account)
