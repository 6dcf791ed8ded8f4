"""Changing an e-mail address: one's own, and the way back through the GEM."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from espace.accounts.choices import Proof, Role
from espace.accounts.models import JournalEntry
from espace.core import clock as house_clock
from espace.groups.models import TerritoryMandate
from espace.groups.tests.factories import make_account, make_gem, make_mandate

pytestmark = pytest.mark.django_db
ASK, CODE = "/mon-compte/adresse/", "/mon-compte/adresse/code/"
NEW = "nadia.nouvelle@exemple.test"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def nadia():
    return make_account()


def code_sent():
    return re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)


def address_of(account):
    account.refresh_from_db()
    return account.email


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_a_new_address_is_taken_with_the_code_it_received(nadia, enter):
    old, client, elsewhere = nadia.email, enter(nadia, Proof.CODE), enter(nadia)
    assert client.post(ASK, {"email": NEW.upper()})["Location"] == CODE
    assert mail.outbox[-1].to == [NEW]
    assert address_of(nadia) == old
    assert client.post(CODE, {"code": "00000x"}).status_code == 200
    assert client.post(CODE, {"code": code_sent()})["Location"] == "/mon-compte/"
    assert address_of(nadia) == NEW
    assert mail.outbox[-1].to == [old]
    assert NEW not in mail.outbox[-1].body
    assert elsewhere.get("/mon-compte/")["Location"].startswith("/entrer/")
    assert JournalEntry.objects.filter(action="accounts.change_address").count() == 1
    fresh = Client()
    fresh.post("/entrer/", {"email": NEW})
    assert fresh.post("/entrer/code/", {"code": code_sent()})["Location"] == "/accueil/"


def test_the_page_never_says_whether_an_address_has_an_account(nadia, enter):
    make_account("Omar", email="omar@exemple.test")
    pages = []
    for email in ("omar@exemple.test", "omer@exemple.test"):
        client = enter(nadia, Proof.CODE)
        asked = client.post(ASK, {"email": email})
        page = client.get(CODE)
        wrong = client.post(CODE, {"code": "000000"})
        pages.append(
            [asked["Location"], *(without_token(p).replace(email, "") for p in (page, wrong))]
        )
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2
    assert not re.search(r"\d{6}", mail.outbox[0].body)


def test_five_tries_then_another_code(nadia, enter):
    client = enter(nadia, Proof.CODE)
    client.post(ASK, {"email": NEW})
    code = code_sent()
    for _each in range(5):
        assert client.post(CODE, {"code": "x"}).status_code == 200
    assert client.post(CODE, {"code": code})["Location"] == ASK
    assert address_of(nadia) != NEW


def test_the_code_lives_half_an_hour_in_the_browser_that_asked(nadia, enter, monkeypatch):
    client, other = enter(nadia, Proof.CODE), enter(nadia, Proof.CODE)
    client.post(ASK, {"email": NEW})
    assert other.post(CODE, {"code": code_sent()})["Location"] == ASK
    later = house_clock.now() + timedelta(minutes=31)
    monkeypatch.setattr("espace.accounts.address.now", lambda: later)
    assert client.post(CODE, {"code": code_sent()})["Location"] == ASK
    assert address_of(nadia) != NEW


def test_an_old_proof_is_asked_again_first(nadia, enter, monkeypatch):
    client = enter(nadia, Proof.CODE)
    later = house_clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("espace.accounts.strength.now", lambda: later)
    assert client.post(ASK, {"email": NEW})["Location"].startswith("/entrer/deuxieme-etape/")
    assert mail.outbox == []


def test_the_way_back_is_told_to_everyone(client):
    page = client.get("/entrer/adresse-changee/").content.decode()
    assert "une personne élue de votre GEM" in page
    assert 'href="/entrer/adresse-changee/"' in client.get("/entrer/").content.decode()


# --- The GEM gives its person another address ---


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def lise(gem):
    account = make_account("Lise", "M")
    return account, make_mandate(gem, account, Role.MEMBER)


def way(mandate):
    return f"/notre-gem/roles/{mandate.pk}/adresse/"


def test_an_elected_person_gives_a_member_another_address(gem, lise, as_role, enter):
    account, mandate = lise
    old, hers = account.email, enter(account)
    elected = as_role(Role.ELECTED, gem)
    assert f'href="{way(mandate)}"' in elected.get("/notre-gem/roles/").content.decode()
    assert elected.post(way(mandate), {"email": NEW})["Location"] == "/notre-gem/roles/"
    assert address_of(account) == NEW
    assert [message.to for message in mail.outbox] == [[old]]
    assert hers.get("/mon-compte/")["Location"].startswith("/entrer/")
    assert JournalEntry.objects.filter(action="groups.change_address", gem_id=gem.pk).count() == 1


def test_for_an_elected_person_another_elected_person_does_it(gem, as_role, enter):
    omar = make_account("Omar")
    mandate = make_mandate(gem, omar, Role.ELECTED)
    assert enter(omar).post(way(mandate), {"email": NEW}).status_code == 403
    assert as_role(Role.ELECTED, gem).post(way(mandate), {"email": NEW}).status_code == 302
    assert address_of(omar) == NEW


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.MEMBER, Role.VOLUNTEER])
def test_nobody_else_does(gem, lise, as_role, role):
    answer = as_role(role, gem).post(way(lise[1]), {"email": NEW})
    assert answer.status_code in (403, 404)
    assert address_of(lise[0]) != NEW


def test_someone_with_a_role_elsewhere_is_not_taken_over(gem, lise, as_role):
    account, mandate = lise
    TerritoryMandate.objects.create(
        account=account, role=Role.FEDERATION, territory="nation", started_on="2025-01-01"
    )
    answer = as_role(Role.ELECTED, gem).post(way(mandate), {"email": NEW})
    assert "a aussi un rôle ailleurs" in answer.content.decode()
    assert address_of(account) != NEW


def test_an_address_that_serves_already_is_refused(gem, lise, as_role, nadia):
    answer = as_role(Role.ELECTED, gem).post(way(lise[1]), {"email": nadia.email})
    assert "Cette adresse ne peut pas servir." in answer.content.decode()
    assert address_of(lise[0]) != nadia.email


def test_an_old_proof_is_asked_again_before_giving_a_role_or_an_address(
    gem, lise, enter, monkeypatch
):
    omar = make_account("Omar")
    make_mandate(gem, omar, Role.ELECTED)
    client = enter(omar, Proof.CODE, Proof.TOTP)
    later = house_clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("espace.accounts.strength.now", lambda: later)
    for page in (way(lise[1]), "/notre-gem/roles/donner/"):
        assert client.get(page).status_code == 200
        sent = client.post(page, {"email": NEW})
        assert sent["Location"] == "/entrer/deuxieme-etape/?next=%2Fsaisie-gardee%2F"
    assert address_of(lise[0]) != NEW
