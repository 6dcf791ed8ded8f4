"""Entering as someone of the demonstration network."""

import pytest

from espace.accounts.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    for role, name in (("elected", "Omar"), ("member", "Lise"), ("member", "Zoé")):
        account = Account.objects.create_account(email=None, first_name=name)
        account.demonstration_role = role
        account.save()


def test_one_person_per_role_one_press_each(people, client):
    page = client.get("/entrer/?next=/mon-compte/").content.decode()
    assert page.index("Lise") < page.index("Omar")
    assert "Zoé" not in page
    answer = client.post("/entrer/demonstration/", {"role": "elected", "next": "/mon-compte/"})
    assert answer["Location"] == "/mon-compte/"
    assert "Omar" in client.get("/mon-compte/").content.decode()


def test_the_way_back_stays_here(people, client):
    answer = client.post("/entrer/demonstration/", {"role": "member", "next": "//ailleurs.test"})
    assert answer["Location"] == "/accueil/"


def test_an_empty_role_opens_nobodys_account(people, client):
    """Someone real has no demonstration role: « no role » must not open their account."""
    Account.objects.create_account(email="vraie@exemple.fr", first_name="Vraie")
    assert client.post("/entrer/demonstration/").status_code == 404


def test_refusals(people, client, settings):
    assert client.get("/entrer/demonstration/").status_code == 405
    assert client.post("/entrer/demonstration/", {"role": "cnsa"}).status_code == 404
    assert client.post("/entrer/demonstration/", {"role": ""}).status_code == 404
    settings.DEMONSTRATION = False
    assert client.post("/entrer/demonstration/", {"role": "member"}).status_code == 404
    assert "Omar" not in client.get("/entrer/").content.decode()


def test_the_list_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    for count in (1, 3):
        while Account.objects.count() < count:
            account = Account.objects.create_account(email=None, first_name="Lise")
            account.demonstration_role = ("member", "elected", "ars")[Account.objects.count() - 1]
            account.save()
        with django_assert_num_queries(1):
            client.get("/entrer/")
