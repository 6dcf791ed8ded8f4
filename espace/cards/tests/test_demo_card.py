"""The demonstration cards: the same words each time, never in production."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from espace.accounts.choices import Role
from espace.groups.tests.factories import make_account, make_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(gem):
    account = make_account("Nadia", demonstration_role="elected")
    make_mandate(gem, account, Role.ELECTED)
    return account


def words_of(capsys, *options):
    call_command("demo_card", "elected", *options)
    return capsys.readouterr().out.strip()


def test_the_words_are_the_same_each_time_and_open(person, capsys):
    words = words_of(capsys)
    assert words == words_of(capsys)
    assert Client().post("/entrer/carte/", {"words": words}).status_code == 302
    told = json.loads(words_of(capsys, "--json"))
    assert told["words"] == words
    assert Client().post("/entrer/carte/", {"secret": told["address"]}).status_code == 302


def test_there_is_none_in_production_nor_for_nobody(person, settings, capsys):
    for role in ("member", "unknown"):
        with pytest.raises(SystemExit):
            call_command("demo_card", role)
    settings.DEMONSTRATION = False
    with pytest.raises(SystemExit):
        call_command("demo_card", "elected")
    assert "production" in capsys.readouterr().err
