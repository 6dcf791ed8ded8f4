"""An elected person without e-mail: her letter, her own card, three cards, the tablet."""

import re

import pytest
from django.test import Client

from espace.accounts import strength
from espace.accounts.choices import Proof, Role
from espace.accounts.models import Account
from espace.groups.choices import Function
from espace.groups.grants import token_of
from espace.groups.models import Device
from espace.groups.tests.factories import make_mandate, make_person

pytestmark = pytest.mark.django_db
MAKE = "/notre-gem/cartes/faire/"


def text(response):
    return response.content.decode().replace("&#x27;", "'")


def sent_by(page, words):
    """Return the hidden fields of the form whose button says ``words``."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if words in one)
    return dict(re.findall(r'name="(who|key)" value="([^"]+)"', form))


def test_from_the_letter_to_the_tablet_without_any_address(gem, enter, settings):
    nadia = Account.objects.create_account(email=None, first_name="Nadia", initial="B")
    make_mandate(gem, nadia, Role.ELECTED, function=Function.PRESIDENCE)
    people = [make_person(gem, name) for name in ("Ana", "Bo", "Cléo")]
    client = enter(nadia, Proof.CODE)
    session = client.session
    strength.note(session, Proof.LETTER, gem_id=gem.pk)
    strength.settled(session)
    session.save()
    assert "/notre-gem/cartes/" in text(client.get("/ouvrir/et-maintenant/"))

    form = sent_by(text(client.get("/notre-gem/cartes/")), "Faire ma carte")
    [own] = client.post(MAKE, form).context["cards"]
    assert own.name == "Nadia B."
    assert "Faire ma carte" not in text(client.get("/notre-gem/cartes/"))

    ticked = [f"carnet-{person.pk}" for person in people]
    key = sent_by(text(client.get(MAKE)), "Faire ces cartes")["key"]
    three = client.post(MAKE, {"who": ticked, "key": key}).context["cards"]
    assert [card.name for card in three] == ["Ana J.", "Bo J.", "Cléo J."]

    client.post("/notre-gem/appareils/", {"name": "Tablette de l'entrée"})
    client.post("/quitter/")
    assert token_of({name: each.value for name, each in client.cookies.items()})
    client.post("/entrer/carte/", {"words": " ".join(own.words)})
    assert client.get("/notre-gem/roles/donner/").status_code == 200

    telephone = Client()
    telephone.post("/entrer/carte/", {"words": " ".join(three[0].words)})
    assert telephone.get("/accueil/")["Location"] == "/programme/"

    Device.objects.get().delete()
    assert client.get("/notre-gem/roles/donner/").status_code == 302
