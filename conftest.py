"""Fixtures every test may use."""

import pytest
from django.test import Client

from espace.accounts.models import Account


@pytest.fixture
def enter():
    """Return a function that gives a browser-like client signed in as an account."""

    def _enter(account: Account, **extra: object) -> Client:
        client = Client(**extra)
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _enter
