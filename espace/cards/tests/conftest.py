"""Fixtures of the cards."""

import pytest
from django.test import Client

from espace.accounts.choices import Role
from espace.groups.actions.devices import enrol_device
from espace.groups.grants import device_cookie
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate


@pytest.fixture(autouse=True)
def _light_hashes(settings):
    """A slow hash of one card is enough to know that it is slow (test_rules_hashes.py)."""
    settings.CARD_HASH_COST = 2**4


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def member(gem):
    account = make_account("Lise", "M")
    make_mandate(gem, account, Role.MEMBER)
    return account


@pytest.fixture
def elected(gem):
    account = make_account("Omar", "D")
    make_mandate(gem, account, Role.ELECTED)
    return account


@pytest.fixture
def tablet_of(settings):
    """Return a function that gives the browser of an enrolled tablet of a GEM."""

    def make(gem):
        token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
        client = Client()
        client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
        return client

    return make
