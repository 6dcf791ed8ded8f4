"""Someone lost their telephone and their spare codes: the way back, in a GEM and elsewhere."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command

from espace.accounts.choices import Proof
from espace.accounts.models import JournalEntry, OpenSession
from espace.cards.tests.factories import make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(elected):
    """Someone whose only passkey is on a telephone that nobody has any more."""
    data = {"name": "Téléphone perdu"}
    Authenticator.objects.create(user=elected, type="webauthn", data=data)
    return elected


def test_a_card_on_the_tablet_is_enough_to_remove_the_telephone(gem, lost, tablet_of):
    tablet = tablet_of(gem)
    tablet.post("/entrer/carte/", {"words": " ".join(make_card(gem, lost).words)})
    assert tablet.get("/notre-gem/roles/").status_code == 200
    key = Authenticator.objects.get(type="webauthn")
    answer = tablet.post("/mon-compte/protection/cle/retirer/", {"passkey": key.pk})
    assert "deuxieme-etape" not in answer.url
    assert not Authenticator.objects.exists()


def test_the_second_step_says_what_to_do(lost, enter):
    page = enter(lost, Proof.CODE).get("/entrer/deuxieme-etape/").content.decode()
    assert "ai perdu mon téléphone" in page


def test_a_technical_command_forgets_them(lost, enter):
    client = enter(lost)
    said = StringIO()
    call_command("forget_protection", "--email", lost.email.upper(), stdout=said)
    assert not Authenticator.objects.exists()
    assert not OpenSession.objects.filter(account=lost).exists()
    assert client.get("/mon-compte/").status_code == 302
    assert [message.to for message in mail.outbox] == [[lost.email]]
    assert JournalEntry.objects.filter(action="accounts.forget_protection").count() == 1
    assert "Done" in said.getvalue()


def test_an_unknown_address_changes_nothing(lost):
    with pytest.raises(CommandError, match="Nobody"):
        call_command("forget_protection", "--email", "personne@exemple.test")
    assert Authenticator.objects.count() == 1
