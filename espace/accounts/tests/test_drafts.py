"""What was typed when the session ended is not lost."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from espace.accounts import drafts
from espace.accounts.access import NOBODY
from espace.accounts.models import Account
from espace.core import clock

pytestmark = pytest.mark.django_db
TYPED = {"first_name": "Nadia <3", "initial": "B", "pictogram": ""}


@pytest.fixture
def nadia():
    account = Account.objects.create_account(email="nadia@exemple.test", first_name="Nadia")
    account.demonstration_role = "member"
    account.save()
    return account


def sign_in(client, way_back="/saisie-gardee/"):
    return client.post("/entrer/demonstration/", {"role": "member", "next": way_back})


def test_a_form_sent_by_nobody_waits_then_is_sent_again(nadia, client):
    answer = client.post("/mon-compte/", TYPED)
    assert answer["Location"] == "/entrer/?next=%2Fsaisie-gardee%2F"
    assert "Ce que vous avez écrit est gardé." in client.get(answer["Location"]).content.decode()
    assert sign_in(client)["Location"] == "/saisie-gardee/"
    page = client.get("/saisie-gardee/").content.decode()
    assert '<form method="post" action="/mon-compte/">' in page
    assert '<input type="hidden" name="first_name" value="Nadia &lt;3">' in page
    assert client.post("/mon-compte/", TYPED)["Location"] == "/mon-compte/"
    nadia.refresh_from_db()
    assert nadia.first_name == "Nadia <3"
    assert "Aucune saisie gardée" in client.get("/saisie-gardee/").content.decode()


def test_it_may_be_dropped(nadia, client):
    client.post("/mon-compte/", TYPED)
    sign_in(client)
    assert client.post("/saisie-gardee/")["Location"] == "/accueil/"
    assert "Aucune saisie gardée" in client.get("/saisie-gardee/").content.decode()


def test_it_waits_30_minutes(nadia, client, monkeypatch):
    client.post("/mon-compte/", TYPED)
    sign_in(client)
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr("espace.accounts.drafts.now", lambda: later)
    assert "Aucune saisie gardée" in client.get("/saisie-gardee/").content.decode()


def test_another_browser_sees_nothing_of_it(nadia, client):
    client.post("/mon-compte/", TYPED)
    other = Client()
    sign_in(other)
    assert "Aucune saisie gardée" in other.get("/saisie-gardee/").content.decode()


def test_a_form_too_long_is_not_kept(client):
    too_long = TYPED | {"first_name": "x" * (drafts.MOST_CHARACTERS + 1)}
    assert client.post("/mon-compte/", too_long)["Location"] == "/entrer/?next=%2F"


def refused(**headers):
    request = RequestFactory().post("/mon-compte/", TYPED, headers=headers)
    request.session, request.actor = {}, NOBODY
    return drafts.keep_after_refusal(request), request.session


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_our_own_page_refused_for_its_token_is_kept(headers):
    kept, session = refused(**headers)
    assert kept
    assert session["draft"]["fields"] == [list(pair) for pair in TYPED.items()]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://ailleurs.test"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_cannot_leave_a_form_here(headers):
    assert refused(**headers) == (False, {})


def test_a_form_with_an_old_token_is_found_again(nadia):
    """Signing in again in another window changes the token that the first window holds."""
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    client.force_login(nadia)
    refused = client.post("/mon-compte/", TYPED)
    assert refused.status_code == 403
    assert 'href="/saisie-gardee/"' in refused.content.decode()
    assert "Nadia &lt;3" in client.get("/saisie-gardee/").content.decode()


def test_a_form_of_nobody_knows_is_not_kept(nadia):
    client = Client(enforce_csrf_checks=True)
    client.force_login(nadia)
    assert "/saisie-gardee/" not in client.post("/mon-compte/", TYPED).content.decode()
    assert "Aucune saisie gardée" in client.get("/saisie-gardee/").content.decode()
