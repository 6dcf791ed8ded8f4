"""What somebody who wants in tries, through the pages; and the owner still enters afterwards."""

import itertools
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from espace.accounts.address import replace
from espace.accounts.choices import Proof
from espace.accounts.protection import ProtectionAdapter
from espace.groups.tests.factories import make_account

pytestmark = pytest.mark.django_db
GUESSES = 200
STEP = "/entrer/deuxieme-etape/code/"
HOUR = 3601


@pytest.fixture(autouse=True)
def _memory_for_limits(settings):
    """The limits in memory: hundreds of tries, as many rows less."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    cache.clear()


@pytest.fixture
def moment(monkeypatch):
    held = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: held[0])

    def move(seconds):
        held[0] += seconds

    return move


@pytest.fixture
def nadia():
    return make_account(email="nadia@exemple.test")


def code_sent():
    return re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)


def ask(client, email="nadia@exemple.test"):
    return client.post("/entrer/", {"email": email})


def enters(client):
    ask(client)
    answer = client.post("/entrer/code/", {"code": code_sent()})
    return answer.status_code == 302 and answer["Location"] == "/accueil/"


def test_guessed_codes_open_nothing(nadia, moment):
    """Many browsers, many addresses: the codes sent for an account are few, so are the tries."""
    usual = Client()
    assert enters(usual)
    usual.post("/quitter/")
    guesses = (f"{number:06}" for number in itertools.count())
    right, tried, checked = set(), 0, 0
    while tried < GUESSES:
        browser = Client(REMOTE_ADDR=f"198.51.{tried // 2500}.{tried // 10 % 250}")
        sent = len(mail.outbox)
        ask(browser)
        if len(mail.outbox) > sent:
            right.add(code_sent())
        for _each in range(5):
            guess = next(code for code in guesses if code not in right)
            answer = browser.post("/entrer/code/", {"code": guess})
            checked += answer.status_code == 200
            tried += 1
        assert browser.get("/mon-compte/")["Location"].startswith("/entrer/")
    assert checked <= 25
    assert len(mail.outbox) <= 7
    # In her usual browser, the owner does not even wait.
    assert enters(usual)
    moment(HOUR)
    assert enters(Client())


def test_guessed_application_codes_open_nothing(nadia, enter, moment):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(
        user=nadia, type="totp", data={"secret": ProtectionAdapter().encrypt(secret)}
    )
    right = {format_hotp_value(hotp_value(secret, int(time.time()) // 30 + n)) for n in (-1, 0, 1)}
    browsers = [enter(nadia, Proof.CODE, REMOTE_ADDR=f"198.51.100.{n}") for n in range(50)]
    said = {"wrong": 0, "later": 0}
    guesses = (code for n in itertools.count() if (code := f"{n:06}") not in right)
    for number, guess in zip(range(GUESSES), guesses, strict=False):
        answer = browsers[number % 50].post(STEP, {"code": guess})
        page = answer.content.decode()
        said["later" if "Attendez une heure" in page else "wrong"] += 1
        assert answer.status_code == 200
    assert said["wrong"] <= 15
    assert said["later"] >= GUESSES - 15
    moment(HOUR)
    now_right = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert enter(nadia, Proof.CODE).post(STEP, {"code": now_right}).status_code == 302


def test_a_code_serves_once(nadia):
    client = Client()
    ask(client)
    code = code_sent()
    assert client.post("/entrer/code/", {"code": code})["Location"] == "/accueil/"
    client.post("/quitter/")
    assert client.post("/entrer/code/", {"code": code})["Location"] == "/entrer/"
    other = Client()
    ask(other)
    second = code_sent()
    if code != second:
        assert other.post("/entrer/code/", {"code": code}).status_code == 200


def test_known_and_unknown_addresses_cost_the_same(nadia, queries):
    """The same answers, as many mails, as many queries: asking, reading the page, a wrong code."""
    told = []
    # The first line of a journal costs one query more, whoever tries.
    Client().post("/entrer/cle/", {"credential": "{}"})
    for email in ("nadia@exemple.test", "inconnue@exemple.test"):
        client, before, costs = Client(), len(mail.outbox), []
        with queries() as asked:
            answer = ask(client, email)
        costs.append(len(asked))
        with queries() as asked:
            page = client.get("/entrer/code/")
        costs.append(len(asked))
        for _ in range(2):
            with queries() as asked:
                wrong = client.post("/entrer/code/", {"code": "12345x"})
            costs.append(len(asked))
        said = [page.content.decode().count(word) for word in ("<p", "code")]
        sent = len(mail.outbox) - before
        told.append([answer["Location"], page.status_code, wrong.status_code, sent, costs, said])
    assert told[0] == told[1]


def test_a_code_asked_at_an_address_left_since_opens_nothing(nadia):
    thief = Client()
    ask(thief)
    stolen = code_sent()
    replace(account_id=nadia.pk, email="nouvelle@exemple.test")
    answer = thief.post("/entrer/code/", {"code": stolen}, follow=True)
    assert "Ce code n&#x27;ouvre plus rien." in answer.content.decode()
    assert thief.get("/mon-compte/")["Location"].startswith("/entrer/")


def test_a_whole_gem_enters_behind_one_address(moment):
    people = [make_account("Lise", email=f"lise{n}@exemple.test") for n in range(40)]
    for number, person in enumerate(people):
        client = Client(REMOTE_ADDR="203.0.113.9")
        ask(client, person.email)
        if number % 3 == 0:
            assert client.post("/entrer/code/", {"code": "12345x"}).status_code == 200
        entered = client.post("/entrer/code/", {"code": code_sent()})
        assert entered["Location"] == "/accueil/"
        moment(60)


def test_every_new_form_refuses_a_missing_token(nadia):
    client = Client(enforce_csrf_checks=True)
    client.force_login(nadia)
    for page in (
        "/entrer/cle/",
        "/entrer/comme-adherent/",
        "/entrer/a-nouveau/",
        "/entrer/deuxieme-etape/code/",
        "/entrer/deuxieme-etape/cle/",
        "/mon-compte/adresse/",
        "/mon-compte/adresse/code/",
        "/mon-compte/appareils/fermer/",
        "/mon-compte/appareils/fermer-les-autres/",
        "/mon-compte/protection/cle/",
        "/mon-compte/protection/cle/retirer/",
        "/mon-compte/protection/application/",
        "/mon-compte/protection/application/retirer/",
        "/mon-compte/protection/codes/",
    ):
        assert client.post(page, {}).status_code == 403, page
    assert client.get("/mon-compte/").status_code == 200


def test_the_name_of_the_session_changes_at_each_sign_in(nadia, settings):
    client, names = Client(), set()
    for _each in range(3):
        assert enters(client)
        client.get("/mon-compte/")
        names.add(client.cookies[settings.SESSION_COOKIE_NAME].value)
        client.post("/quitter/")
    assert len(names) == 3


def test_no_way_back_leads_elsewhere(nadia, enter):
    client = enter(nadia)
    for elsewhere in (
        "//ailleurs.test",
        "https://ailleurs.test",
        "/\\ailleurs.test",
        "javascript:x",
    ):
        for page in ("/entrer/cle/", "/entrer/deuxieme-etape/"):
            assert client.get(page, {"next": elsewhere})["Location"] == "/accueil/"
        left = client.post("/entrer/a-nouveau/", {"next": elsewhere})
        assert left["Location"] == "/entrer/?next=%2Faccueil%2F"
        client = enter(nadia)
