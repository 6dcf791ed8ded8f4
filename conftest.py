"""Fixtures every test may use."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from espace.accounts.models import Account


@pytest.fixture
def enter():
    """Return a function that gives a browser-like client signed in as an account."""

    def _enter(account: Account, **extra: object) -> Client:
        client = Client(**extra)
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _enter


@pytest.fixture(scope="session", autouse=True)
def plain_static_names():
    """Static files keep their plain names in tests: nothing has to be collected first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield
