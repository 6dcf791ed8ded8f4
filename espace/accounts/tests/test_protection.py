"""A code application and spare codes, through the pages."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache

from espace.accounts import protection
from espace.accounts.choices import Proof, Role
from espace.accounts.models import JournalEntry
from espace.core import clock as house_clock
from espace.groups.tests.factories import make_account, make_gem, make_mandate

pytestmark = pytest.mark.django_db
STEP = "/entrer/deuxieme-etape/"
OWN = "/mon-compte/protection/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def moment(monkeypatch):
    """Stop the clock of the codes; ``moment(30)`` moves it on."""
    held = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: held[0])

    def move(seconds):
        held[0] += seconds

    return move


@pytest.fixture
def omar():
    account = make_account("Omar", "T")
    make_mandate(make_gem(), account, Role.ELECTED)
    return account


def secret_on(page):
    return "".join(re.findall(r"<code>([A-Z2-7]{1,4})</code>", page))


def code_of(secret, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def set_up(client, way_back="/notre-gem/"):
    secret = secret_on(client.get(f"{OWN}application/").content.decode())
    sent = {"code": code_of(secret), "next": way_back}
    return secret, client.post(f"{OWN}application/", sent)


def test_an_application_is_prepared_from_the_second_step(omar, enter, moment):
    client = enter(omar, Proof.CODE)
    page = client.get(f"{STEP}?next=/notre-gem/").content.decode()
    assert "Préparer ma clé maintenant" in page
    page = client.get(f"{OWN}application/").content.decode()
    secret = secret_on(page)
    assert len(secret) == 32
    assert f"otpauth://totp/Omar%20T.?secret={secret}&amp;issuer=Mon%20Espace" in page
    assert "<svg" in page
    assert omar.email not in page
    secret, added = set_up(client)
    assert added["Location"] == f"{OWN}codes/?next=%2Fnotre-gem%2F"
    assert client.get("/accueil/")["Location"] == "/notre-gem/"
    kept = Authenticator.objects.get(user=omar, type="totp")
    assert secret not in str(kept.data)
    assert mail.outbox[0].subject == "Un changement sur votre compte"
    assert JournalEntry.objects.filter(action="accounts.add_application").count() == 1


def test_a_wrong_code_adds_nothing_and_keeps_the_same_secret(omar, enter, moment):
    client = enter(omar, Proof.CODE)
    before = secret_on(client.get(f"{OWN}application/").content.decode())
    answer = client.post(f"{OWN}application/", {"code": "000000"})
    assert "Ce n&#x27;est pas le bon code." in answer.content.decode()
    assert secret_on(answer.content.decode()) == before
    assert not Authenticator.objects.exists()


def test_its_code_opens_the_role_once(omar, enter, moment):
    secret, _answer = set_up(enter(omar, Proof.CODE))
    moment(120)
    code = code_of(secret)
    first, second = enter(omar, Proof.CODE), enter(omar, Proof.CODE)
    sent = {"code": f"{code[:3]} {code[3:]}", "next": "/notre-gem/roles/"}
    assert first.post(f"{STEP}code/", sent)["Location"] == "/notre-gem/roles/"
    assert first.get("/notre-gem/roles/").status_code == 200
    for seconds in (0, 31, 29):
        moment(seconds)
        replayed = second.post(f"{STEP}code/", sent)
        assert "Ce n&#x27;est pas le bon code." in replayed.content.decode()
    assert second.post(f"{STEP}code/", {"code": code_of(secret)}).status_code == 302


def test_a_telephone_half_a_minute_off_is_understood_and_three_hours_off_is_told(
    omar, enter, moment
):
    secret, _answer = set_up(enter(omar, Proof.CODE))
    moment(300)
    client = enter(omar, Proof.CODE)
    answer = client.post(f"{STEP}code/", {"code": code_of(secret, ahead=360)})
    assert "vérifiez l&#x27;heure" in answer.content.decode()
    assert client.post(f"{STEP}code/", {"code": code_of(secret, ahead=-1)}).status_code == 302


def test_ten_spare_codes_each_serve_once(omar, enter, moment):
    client = enter(omar, Proof.CODE)
    set_up(client)
    page = client.get(f"{OWN}codes/?next=/notre-gem/").content.decode()
    assert "Faire mes codes de secours" in page
    client.post(f"{OWN}codes/", {"next": "/notre-gem/"})
    codes = re.findall(r'class="spare">(\d{4} \d{4})<', client.get(f"{OWN}codes/").content.decode())
    assert len(set(codes)) == 10
    other = enter(omar, Proof.CODE)
    assert other.post(f"{STEP}code/", {"code": codes[0]}).status_code == 302
    again = enter(omar, Proof.CODE).post(f"{STEP}code/", {"code": codes[0]})
    assert again.status_code == 200
    assert "Il vous reste 9 codes." in client.get(OWN).content.decode()
    client.post(f"{OWN}codes/")
    assert enter(omar, Proof.CODE).post(f"{STEP}code/", {"code": codes[1]}).status_code == 200


def test_someone_with_a_factor_shows_it_before_changing_it(omar, enter, moment):
    set_up(enter(omar, Proof.CODE))
    thief = enter(omar, Proof.CODE)
    for page in ("cle/", "application/", "codes/"):
        assert thief.get(f"{OWN}{page}")["Location"].startswith(STEP)
    for form in ("application/retirer/", "cle/retirer/", "cle/nom/", "codes/"):
        assert thief.post(f"{OWN}{form}", {"passkey": "1"})["Location"].startswith(STEP)
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_an_old_proof_is_asked_again_before_a_change(omar, enter, moment, monkeypatch):
    client = enter(omar, Proof.CODE)
    _secret, _answer = set_up(client)
    assert client.get(f"{OWN}codes/").status_code == 200
    later = house_clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("espace.accounts.strength.now", lambda: later)
    assert client.get(f"{OWN}codes/")["Location"].startswith(STEP)
    assert "C'est bien vous ?" in client.get(STEP).content.decode()


def test_a_role_that_waits_in_an_old_session_is_led_out_of_the_circle(omar, enter, monkeypatch):
    """« Créer une clé » led back to the same page, without a word, when the code was old."""
    client = enter(omar, Proof.CODE)
    assert "Créer une clé d'accès" in client.get(STEP).content.decode()
    later = house_clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("espace.accounts.strength.now", lambda: later)
    assert client.get(f"{OWN}cle/")["Location"].startswith(STEP)
    page = client.get(STEP).content.decode()
    assert "Entrer à nouveau" in page
    assert "Créer une clé d'accès" not in page


def test_a_member_without_a_factor_enters_again_and_their_text_waits(enter, monkeypatch):
    account = make_account()
    client = enter(account, Proof.CODE)
    later = house_clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("espace.accounts.strength.now", lambda: later)
    sent = client.post(f"{OWN}application/", {"code": "123456"})
    assert sent["Location"] == f"{STEP}?next=%2Fsaisie-gardee%2F"
    assert "Entrer à nouveau" in client.get(sent["Location"]).content.decode()
    left = client.post("/entrer/a-nouveau/", {"next": "/saisie-gardee/"})
    assert left["Location"] == "/entrer/?next=%2Fsaisie-gardee%2F"
    assert client.get("/mon-compte/")["Location"].startswith("/entrer/")
    page = enter(account, Proof.CODE).get("/saisie-gardee/").content.decode()
    assert f'action="{OWN}application/"' in page


def test_removing_the_application_forgets_the_spare_codes(omar, enter, moment):
    client = enter(omar, Proof.CODE)
    set_up(client)
    client.post(f"{OWN}codes/")
    assert client.post(f"{OWN}application/retirer/")["Location"] == OWN
    assert not Authenticator.objects.filter(user=omar).exists()
    assert "n&#x27;ouvre plus votre compte" in client.get(OWN).content.decode()


def test_secrets_are_read_with_a_former_key_too(omar, enter, moment, settings):
    secret, _answer = set_up(enter(omar, Proof.CODE))
    moment(120)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-fifty-signs-for-this-very-test-only-ok"
    assert protection.code_proves(omar.pk, code_of(secret))
    assert not protection.code_proves(omar.pk, "000000")


def test_the_overview_costs_the_same_for_one_and_three(omar, enter, queries):
    client = enter(omar)
    counts = []
    for number in range(3):
        Authenticator.objects.create(user=omar, type="webauthn", data={"name": f"Clé {number}"})
        client.get(OWN)
        with queries() as asked:
            page = client.get(OWN).content.decode()
        counts.append(len(asked))
        assert f"Clé {number}" in page
    assert counts[0] == counts[2]


def test_a_passkey_is_renamed_by_its_person_only(omar, enter):
    key = Authenticator.objects.create(user=omar, type="webauthn", data={"name": "Clé"})
    enter(make_account()).post(f"{OWN}cle/nom/", {"passkey": key.pk, "name": "Volée"})
    enter(make_account()).post(f"{OWN}cle/retirer/", {"passkey": key.pk})
    key.refresh_from_db()
    assert key.data["name"] == "Clé"
    enter(omar).post(f"{OWN}cle/nom/", {"passkey": key.pk, "name": "Mon téléphone"})
    key.refresh_from_db()
    assert key.data["name"] == "Mon téléphone"
    enter(omar).post(f"{OWN}cle/retirer/", {"passkey": key.pk})
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "{}", "[]", '{"id": "x"}', "zzz", '{"rawId": 3}'])
def test_what_is_not_a_passkey_opens_nothing(client, omar, enter, credential):
    assert client.post("/entrer/cle/", {"credential": credential}).status_code == 200
    assert client.get("/mon-compte/").status_code == 302
    signed = enter(omar, Proof.CODE)
    assert signed.post(f"{STEP}cle/", {"credential": credential}).status_code == 200
    assert signed.post(f"{OWN}cle/", {"credential": credential, "name": ""}).status_code == 200
    assert not Authenticator.objects.exists()
