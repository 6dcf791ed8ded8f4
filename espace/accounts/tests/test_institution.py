"""Entering with the account of one's institution, against a provider that speaks over HTTP."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from espace.accounts.choices import Role
from espace.accounts.models import Account, InstitutionIdentity, OpenSession
from espace.accounts.sessions import SessionStore
from espace.core import clock as house_clock
from espace.groups.models import TerritoryMandate
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from tests.machine import free_port
from tests.provider import running

pytestmark = pytest.mark.django_db
START = "/entrer/institution/"
ADDRESS = "delphine@ars.exemple.test"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def speak_to(settings: Any, issuer: str, **values: Any) -> None:
    settings.IDENTITY_PROVIDER = {
        "name": "ProConnect d'essai",
        "issuer": issuer,
        "client_id": "mon-espace",
        "secret": "a-secret-of-the-tests",
        "scope": "openid email",
        "acr_values": "eidas1",
        "strong_acr": ("eidas2",),
        "prompt": "login",
        "email_trusted": False,
        **values,
    }
    settings.SITE_URL = "http://testserver"


@pytest.fixture(scope="module")
def running_provider() -> Iterator[str]:
    """A provider of its own, in another process."""
    with running() as issuer:
        yield issuer


@pytest.fixture
def provider(running_provider: str, settings: Any) -> str:
    """A provider that knows Delphine."""
    speak_to(settings, running_provider)
    know(running_provider, "delphine", email=ADDRESS, email_verified=True, amr=["pwd", "mfa"])
    return running_provider


@pytest.fixture
def delphine() -> Account:
    account = make_account("Delphine", "B", email=ADDRESS)
    TerritoryMandate.objects.create(
        account=account, role=Role.ARS, territory="region:53", started_on=date(2025, 1, 1)
    )
    return account


def know(issuer: str, subject: str, **claims: Any) -> None:
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()


def leave(client: Client, back: str = "/accueil/") -> str:
    answer = client.get(START, {"next": back})
    assert answer.status_code == 302
    return str(answer["Location"])


def say(address: str, subject: str = "delphine", **form: str) -> str:
    """Say who one is to the provider; return the address it leads back to."""
    sent = form or {"sub": subject}
    answer = requests.post(address, data=sent, allow_redirects=False, timeout=5)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "http://testserver"
    return f"{back.path}?{back.query}"


def arrive(client: Client, subject: str = "delphine") -> Any:
    return client.get(say(leave(client), subject))


def test_an_invited_agent_is_linked_once_and_ends_on_her_home(provider, delphine, client):
    arrived = arrive(client)
    assert arrived["Location"] == "/accueil/"
    home = client.get("/accueil/", follow=True)
    assert (home.status_code, home.request["PATH_INFO"]) == (200, "/mon-territoire/")
    assert "Quitter" in home.content.decode()
    identity = InstitutionIdentity.objects.get()
    assert (identity.account, identity.issuer, identity.subject) == (delphine, provider, "delphine")
    delphine.email = "autre@ars.exemple.test"
    delphine.save()
    assert arrive(Client())["Location"] == "/accueil/"
    assert InstitutionIdentity.objects.count() == 1


def test_the_button_is_there_only_with_a_provider(client, settings):
    settings.IDENTITY_PROVIDER = None
    assert START not in client.get("/entrer/").content.decode()
    assert client.get(START).status_code == 404
    assert client.get(f"{START}retour/").status_code == 404
    speak_to(settings, "https://provider.test")
    assert f'href="{START}"' in client.get("/entrer/").content.decode()


def test_the_request_holds_state_nonce_and_pkce(provider, client):
    first, second = (parse_qs(urlsplit(leave(client)).query) for _each in range(2))
    assert first["response_type"] == ["code"]
    assert first["redirect_uri"] == ["http://testserver/entrer/institution/retour/"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["scope"] == ["openid email"]
    assert first["prompt"] == ["login"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_one_factor_at_the_provider_asks_for_a_second_here(provider, delphine, client):
    know(provider, "delphine", email=ADDRESS, email_verified=True)
    arrive(client)
    assert client.get("/accueil/")["Location"].startswith("/entrer/deuxieme-etape/")


def test_an_unknown_agent_is_told_whom_to_ask_and_nothing_is_made(provider, delphine, client):
    know(provider, "vincent", email="vincent@ars.exemple.test", email_verified=True)
    answer = arrive(client, "vincent")
    assert answer.status_code == 403
    assert "Demandez à la FiGEM de vous inviter" in answer.content.decode()
    assert Account.objects.count() == 1
    assert not InstitutionIdentity.objects.exists()


def test_an_address_the_provider_does_not_answer_for_links_nothing(
    provider, delphine, client, settings
):
    know(provider, "imposteur", email=ADDRESS)
    assert arrive(client, "imposteur").status_code == 403
    assert not InstitutionIdentity.objects.exists()
    speak_to(settings, provider, email_trusted=True)
    assert arrive(client, "imposteur").status_code == 302


def test_a_member_s_address_links_nothing(provider, client):
    make_account("Lise", "M", email=ADDRESS)
    assert arrive(client).status_code == 403
    assert not InstitutionIdentity.objects.exists()


def test_a_second_identity_does_not_take_an_account_already_linked(provider, delphine, client):
    arrive(client)
    know(provider, "remplacante", email=ADDRESS, email_verified=True)
    assert arrive(Client(), "remplacante").status_code == 403
    assert InstitutionIdentity.objects.get().subject == "delphine"


def test_once_the_mandate_is_over_the_institution_opens_nothing(provider, delphine, client):
    gem = make_gem()
    make_mandate(gem, delphine, Role.MEMBER)
    assert arrive(client).status_code == 302
    TerritoryMandate.objects.update(ended_on=date(2025, 6, 1))
    later = Client()
    assert arrive(later).status_code == 403
    assert later.get("/mon-compte/").status_code == 302


def test_the_institution_does_not_open_a_role_in_a_gem(provider, delphine, client):
    """Who runs the provider could enter as any of its agents: never among the people of a GEM."""
    gem = make_gem()
    make_mandate(gem, delphine, Role.ELECTED)
    arrive(client)
    assert client.get("/notre-gem/").status_code == 200
    assert client.get("/notre-gem/roles/donner/").status_code == 403
    assert client.get("/notre-gem/carnet/").status_code == 403


def test_the_role_never_comes_from_a_claim(provider, delphine, client):
    know(provider, "delphine", email=ADDRESS, email_verified=True, amr=["mfa"], role="federation")
    TerritoryMandate.objects.update(ended_on=date(2025, 6, 1))
    assert arrive(client).status_code == 403


def test_nothing_but_the_key_is_kept(provider, delphine, client):
    know(
        provider,
        "delphine",
        email=ADDRESS,
        email_verified=True,
        amr=["mfa"],
        siret="13002526500013",
    )
    arrive(client)
    row = OpenSession.objects.get(account=delphine)
    assert "siret" not in str(SessionStore().decode(row.session_data))
    assert "13002526500013" not in str(InstitutionIdentity.objects.values())


def test_another_browser_s_answer_is_refused(provider, delphine, client):
    back = say(leave(client))
    other = Client().get(back)
    assert other.status_code == 403
    assert "il faut recommencer" in other.content.decode()
    assert client.get(back)["Location"] == "/accueil/"


def test_an_answer_serves_once(provider, delphine, client):
    back = say(leave(client))
    assert client.get(back).status_code == 302
    client.post("/quitter/")
    assert client.get(back).status_code == 403
    assert client.get("/mon-compte/").status_code == 302


@pytest.mark.parametrize("change", ["state", "code"])
def test_a_changed_answer_is_refused(provider, delphine, client, change):
    back = urlsplit(say(leave(client)))
    said = {name: values[0] for name, values in parse_qs(back.query).items()} | {change: "x" * 43}
    assert client.get(back.path, said).status_code == 403


def test_a_token_made_for_another_departure_is_refused(provider, delphine, client):
    back = say(leave(client))
    session = client.session
    for waiting in session["institution"].values():
        waiting["nonce"] = "n" * 43
    session.save()
    assert client.get(back).status_code == 403
    assert not InstitutionIdentity.objects.exists()


def test_more_than_ten_minutes_is_told(provider, delphine, client, monkeypatch):
    back = say(leave(client))
    later = house_clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("espace.accounts.institution.now", lambda: later)
    answer = client.get(back)
    assert answer.status_code == 403
    assert "Vous avez pris plus de dix minutes." in answer.content.decode()


def test_a_token_past_its_end_is_refused(settings, delphine, client):
    with running(token_minutes=-10) as issuer:
        speak_to(settings, issuer)
        know(issuer, "delphine", email=ADDRESS, email_verified=True)
        assert arrive(client).status_code == 403
    assert not InstitutionIdentity.objects.exists()


def test_a_token_for_another_site_is_refused(provider, delphine, client, settings):
    address = leave(client)
    back = say(address.replace("client_id=mon-espace", "client_id=un-autre-site"))
    assert client.get(back).status_code == 403


def test_a_person_who_says_no_is_told_plainly(provider, client):
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    said = {"error": "access_denied", "state": state}
    for answer in (
        client.get(f"{START}retour/", said),
        client.get(say(leave(client), action="deny")),
    ):
        assert answer.status_code == 403
        assert "n'a pas donné son accord" in answer.content.decode()


def test_a_provider_that_is_down_is_told_plainly(settings, client):
    speak_to(settings, f"http://localhost:{free_port()}")
    answer = client.get(START)
    assert answer.status_code == 503
    assert "Cela ne vient pas de vous." in answer.content.decode()


def test_a_provider_that_stops_on_the_way_is_told_plainly(settings, client):
    with running() as issuer:
        speak_to(settings, issuer)
        back = say(leave(client))
    answer = client.get(back)
    assert answer.status_code == 503


@pytest.mark.parametrize("issuer", ["http://10.0.0.1", "http://exemple.test", "file:///etc"])
def test_only_https_is_asked(settings, client, issuer):
    speak_to(settings, issuer)
    assert client.get(START).status_code == 503


def test_the_way_back_stays_here(provider, delphine, client):
    for elsewhere in ("//ailleurs.test", "https://ailleurs.test/"):
        assert client.get(say(leave(client, elsewhere)))["Location"] == "/accueil/"
        client.post("/quitter/")


def test_five_departures_may_wait_no_more(provider, client):
    for _each in range(8):
        leave(client)
    assert len(client.session["institution"]) == 5
