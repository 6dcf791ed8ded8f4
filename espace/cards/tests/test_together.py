"""Two elected people together make two factors."""

from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from espace.accounts.choices import Proof, Role
from espace.accounts.models import JournalEntry
from espace.accounts.strength import proofs
from espace.cards.models import AccessCard
from espace.cards.tests.factories import make_card
from espace.groups.models import Mandate, TerritoryMandate
from espace.groups.tests.factories import make_account, make_gem, make_mandate

pytestmark = pytest.mark.django_db
TOGETHER = "/entrer/deuxieme-etape/a-deux/"
NOT_THEM = "Cette carte n'est pas celle d'une autre personne élue de votre GEM."


@pytest.fixture
def other(gem):
    account = make_account("Nadia", "B")
    make_mandate(gem, account, Role.ELECTED)
    return account


@pytest.fixture
def waiting(elected, enter):
    """Omar, elected, with the code of an e-mail only."""
    return enter(elected, Proof.CODE)


def text(response):
    return response.content.decode().replace("&#x27;", "'")


def show(client, card, **values):
    return client.post(TOGETHER, {"words": " ".join(card.words), **values})


def test_the_second_step_offers_it_and_the_other_s_card_confirms(gem, elected, other, waiting):
    step = waiting.get("/notre-gem/roles/")["Location"]
    assert f'href="{TOGETHER}?next=%2Fnotre-gem%2Froles%2F"' in text(waiting.get(step))
    card = make_card(gem, other)
    answer = show(waiting, card, next="/notre-gem/roles/")
    assert answer["Location"] == "/notre-gem/roles/"
    assert waiting.get("/notre-gem/roles/donner/").status_code == 200
    assert proofs(waiting.session) == {Proof.CODE, Proof.SECOND_ELECTED}
    assert waiting.session["_auth_user_id"] == str(elected.pk)
    lines = JournalEntry.objects.filter(action__in=["cards.confirmed", "cards.confirms"])
    told = {(line.action, line.account_id, line.thing) for line in lines}
    assert told == {
        ("cards.confirmed", elected.pk, str(other.pk)),
        ("cards.confirms", other.pk, str(elected.pk)),
    }
    assert AccessCard.objects.get().session_mark == ""


def test_two_cards_together_are_two_factors(gem, elected, other, client):
    own, theirs = make_card(gem, elected), make_card(gem, other)
    client.post("/entrer/carte/", {"words": " ".join(own.words)})
    assert show(client, theirs).status_code == 302
    assert client.get("/notre-gem/roles/donner/").status_code == 200


def test_the_session_takes_a_new_name(gem, other, waiting):
    before = waiting.cookies["sessionid"].value
    show(waiting, make_card(gem, other))
    assert waiting.cookies["sessionid"].value != before


def test_never_oneself(gem, elected, waiting):
    answer = show(waiting, make_card(gem, elected))
    assert answer.status_code == 422
    assert NOT_THEM in text(answer)


def test_never_a_member_an_ended_mandate_or_another_gem(gem, member, other, waiting):
    elsewhere = make_gem("GEM du Canal")
    stranger = make_account("Inès")
    make_mandate(elsewhere, stranger, Role.ELECTED)
    cards = [make_card(gem, member), make_card(elsewhere, stranger), make_card(gem, other)]
    Mandate.objects.filter(account=other).update(ended_on="2025-01-01")
    for card in cards:
        assert show(waiting, card).status_code == 422
    assert proofs(waiting.session) == {Proof.CODE}
    assert waiting.get("/notre-gem/roles/donner/").status_code == 302


def test_an_employee_is_not_offered_it(gem, other, enter):
    employee = make_account("Paul")
    make_mandate(gem, employee, Role.ANIMATOR)
    client = enter(employee, Proof.CODE)
    assert TOGETHER not in text(client.get("/entrer/deuxieme-etape/"))
    assert show(client, make_card(gem, other)).status_code == 302
    assert proofs(client.session) == {Proof.CODE}


def test_wrong_words_get_the_same_answer_as_at_the_door_and_are_counted(waiting, settings):
    settings.WRONG_CARDS_LIMIT = "2/h"
    answers = [text(waiting.post(TOGETHER, {"words": "abaisser " * 6})) for _try in range(3)]
    assert "Cette carte n'ouvre pas." in answers[0]
    assert "Beaucoup d'essais ont été faits d'ici." in answers[2]


def test_what_one_gem_vouches_for_opens_no_role_elsewhere(gem, elected, other, waiting):
    elsewhere = make_gem("GEM du Canal")
    make_mandate(elsewhere, elected, Role.ELECTED)
    TerritoryMandate.objects.create(
        account=elected, role=Role.FEDERATION, territory="nation", started_on=date(2024, 1, 1)
    )
    assert show(waiting, make_card(gem, other)).status_code == 302
    assert waiting.get("/notre-gem/roles/donner/").status_code == 200
    assert waiting.get("/reseau/").status_code == 403
    waiting.post("/changer-de-gem/", {"gem": str(elsewhere.pk)})
    assert waiting.get("/notre-gem/roles/donner/").status_code == 403
    assert waiting.get("/mon-compte/").status_code == 200


def test_an_elected_person_of_a_practice_gem_vouches_for_nothing_real(gem, elected, waiting):
    practice = make_gem("GEM pour essayer", practice=True)
    make_mandate(practice, elected, Role.ELECTED)
    friend = make_account("Inès")
    make_mandate(practice, friend, Role.ELECTED)
    show(waiting, make_card(practice, friend))
    waiting.post("/changer-de-gem/", {"gem": str(gem.pk)})
    assert waiting.get("/notre-gem/roles/donner/").status_code == 403


def test_a_vouch_does_not_change_how_one_enters_with_roles_elsewhere(gem, elected, other, waiting):
    """Someone who has only the mailbox must not add a passkey that opens everything."""
    elsewhere = make_gem("GEM du Canal")
    make_mandate(elsewhere, elected, Role.ELECTED)
    TOTP.activate(elected, "JBSWY3DPEHPK3PXP")
    show(waiting, make_card(gem, other))
    led = waiting.get("/mon-compte/protection/cle/")
    assert led["Location"].startswith("/entrer/deuxieme-etape/")
    Mandate.objects.filter(gem=elsewhere).delete()
    assert waiting.get("/mon-compte/protection/cle/").status_code == 200
