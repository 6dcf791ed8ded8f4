"""One's own account, the session, and what a page costs."""

from datetime import timedelta

import pytest
from django.test import Client

from espace.accounts.models import Account
from espace.core import clock

pytestmark = pytest.mark.django_db
THIRTY_DAYS = 30 * 24 * 3600


@pytest.fixture
def nadia():
    return Account.objects.create_account(email="nadia@exemple.test", first_name="Nadia")


def test_one_says_who_one_is_without_a_surname(nadia, enter):
    client = enter(nadia)
    sent = {"first_name": "Nadège", "initial": "b.", "pictogram": "chat"}
    assert client.post("/mon-compte/", sent)["Location"] == "/mon-compte/"
    nadia.refresh_from_db()
    assert (nadia.label, nadia.pictogram) == ("Nadège B.", "chat")
    assert "C&#x27;est enregistré." in client.get("/mon-compte/").content.decode()


@pytest.mark.parametrize("initial", ["Bo", "7", "-"])
def test_more_than_one_letter_is_refused(nadia, enter, initial):
    sent = {"first_name": "Nadia", "initial": initial, "pictogram": ""}
    answer = enter(nadia).post("/mon-compte/", sent)
    assert "Écrivez une seule lettre." in answer.content.decode()
    nadia.refresh_from_db()
    assert nadia.initial == ""


def test_nobody_is_led_to_the_door(client):
    assert client.get("/mon-compte/")["Location"] == "/entrer/?next=%2Fmon-compte%2F"
    part = client.get("/mon-compte/", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (
        200,
        "/entrer/?next=%2Fmon-compte%2F",
    )


def test_a_signed_in_page_asks_four_questions_at_most(nadia, enter, django_assert_max_num_queries):
    client = enter(nadia)
    client.get("/aide/")
    with django_assert_max_num_queries(4):
        assert client.get("/aide/").status_code == 200


def test_the_session_slides_once_a_day(nadia, enter, monkeypatch):
    client = enter(nadia)
    first = client.get("/mon-compte/")
    assert first.cookies["sessionid"]["max-age"] == THIRTY_DAYS
    assert "sessionid" not in client.get("/mon-compte/").cookies
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr("espace.core.clock.now", lambda: tomorrow)
    assert client.get("/mon-compte/").cookies["sessionid"]["max-age"] == THIRTY_DAYS


def test_the_session_is_renewed_at_sign_in(nadia, settings):
    nadia.demonstration_role = "member"
    nadia.save()
    client = Client()
    session = client.session
    session["draft"] = {}
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key
    client.post("/entrer/demonstration/", {"role": "member"})
    assert client.session.session_key != before
