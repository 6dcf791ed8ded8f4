"""The GEM's own tablet, through the pages."""

from uuid import uuid4

import pytest
from django.test import Client

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.groups.actions.devices import enrol_device
from espace.groups.choices import Counting
from espace.groups.models import Device
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate

pytestmark = pytest.mark.django_db
DEVICES = "/notre-gem/appareils/"


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def elected(gem):
    account = make_account("Omar", "D")
    make_mandate(gem, account, Role.ELECTED)
    return account


def text(response):
    return response.content.decode().replace("&#x27;", "'")


def revoke_url(device):
    return f"{DEVICES}{device.pk}/retirer/"


def test_an_elected_person_enrols_the_device_in_use(gem, elected, enter, settings):
    client = enter(elected)
    answer = client.post(DEVICES, {"name": "Tablette de l'entrée"})
    assert answer["Location"] == DEVICES
    cookie = answer.cookies["appareil"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert cookie["max-age"] == settings.DEVICE_COOKIE_AGE
    device = Device.objects.get()
    assert (device.gem, device.enrolled_by) == (gem, elected)
    assert cookie.value.split(":")[0] not in device.token_hash
    page = text(client.get(DEVICES))
    assert "Tablette de l'entrée" in page
    assert "Cet appareil" in page
    line = JournalEntry.objects.get(action="groups.enrol_device")
    assert (line.account, line.thing) == (elected, str(device.pk))


def test_the_tablet_stays_known_when_the_person_leaves(gem, elected, enter):
    client = enter(elected)
    client.post(DEVICES, {"name": "Tablette"})
    client.post("/quitter/")
    answer = client.get("/accueil/")
    assert (answer.status_code, answer["Location"]) == (302, "/tablette/")
    refused = client.get("/notre-gem/roles/")
    assert refused.status_code == 403
    assert client.get("/mon-compte/").status_code == 302


def test_in_production_the_cookie_is_secure(gem, elected, enter, settings):
    settings.PRODUCTION = True
    settings.DEVICE_COOKIE_NAME = "__Host-appareil"
    cookie = enter(elected).post(DEVICES, {"name": "Tablette"}).cookies["__Host-appareil"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_enrolled_again_it_counts_once(gem, elected, enter):
    client = enter(elected)
    first = client.post(DEVICES, {"name": "Tablette"}).cookies["appareil"].value
    client.post(DEVICES, {"name": "Tablette du salon"})
    running = Device.objects.filter(revoked_at__isnull=True)
    assert [device.name for device in running] == ["Tablette du salon"]
    old = Client()
    old.cookies["appareil"] = first
    assert old.get("/notre-gem/roles/").status_code == 302


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR])
def test_nobody_else_enrols(gem, elected, as_role, role):
    answer = as_role(role, gem).post(DEVICES, {"name": "Tablette"})
    assert answer.status_code == 403
    assert not Device.objects.exists()


def test_a_device_needs_a_name(gem, elected, enter):
    assert "Donnez un nom à cet appareil." in text(enter(elected).post(DEVICES, {"name": " "}))
    assert not Device.objects.exists()


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR])
def test_it_is_withdrawn_from_anywhere_after_a_question(gem, elected, enter, as_role, role):
    tablet = enter(elected)
    tablet.post(DEVICES, {"name": "Tablette"})
    tablet.post("/quitter/")
    device, other = Device.objects.get(), as_role(role, gem)
    assert "Tablette" in text(other.get(revoke_url(device)))
    assert tablet.get("/accueil/")["Location"] == "/tablette/"
    assert other.post(revoke_url(device))["Location"] == DEVICES
    assert tablet.get("/notre-gem/roles/")["Location"].startswith("/entrer/")
    assert other.get(revoke_url(device)).status_code == 404
    assert JournalEntry.objects.filter(action="groups.revoke_device").count() == 1


def test_withdrawn_on_itself_it_forgets_its_cookie(gem, elected, enter):
    client = enter(elected)
    client.post(DEVICES, {"name": "Tablette"})
    answer = client.post(revoke_url(Device.objects.get()))
    assert answer.cookies["appareil"].value == ""


def test_a_device_of_another_gem_is_not_there(gem, elected, enter):
    other = make_gem("GEM du Canal")
    enrol_device(actor=make_actor(Role.ELECTED, other), gem_id=other.pk, name="La leur")
    client = enter(elected)
    assert "La leur" not in text(client.get(DEVICES))
    for url in (revoke_url(Device.objects.get()), f"{DEVICES}{uuid4()}/retirer/"):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404
    assert Device.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_page_says_what_the_tablet_shows(gem, elected, enter):
    client = enter(elected)
    assert "avec les prénoms ou les pictogrammes" in text(client.get(DEVICES))
    gem.counting = Counting.STICKS
    gem.save()
    assert "Aucun prénom." in text(client.get(DEVICES))


def test_a_person_on_the_tablet_leaves_it_after_ten_quiet_minutes(gem, elected, enter, clock):
    clock("2026-10-14 14:00")
    client = enter(elected)
    client.post(DEVICES, {"name": "Tablette"})
    for moment in ("14:00", "14:10", "14:20"):
        clock(f"2026-10-14 {moment}")
        assert client.get(DEVICES).status_code == 200
    clock("2026-10-14 14:31")
    closed = client.get(DEVICES)
    assert closed.status_code == 403
    assert "La tablette est revenue au début" in text(closed)


def test_the_list_costs_the_same_for_one_and_three(gem, elected, enter, queries):
    client, costs = enter(elected), []
    for count in (1, 3):
        while Device.objects.count() < count:
            enrol_device(actor=make_actor(Role.ELECTED, gem, elected), gem_id=gem.pk, name="T")
        client.get(DEVICES)
        with queries() as asked:
            client.get(DEVICES)
        costs.append(len(asked))
    assert costs == [6, 6]
