"""Entering with a code received by e-mail, through the pages."""

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from espace.accounts.models import Account, JournalEntry

ADDRESS = "nadia@exemple.test"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def nadia():
    return Account.objects.create_account(email=ADDRESS, first_name="Nadia", initial="B")


def ask(client, address=ADDRESS, **values):
    return client.post("/entrer/", {"email": address, **values})


def code_sent():
    return re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)


def without_tokens(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_a_code_opens_the_door_and_keeps_the_way_back(nadia, client):
    answer = ask(client, next="/mon-compte/")
    assert (answer.status_code, answer["Location"]) == (302, "/entrer/code/?next=%2Fmon-compte%2F")
    page = client.get(answer["Location"])
    assert 'autocomplete="one-time-code"' in page.content.decode()
    code = code_sent()
    pasted = f" {code[:3]} {code[3:]} "
    entered = client.post("/entrer/code/", {"code": pasted, "next": "/mon-compte/"})
    assert (entered.status_code, entered["Location"]) == (302, "/mon-compte/")
    assert "Nadia" in client.get("/mon-compte/").content.decode()
    assert JournalEntry.objects.filter(action="accounts.sign_in", account=nadia).count() == 1


@pytest.mark.parametrize("around", ["Voici votre code : {}.", "\u00a0{}\u202f", "{}\n"])
def test_a_code_pasted_with_what_stood_around_it_opens_the_door(nadia, client, around):
    ask(client)
    code = code_sent()
    pasted = around.format(f"{code[:3]}\u00a0{code[3:]}")
    assert client.post("/entrer/code/", {"code": pasted}).status_code == 302


def test_the_mail_says_neither_role_nor_gem(nadia, client):
    ask(client)
    message = mail.outbox[0]
    assert message.subject == "Votre code pour Mon Espace"
    assert message.to == [ADDRESS]
    assert not re.search(r"\bGEM\b|FiGEM|[Aa]dhérent|[ÉéE]lu\b", message.body)


def test_the_way_back_is_only_on_this_site(nadia, client):
    for elsewhere in ("https://ailleurs.test/", "//ailleurs.test", "/\\ailleurs.test"):
        fresh = Client()
        cache.clear()
        ask(fresh, next=elsewhere)
        entered = fresh.post("/entrer/code/", {"code": code_sent(), "next": elsewhere})
        assert entered["Location"] == "/accueil/"


def test_the_answer_never_says_who_has_an_account():
    answers = []
    for exists in (False, True):
        if exists:
            Account.objects.create_account(email=ADDRESS, first_name="Nadia")
        client = Client()
        asked = ask(client)
        page = client.get("/entrer/code/")
        wrong = client.post("/entrer/code/", {"code": "000 000"})
        answers.append(
            [
                (asked.status_code, asked["Location"]),
                (page.status_code, without_tokens(page)),
                (wrong.status_code, without_tokens(wrong)),
            ]
        )
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2
    assert mail.outbox[0].subject == "Votre demande pour Mon Espace"


def test_a_closed_account_receives_no_code(nadia, client):
    nadia.is_active = False
    nadia.save()
    ask(client)
    assert not re.search(r"\d{6}", mail.outbox[-1].body)


def test_a_wrong_code_is_said_plainly_and_the_page_stays(nadia, client):
    ask(client)
    answer = client.post("/entrer/code/", {"code": "zzz"})
    assert answer.status_code == 200
    assert "Ce n&#x27;est pas le bon code." in answer.content.decode()
    assert client.post("/entrer/code/", {"code": code_sent()})["Location"] == "/accueil/"


def test_five_wrong_tries_burn_the_code(nadia, client):
    ask(client)
    for _attempt in range(5):
        answer = client.post("/entrer/code/", {"code": "999999x"})
    assert (answer.status_code, answer["Location"]) == (302, "/entrer/")
    assert "Ce code a été essayé trop de fois." in client.get("/entrer/").content.decode()
    refused = client.post("/entrer/code/", {"code": code_sent()})
    assert refused["Location"] == "/entrer/"
    assert client.get("/mon-compte/").status_code == 302


def test_a_code_older_than_30_minutes_is_refused_kindly(nadia, client):
    ask(client, next="/mon-compte/")
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] = time.time() - 1801
    session.save()
    answer = client.post("/entrer/code/", {"code": code_sent(), "next": "/mon-compte/"})
    assert answer["Location"] == "/entrer/?next=%2Fmon-compte%2F"
    assert "Ce code n&#x27;ouvre plus rien." in client.get("/entrer/").content.decode()


def test_a_code_works_only_in_the_browser_that_asked(nadia, client):
    ask(client)
    other = Client()
    assert other.post("/entrer/code/", {"code": code_sent()})["Location"] == "/entrer/"


def test_six_codes_in_an_hour_are_too_many_whoever_asks(client):
    for _time in range(5):
        assert ask(client).status_code == 302
    answer = ask(client)
    assert answer.status_code == 200
    assert "Attendez une heure" in answer.content.decode()


def test_a_mistyped_address_is_said_plainly(client):
    answer = ask(client, "nadia@")
    assert "Cette adresse n&#x27;est pas complète." in answer.content.decode()
    assert 'value="nadia@"' in answer.content.decode()
    assert mail.outbox == []


def test_the_mail_server_is_down(nadia, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    answer = ask(client)
    assert answer.status_code == 200
    assert "Le message n&#x27;est pas parti." in answer.content.decode()


def test_someone_who_changes_their_mind_may_ask_again(nadia, client):
    ask(client, "autre@exemple.test")
    assert client.get("/entrer/").status_code == 200
    ask(client)
    assert client.post("/entrer/code/", {"code": code_sent()})["Location"] == "/accueil/"


def test_there_is_no_sign_up_and_no_other_page_of_the_library(client):
    ask(client, "nouveau@exemple.test")
    assert not Account.objects.exists()
    for path in ("/signup/", "/login/", "/accounts/login/", "/password/reset/", "/email/"):
        assert client.get(path).status_code == 404


def test_leaving_is_asked_then_done_by_post(nadia, enter):
    client = enter(nadia)
    assert "Quitter" in client.get("/quitter/").content.decode()
    assert client.get("/mon-compte/").status_code == 200
    left = client.post("/quitter/")
    assert (left.status_code, left["Location"]) == (302, "/")
    assert client.get("/mon-compte/")["Location"] == "/entrer/?next=%2Fmon-compte%2F"


def test_forms_refuse_a_missing_token(nadia):
    client = Client(enforce_csrf_checks=True)
    for path in ("/entrer/", "/entrer/code/", "/quitter/", "/entrer/demonstration/"):
        assert client.post(path, {"email": ADDRESS, "role": "member"}).status_code == 403
    assert mail.outbox == []


@pytest.mark.parametrize("proxies", [0, 1])
def test_an_address_that_a_visitor_writes_lifts_no_limit(settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "opening_letter": "2/h/ip"}
    answers = [
        Client().post(
            "/ouvrir/",
            {"words": "abaisser " * 7},
            headers={"X-Forwarded-For": f"192.0.2.{rank}, 203.0.113.9"},
        )
        for rank in range(3)
    ]
    assert [each.status_code for each in answers] == [422, 422, 429]


def test_behind_a_proxy_one_visitor_does_not_use_up_the_limit_of_others(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "opening_letter": "1/h/ip"}
    answers = [
        Client().post("/ouvrir/", {"words": "abaisser " * 7}, headers={"X-Forwarded-For": address})
        for address in ("203.0.113.9", "203.0.113.9", "203.0.113.10")
    ]
    assert [each.status_code for each in answers] == [422, 429, 422]
