"""« Mes appareils »: where one is signed in, closing from afar, leaving for good."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from espace.accounts.actions import forget_ended_sessions
from espace.accounts.models import JournalEntry, OpenSession
from espace.accounts.rules import device_words
from espace.accounts.sessions import SessionStore
from espace.core import clock as house_clock
from espace.groups.tests.factories import make_account

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0"
DESK = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0 Safari/537.36"
)
DEVICES = "/mon-compte/appareils/"


@pytest.fixture
def nadia():
    return make_account(demonstration_role="member")


def arrive(agent, client=None):
    client = client or Client(headers={"User-Agent": agent})
    client.post("/entrer/demonstration/", {"role": "member"})
    client.get("/mon-compte/")
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Téléphone Android, Firefox"),
        (DESK, "Ordinateur Windows, Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17 Safari/604.1", "iPhone, Safari"),
        ("Mozilla/5.0 (Linux; Android 12; Tab) Chrome/99 Safari/5", "Tablette Android, Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Edg/120", "Ordinateur Windows, Edge"),
        ("", "Appareil, autre navigateur"),
    ],
)
def test_a_device_in_words(agent, words):
    assert device_words(agent) == words


def test_each_device_is_listed_in_words_and_this_one_marked(nadia, clock):
    clock("2026-10-14 14:05")
    arrive(PHONE)
    desk = arrive(DESK)
    page = desk.get(DEVICES).content.decode()
    assert page.index("Ordinateur Windows, Chrome") < page.index("Téléphone Android, Firefox")
    assert page.count("C'est l'appareil que vous utilisez.") == 1
    assert "Ouvert le mercredi 14 octobre à 14 h 05." in page
    assert "Vu le mercredi 14 octobre." in page


def test_neither_address_nor_user_agent_is_stored(nadia):
    client = Client(headers={"User-Agent": PHONE}, REMOTE_ADDR="203.0.113.77")
    arrive(PHONE, client)
    row = OpenSession.objects.get(account=nadia)
    stored = f"{row.device} {SessionStore().decode(row.session_data)}"
    assert "203.0.113" not in stored
    assert "rv:120" not in stored


def test_a_device_closed_from_another_is_refused_at_its_next_page(nadia):
    phone, desk = arrive(PHONE), arrive(DESK)
    handle = OpenSession.objects.get(device__startswith="Téléphone").handle
    assert desk.post(f"{DEVICES}fermer/", {"handle": handle})["Location"] == DEVICES
    assert phone.get("/mon-compte/")["Location"].startswith("/entrer/")
    assert desk.get("/mon-compte/").status_code == 200
    assert JournalEntry.objects.filter(action="accounts.close_session").count() == 1
    for again in (handle, "", "zzz"):
        assert desk.post(f"{DEVICES}fermer/", {"handle": again})["Location"] == DEVICES


def test_all_the_others_close_at_once(nadia):
    phone, tablet, desk = arrive(PHONE), arrive(PHONE), arrive(DESK)
    desk.post(f"{DEVICES}fermer-les-autres/")
    for closed in (phone, tablet):
        assert closed.get("/mon-compte/")["Location"].startswith("/entrer/")
    assert desk.get(DEVICES).status_code == 200


def test_nobody_closes_somebody_else_s_device(nadia, enter):
    phone = arrive(PHONE)
    handle = OpenSession.objects.get(account=nadia).handle
    enter(make_account()).post(f"{DEVICES}fermer/", {"handle": handle})
    assert phone.get("/mon-compte/").status_code == 200


def test_a_cookie_stolen_before_leaving_opens_nothing_after(nadia, settings):
    phone = arrive(PHONE)
    stolen = phone.cookies[settings.SESSION_COOKIE_NAME].value
    phone.post("/quitter/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/mon-compte/")["Location"].startswith("/entrer/")
    assert not OpenSession.objects.filter(account=nadia).exists()


def test_a_new_device_is_told_by_a_discreet_mail_once(nadia):
    phone = arrive(PHONE)
    assert mail.outbox == []
    phone.post("/quitter/")
    arrive(PHONE, phone)
    assert mail.outbox == []
    desk = arrive(DESK)
    assert [message.to for message in mail.outbox] == [[nadia.email]]
    message = mail.outbox[0]
    assert message.subject == "Une entrée sur Mon Espace"
    assert "Ordinateur Windows, Chrome" in message.body
    assert not re.search(r"\bGEM\b|FiGEM|Nadia|[Aa]dhérent", message.subject + message.body)
    desk.post("/quitter/")
    arrive(DESK, desk)
    assert len(mail.outbox) == 1


def test_a_notice_that_cannot_leave_stops_nobody(nadia, settings):
    arrive(PHONE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    assert arrive(DESK).get("/mon-compte/").status_code == 200


def test_a_planted_session_name_is_not_kept_at_sign_in(nadia, settings):
    victim = Client()
    victim.post("/mon-compte/", {"first_name": "x"})
    planted = victim.cookies[settings.SESSION_COOKIE_NAME].value
    arrive(DESK, victim)
    assert victim.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/mon-compte/")["Location"].startswith("/entrer/")


def test_ended_sessions_are_forgotten(nadia, monkeypatch):
    arrive(PHONE)
    assert forget_ended_sessions() == 0
    later = house_clock.now() + timedelta(days=31)
    monkeypatch.setattr("espace.accounts.actions.now", lambda: later)
    assert forget_ended_sessions() >= 1
    assert not OpenSession.objects.exists()


def test_the_list_costs_the_same_for_one_and_three(nadia, queries):
    counts = []
    for _count in range(3):
        client = arrive(PHONE)
        with queries() as asked:
            client.get(DEVICES)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_leaving_takes_one_press_from_any_page(nadia):
    page = arrive(PHONE).get("/mon-compte/").content.decode()
    form = re.search(r'<form class="bottom-leave" method="post" action="(.+?)">', page)
    assert form[1] == "/quitter/"


def test_erasing_an_account_closes_its_sessions(nadia):
    phone = arrive(PHONE)
    nadia.delete()
    assert phone.get("/mon-compte/")["Location"].startswith("/entrer/")
