"""Roles that see other people's data wait for a second factor."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from espace.accounts import strength
from espace.accounts.choices import Proof, Role
from espace.core import clock as house_clock
from espace.groups.tests.factories import make_account, make_gem, make_mandate

pytestmark = pytest.mark.django_db
STEP = "/entrer/deuxieme-etape/"
TYPED = {"first_name": "Lise", "initial": "M", "pictogram": ""}


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def someone(gem, enter):
    def make(role, *proofs):
        account = make_account()
        make_mandate(gem, account, role)
        return enter(account, *proofs)

    return make


def led(answer):
    return answer.status_code == 302 and answer["Location"].startswith(STEP)


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR, Role.SPONSOR, Role.MANAGER])
def test_one_factor_is_led_to_the_second_step_and_two_are_not(someone, role):
    assert led(someone(role, Proof.CODE).get("/accueil/"))
    assert not led(someone(role, Proof.CODE, Proof.TOTP).get("/accueil/"))
    assert not led(someone(role, Proof.PASSKEY).get("/accueil/"))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER])
def test_members_and_volunteers_need_one_factor(someone, role):
    assert not led(someone(role, Proof.CODE).get("/accueil/"))


def test_a_page_asked_for_is_found_again_after_the_step(someone):
    client = someone(Role.ELECTED, Proof.CODE)
    assert client.get("/notre-gem/roles/")["Location"] == f"{STEP}?next=%2Fnotre-gem%2Froles%2F"
    part = client.get("/notre-gem/roles/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == f"{STEP}?next=%2Fnotre-gem%2Froles%2F"
    session = client.session
    strength.note(session, Proof.TOTP)
    session.save()
    step = client.get(f"{STEP}?next=/notre-gem/roles/")
    assert step["Location"] == "/notre-gem/roles/"
    assert client.get("/notre-gem/roles/").status_code == 200


def test_a_form_sent_before_the_step_waits(someone):
    client = someone(Role.ANIMATOR, Proof.CODE)
    sent = client.post("/notre-gem/carnet/ajouter/", TYPED)
    assert sent["Location"] == f"{STEP}?next=%2Fsaisie-gardee%2F"
    assert "Ce que vous avez écrit est gardé." in client.get(STEP).content.decode()
    session = client.session
    strength.note(session, Proof.TOTP)
    session.save()
    assert 'value="Lise"' in client.get("/saisie-gardee/").content.decode()


def test_an_elected_person_may_go_on_as_a_member_and_take_it_back(someone):
    client = someone(Role.ELECTED, Proof.CODE)
    page = client.get(f"{STEP}?next=/programme/").content.decode()
    assert "Continuer comme adhérent" in page
    assert (
        client.post("/entrer/comme-adherent/", {"next": "/programme/"})["Location"] == "/programme/"
    )
    page = client.get("/programme/")
    assert page.status_code == 200
    assert f'href="{STEP}?next=%2Fprogramme%2F"' in page.content.decode()
    assert client.get("/accueil/")["Location"] == "/programme/"
    assert client.get("/notre-gem/roles/donner/").status_code == 403
    assert client.get(STEP).status_code == 200
    session = client.session
    strength.note(session, Proof.TOTP)
    session.save()
    assert client.get("/accueil/")["Location"] == "/notre-gem/"
    assert client.get("/notre-gem/roles/donner/").status_code == 200


def test_an_employee_has_nothing_to_go_on_with(someone):
    client = someone(Role.ANIMATOR, Proof.CODE)
    assert "Continuer comme adhérent" not in client.get(STEP).content.decode()
    client.post("/entrer/comme-adherent/")
    assert led(client.get("/accueil/"))


def test_one_s_own_account_opens_before_the_step(someone):
    assert someone(Role.ANIMATOR, Proof.CODE).get("/mon-compte/").status_code == 200


def test_the_way_back_stays_here(someone):
    client = someone(Role.ELECTED, Proof.CODE)
    assert "ailleurs" not in client.get(f"{STEP}?next=//ailleurs.test").content.decode()
    went = client.post("/entrer/comme-adherent/", {"next": "https://ailleurs.test/"})
    assert went["Location"] == "/accueil/"
    strong = someone(Role.ELECTED, Proof.PASSKEY)
    assert strong.get(f"{STEP}?next=//ailleurs.test")["Location"] == "/accueil/"


def test_after_twelve_hours_the_second_factor_is_asked_again_and_the_first_kept(
    someone, monkeypatch
):
    client = someone(Role.ELECTED, Proof.CODE, Proof.TOTP)
    start = house_clock.now()
    for hours, asked in ((11, False), (13, True)):
        moment = start + timedelta(hours=hours)
        monkeypatch.setattr("espace.accounts.strength.now", lambda moment=moment: moment)
        assert led(client.get("/accueil/")) is asked
    assert client.get("/mon-compte/").status_code == 200


def test_a_proof_gives_the_session_a_new_name(someone, settings):
    client = someone(Role.ELECTED, Proof.CODE)
    before = client.session.session_key
    session = client.session
    strength.note(session, Proof.TOTP)
    session.save()
    client.get("/mon-compte/")
    after = client.session.session_key
    assert after != before
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    assert client.get("/mon-compte/")["Location"].startswith("/entrer/")


def test_withheld_roles_cost_no_query(someone):
    counts = []
    for proofs in ((Proof.CODE,), (Proof.CODE, Proof.TOTP)):
        client = someone(Role.ELECTED, *proofs)
        client.get("/saisie-gardee/")
        client.post("/entrer/comme-adherent/")
        client.get("/saisie-gardee/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/saisie-gardee/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
