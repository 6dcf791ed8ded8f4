"""Commands about roles: a demonstration session, the first elected person of a GEM."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from espace.accounts.choices import Role
from espace.groups.models import Device, Mandate
from espace.groups.tests.factories import make_account, make_gem, make_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    gem = make_gem()
    for role, name in ((Role.ELECTED, "Omar"), (Role.ANIMATOR, "Sandrine")):
        make_mandate(gem, make_account(name, demonstration_role=role), role)
    make_account("Delphine", demonstration_role=Role.ARS)
    return gem


def session_of(role):
    out = StringIO()
    call_command("demo_session", role, "--json", stdout=out)
    return json.loads(out.getvalue())


def browse(session, path):
    client = Client()
    client.cookies[session["cookie"]["name"]] = session["cookie"]["value"]
    return client.get(path)


@pytest.mark.parametrize("role", ["animator", "animatrice", "Salarié"])
def test_a_session_for_a_role(network, role, settings):
    session = session_of(role)
    name, value = session["cookie"]["name"], session["cookie"]["value"]
    assert session == {
        "role": "animator",
        "person": "Sandrine B.",
        "gem": "GEM du Phare",
        "cookie": {"name": "sessionid", "value": value},
        "cookie_header": f"{name}={value}",
        "url": f"{settings.SITE_URL}/accueil/",
    }
    assert "Sandrine" in browse(session, "/mon-compte/").content.decode()


def test_a_role_outside_the_gem(network):
    session = session_of("ars")
    assert (session["person"], session["gem"]) == ("Delphine B.", "")


def test_the_tablet_is_the_same_at_each_call(network):
    first, second = session_of("tablette"), session_of("device")
    assert first == second
    assert (first["role"], first["gem"]) == ("device", "GEM du Phare")
    assert Device.objects.count() == 1
    assert browse(first, "/accueil/")["Location"] == "/tablette/"
    Device.objects.update(revoked_at="2026-01-01T00:00Z")
    assert browse(session_of("device"), "/accueil/")["Location"] == "/tablette/"


@pytest.mark.parametrize("role", ["roi", "member", ""])
def test_refusals_are_one_sentence_and_code_2(network, role):
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("demo_session", role, "--json", stdout=out, stderr=err)
    assert (left.value.code, out.getvalue()) == (2, "")
    assert len(err.getvalue().splitlines()) == 1


def test_there_is_no_such_session_in_production(network, settings):
    settings.DEMONSTRATION = False
    for role in ("elected", "device"):
        with pytest.raises(SystemExit) as left:
            call_command("demo_session", role, stderr=StringIO())
        assert left.value.code == 2
    assert not Device.objects.exists()


def test_the_first_elected_person_then_no_other_from_outside():
    gem = make_gem()
    values = {"group": gem.slug, "email": "omar@exemple.test", "first_name": "Omar"}
    call_command("first_elected", stdout=StringIO(), **values)
    mandate = Mandate.objects.get()
    assert (mandate.role, mandate.account.email) == (Role.ELECTED, "omar@exemple.test")
    with pytest.raises(CommandError, match="already has"):
        call_command("first_elected", **values | {"email": "autre@exemple.test"})
    with pytest.raises(CommandError, match="no GEM"):
        call_command("first_elected", **values | {"group": "nulle-part"})
