"""From a paper letter to the first elected person of a GEM, through the pages."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.access import NOBODY, SYSTEM
from espace.accounts.choices import Proof, Role
from espace.accounts.models import Account, JournalEntry
from espace.accounts.permissions import NotAllowed
from espace.accounts.strength import proofs
from espace.cards.models import AccessCard
from espace.groups.actions.letters import (
    LetterError,
    french_words,
    make_letters,
    open_gem,
    withdraw_letter,
)
from espace.groups.choices import Function, GemStatus, HeardFrom
from espace.groups.models import GemState, Mandate, OpeningLetter, TerritoryMandate
from espace.groups.queries.network import network_card
from espace.groups.queries.opening import letter_shown
from espace.groups.rules.letters import WORDS, draw, plain_words
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate

pytestmark = pytest.mark.django_db
KEY = "5f0c8a3e-0d2b-4a4e-9f0e-52b6a4b9d001"
WHO = {
    "first_name": "Odile",
    "initial": "R",
    "function": "presidence",
    "elected": "on",
    "email": "",
    "heard_from": "autre_gem",
    "key": KEY,
}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def gem(clock):
    clock("2026-10-14 14:00")
    return make_gem("GEM du Moulin", status=GemStatus.PREPARATION)


def letter_for(*gems):
    found = make_letters(actor=SYSTEM, gem_ids=[gem.pk for gem in gems], key=uuid4())
    return found[0]


def show(client, letter, who="elu"):
    """Type the words, then say who one is."""
    words = {"words": " ".join(letter.words)}
    assert client.post("/ouvrir/", words)["Location"] == "/ouvrir/votre-gem/"
    return client.post("/ouvrir/votre-gem/", {"who": who})


def test_from_the_letter_to_the_gem(gem, client):
    letter = letter_for(gem)
    assert show(client, letter)["Location"] == "/ouvrir/vous/"
    assert "GEM du Moulin" in client.get("/ouvrir/vous/").content.decode()
    assert client.post("/ouvrir/vous/", WHO)["Location"] == "/ouvrir/et-maintenant/"
    page = client.get("/ouvrir/et-maintenant/")
    assert page.status_code == 200
    assert "/notre-gem/appareils/" in page.content.decode()
    assert "/notre-gem/roles/" in page.content.decode()
    mandate = Mandate.objects.get()
    assert (mandate.role, mandate.function, mandate.account.label) == (
        Role.ELECTED,
        Function.PRESIDENCE,
        "Odile R.",
    )
    gem.refresh_from_db()
    assert (gem.status, str(gem.joined_on), gem.heard_from) == ("actif", "2026-10-14", "autre_gem")
    assert GemState.objects.get().reason == "lettre"
    assert proofs(client.session) == {Proof.LETTER}
    assert client.get("/notre-gem/roles/donner/").status_code == 200
    assert JournalEntry.objects.filter(action="groups.open_gem").count() == 1


def test_a_letter_opens_its_gem_and_no_other_role_of_who_holds_it(gem, enter):
    """With the mailbox of someone of FiGEM and a letter of theirs, one would run the network."""
    account = make_account()
    TerritoryMandate.objects.create(
        account=account, role=Role.FEDERATION, territory="nation", started_on=date(2024, 1, 1)
    )
    elsewhere = make_gem("GEM du Canal")
    make_mandate(elsewhere, account, Role.ELECTED)
    client = enter(account, Proof.CODE)
    show(client, letter_for(gem))
    assert client.post("/ouvrir/vous/", WHO)["Location"] == "/ouvrir/et-maintenant/"
    assert client.get("/notre-gem/roles/donner/").status_code == 200
    assert client.get("/reseau/").status_code == 403
    client.post("/changer-de-gem/", {"gem": str(elsewhere.pk)})
    assert client.get("/notre-gem/roles/donner/").status_code == 403


def test_without_an_address_the_letter_leaves_time_to_prepare_and_never_shuts_out(
    gem, client, clock
):
    """Asked again who she is, she could only leave; and her letter is used, so for good."""
    show(client, letter_for(gem))
    client.post("/ouvrir/vous/", WHO)
    clock("2026-10-14 16:00")
    assert client.post("/notre-gem/roles/donner/", {}).status_code == 200
    assert client.get("/mon-compte/protection/cle/").status_code == 200
    clock("2026-10-15 09:00")
    led = client.get("/notre-gem/roles/donner/")["Location"]
    assert led.startswith("/entrer/deuxieme-etape/")
    page = client.get(led).content.decode()
    assert "Créer une clé d'accès" in page.replace("&#x27;", "'")
    assert "Entrer à nouveau" not in page
    assert client.get("/mon-compte/protection/cle/").status_code == 200
    clock("2026-10-18 09:00")
    assert client.get("/mon-compte/protection/cle/").status_code == 302


def test_with_an_address_an_old_letter_asks_to_enter_again(gem, client, clock):
    show(client, letter_for(gem))
    client.post("/ouvrir/vous/", {**WHO, "email": "odile@exemple.test"})
    clock("2026-10-15 09:00")
    assert client.get("/mon-compte/protection/cle/").status_code == 302
    assert "Entrer à nouveau" in client.get("/entrer/deuxieme-etape/").content.decode()


def test_the_square_code_opens_as_well(gem, client):
    letter = letter_for(gem)
    answer = client.post("/ouvrir/", {"words": "", "secret": letter.secret})
    assert answer["Location"] == "/ouvrir/votre-gem/"


@pytest.mark.parametrize("change", [str.upper, lambda text: text.replace(" ", ",\n "), plain_words])
def test_words_typed_another_way_are_the_same(gem, client, change):
    letter = letter_for(gem)
    typed = {"words": change(" ".join(letter.words))}
    assert client.post("/ouvrir/", typed).status_code == 302


def test_the_letter_opens_once(gem, client):
    letter = letter_for(gem)
    show(client, letter)
    client.post("/ouvrir/vous/", WHO)
    other = Client()
    again = other.post("/ouvrir/", {"words": " ".join(letter.words)})
    assert again.status_code == 409
    assert "déjà ouvert" in again.content.decode()
    assert Account.objects.count() == 1


def test_of_two_people_at_once_one_wins_and_the_other_is_told(gem):
    letter = letter_for(gem)
    first, second = Client(), Client()
    for each in (first, second):
        show(each, letter)
    assert first.post("/ouvrir/vous/", WHO).status_code == 302
    late = second.post("/ouvrir/vous/", {**WHO, "first_name": "Luc", "key": str(uuid4())})
    assert late.status_code == 409
    assert "Demandez-lui de vous inviter" in late.content.decode()
    assert Mandate.objects.get().account.first_name == "Odile"


def test_the_form_sent_twice_opens_once(gem, client):
    letter = letter_for(gem)
    show(client, letter)
    before = client.cookies["sessionid"].value
    client.post("/ouvrir/vous/", WHO)
    assert client.cookies["sessionid"].value != before
    twice = client.post("/ouvrir/vous/", WHO, follow=True)
    assert twice.redirect_chain[-1][0] == "/ouvrir/et-maintenant/"
    assert Mandate.objects.count() == Account.objects.count() == 1


def test_the_same_key_again_changes_nothing(gem):
    letter_for(gem)
    found = OpeningLetter.objects.get()
    values = {
        "actor": NOBODY,
        "letter_id": found.pk,
        "first_name": "Odile",
        "initial": "R",
        "email": None,
        "function": Function.TRESORERIE,
        "heard_from": None,
        "key": UUID(KEY),
    }
    assert open_gem(**values) is not None
    assert open_gem(**values) is None
    with pytest.raises(LetterError):
        open_gem(**{**values, "key": uuid4()})
    assert Account.objects.count() == 1


def test_an_employee_never_opens(gem, client, enter):
    letter = letter_for(gem)
    answer = show(client, letter, "salarie")
    assert "Un salarié n'ouvre pas" in answer.content.decode()
    assert OpeningLetter.objects.get().used_at is None
    employee = make_account("Sandrine")
    make_mandate(gem, employee, Role.ANIMATOR)
    signed_in = enter(employee)
    assert "Un salarié n'ouvre pas" in show(signed_in, letter).content.decode()
    assert signed_in.post("/ouvrir/vous/", WHO).status_code == 409
    assert not Mandate.objects.filter(role=Role.ELECTED).exists()


def test_not_our_gem_forgets_the_letter(gem, client):
    show(client, letter_for(gem), "pas-le-mien")
    assert client.get("/ouvrir/vous/")["Location"] == "/ouvrir/"


def test_elected_must_be_said(gem, client):
    show(client, letter_for(gem))
    answer = client.post("/ouvrir/vous/", {**WHO, "elected": ""})
    assert answer.status_code == 422
    assert not Account.objects.exists()


def test_someone_signed_in_keeps_their_account(gem, enter):
    account = make_account("Odile", "R")
    client = enter(account)
    show(client, letter_for(gem))
    page = client.get("/ouvrir/vous/").content.decode()
    assert 'name="first_name"' not in page
    client.post("/ouvrir/vous/", WHO)
    assert Mandate.objects.get().account == account
    assert Account.objects.count() == 1


def test_an_address_of_someone_else_never_gives_their_account(gem, client):
    theirs = make_account("Paul", "D", email="paul@exemple.test")
    show(client, letter_for(gem))
    client.post("/ouvrir/vous/", {**WHO, "email": "Paul@exemple.test"})
    opened = Mandate.objects.get().account
    assert opened != theirs
    assert opened.email is None
    page = client.get("/ouvrir/et-maintenant/").content.decode()
    assert "pas gardée" in page


def test_a_free_address_is_kept(gem, client):
    show(client, letter_for(gem))
    client.post("/ouvrir/vous/", {**WHO, "email": "odile@exemple.test"})
    assert Mandate.objects.get().account.email == "odile@exemple.test"


def test_an_old_letter_and_a_withdrawn_one_say_so(gem, client, clock):
    letter = letter_for(gem)
    words = {"words": " ".join(letter.words)}
    withdraw_letter(actor=SYSTEM, gem_id=gem.pk)
    assert "a repris cette lettre" in client.post("/ouvrir/", words).content.decode()
    words = {"words": " ".join(letter_for(gem).words)}
    clock("2027-04-20 10:00")
    assert "six mois" in client.post("/ouvrir/", words).content.decode()
    assert "six mois" not in client.post("/ouvrir/", {"words": "a b c"}).content.decode()


def test_a_new_letter_withdraws_the_one_before(gem, client):
    old, new = letter_for(gem), letter_for(gem)
    assert client.post("/ouvrir/", {"words": " ".join(old.words)}).status_code == 409
    assert client.post("/ouvrir/", {"words": " ".join(new.words)}).status_code == 302
    assert OpeningLetter.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_page_left_for_half_an_hour_asks_again(gem, client, clock):
    show(client, letter_for(gem))
    clock("2026-10-14 14:31")
    assert client.get("/ouvrir/vous/")["Location"] == "/ouvrir/"
    assert client.post("/ouvrir/vous/", WHO)["Location"] == "/ouvrir/"
    assert not Account.objects.exists()


def test_a_gem_with_an_elected_person_or_closed_gets_no_letter(gem):
    make_mandate(gem, make_account(), Role.ELECTED)
    closed = make_gem("GEM fermé", status=GemStatus.FERME)
    ids = [gem.pk, closed.pk]
    assert make_letters(actor=SYSTEM, gem_ids=ids, key=uuid4()) == []
    assert not OpeningLetter.objects.exists()


def test_a_gem_whose_only_elected_person_cannot_come_back_gets_another_letter(gem, client):
    """No address, no card, no key, and the page of the letter is closed: nobody is inside."""
    show(client, letter_for(gem))
    client.post("/ouvrir/vous/", WHO)
    federation = make_actor(Role.FEDERATION)
    # While her page is open, she is inside.
    assert make_letters(actor=SYSTEM, gem_ids=[gem.pk], key=uuid4()) == []
    assert not network_card(federation, gem.pk).closed_to_all
    client.post("/quitter/")
    card = network_card(federation, gem.pk)
    assert (card.closed_to_all, card.may_have_a_letter) == (True, True)

    again = Client()
    show(again, letter_for(gem))
    assert again.post("/ouvrir/vous/", {**WHO, "key": str(uuid4())}).status_code == 302
    first, second = Mandate.objects.order_by("started_on", "ended_on")[:2]
    assert {first.ended_on, second.ended_on} == {None, first.started_on}
    assert again.get("/notre-gem/roles/donner/").status_code == 200
    assert JournalEntry.objects.filter(action="groups.end_outside").count() == 1


@pytest.mark.parametrize("way", ["address", "card", "key"])
def test_whoever_has_a_way_in_left_keeps_the_gem(gem, client, way):
    show(client, letter_for(gem))
    client.post("/ouvrir/vous/", WHO)
    client.post("/quitter/")
    account = Account.objects.get()
    if way == "address":
        Account.objects.update(email="odile@exemple.test")
    elif way == "card":
        AccessCard.objects.create(gem=gem, account=account, reach=Role.ELECTED)
    else:
        Authenticator.objects.create(user=account, type="webauthn", data={"name": "Clé"})
    assert make_letters(actor=SYSTEM, gem_ids=[gem.pk], key=uuid4()) == []
    assert not network_card(make_actor(Role.FEDERATION), gem.pk).closed_to_all


def test_someone_elected_meanwhile_makes_the_letter_useless(gem, client):
    show(client, letter_for(gem))
    make_mandate(gem, make_account(), Role.ELECTED)
    assert "déjà ouvert" in client.post("/ouvrir/vous/", WHO).content.decode()
    assert Mandate.objects.count() == 1


def test_only_the_federation_makes_letters(gem):
    for role in (Role.ELECTED, Role.DELEGATE):
        with pytest.raises(NotAllowed):
            make_letters(actor=make_actor(role, gem), gem_ids=[gem.pk], key=uuid4())
    key = uuid4()
    federation = make_actor(Role.FEDERATION)
    assert len(make_letters(actor=federation, gem_ids=[gem.pk], key=key)) == 1
    assert make_letters(actor=federation, gem_ids=[gem.pk], key=key) is None


def test_secrets_are_kept_nowhere(gem):
    letter = letter_for(gem)
    row = OpeningLetter.objects.get()
    kept = " ".join(str(getattr(row, field.name)) for field in row._meta.fields)
    assert letter.secret not in kept
    assert not any(re.search(rf"\b{word}\b", kept) for word in letter.words)
    assert row.expires_at - row.made_at == timedelta(days=183)


def test_ten_thousand_guesses_open_nothing(gem, client):
    letter = letter_for(gem)
    answers = [client.post("/ouvrir/", {"words": f"abeille {n}"}).status_code for n in range(150)]
    assert answers.count(422) == 100
    assert set(answers[100:]) == {429}
    right = {"words": " ".join(letter.words)}
    assert client.post("/ouvrir/", right).status_code == 429
    words = french_words()
    guesses = (" ".join(draw(words).words) for _guess in range(10_000))
    assert {letter_shown(NOBODY, words=guess, secret=guess) for guess in guesses} == {None}
    assert letter_shown(NOBODY, words=right["words"], secret="") is not None
    assert len(words) ** WORDS > 2**76


def test_a_wrong_word_costs_the_same_queries_as_a_used_letter(gem, client, queries):
    letter = letter_for(gem)
    withdraw_letter(actor=SYSTEM, gem_id=gem.pk)
    letters = []
    for typed in ("abeille lune", " ".join(letter.words)):
        with queries() as found:
            client.post("/ouvrir/", {"words": typed})
        letters.append([q["sql"] for q in found if "openingletter" in q["sql"]])
    assert [len(each) for each in letters] == [1, 1]


@given(st.lists(st.sampled_from(french_words()), min_size=WORDS, max_size=WORDS), st.text())
def test_words_read_the_same_whatever_stands_between(words, junk):
    between = "".join(sign for sign in junk if not sign.isalpha()) or " "
    if not plain_words(between):
        assert plain_words(f" {between} ".join(words)) == plain_words(" ".join(words))


def test_heard_from_may_be_skipped(gem, client):
    show(client, letter_for(gem))
    client.post("/ouvrir/vous/", {**WHO, "heard_from": "passer"})
    gem.refresh_from_db()
    assert gem.heard_from == ""
    assert "passer" not in HeardFrom.values


def test_the_secret_of_the_square_code_stays_out_of_addresses(gem, client):
    page = client.get("/ouvrir/")
    assert b'method="post"' in page.content
    assert page["Cache-Control"] == "no-store"
