"""Making, replacing, withdrawing and printing cards, through the pages."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from pypdf import PdfReader

from espace.accounts.choices import Pictogram, Role
from espace.accounts.models import Account, JournalEntry
from espace.cards.actions import MOST_CARDS_AT_ONCE, tell
from espace.cards.models import AccessCard
from espace.cards.tests.factories import make_card
from espace.groups.models import Mandate, Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person

pytestmark = pytest.mark.django_db
CARDS = "/notre-gem/cartes/"
MAKE = f"{CARDS}faire/"
SHEET = f"{CARDS}feuille.pdf"
ENTER = "/entrer/carte/"


def text(response):
    return response.content.decode().replace("&#x27;", "'")


def make(client, *codes, **values):
    return client.post(MAKE, {"who": codes, "key": uuid4(), **values})


def made_in(answer):
    """Return the (name, words, secret) that the page of cards just made shows."""
    return [(card.name, card.words, card.secret) for card in answer.context["cards"]]


def in_roll():
    return sorted(person.label for person in Person.objects.all())


def test_people_not_on_the_roll_yet_get_a_line_an_account_and_a_card_at_once(gem, bureau):
    page = text(bureau.get(MAKE))
    assert "Des personnes qui ne sont pas dans la liste" in page
    lines = "Ana Jourdan\n\n  bo k.\nCléo"
    key = uuid4()
    made = made_in(bureau.post(MAKE, {"newcomers": lines, "key": key}))
    assert [name for name, _words, _secret in made] == ["Ana J.", "Bo K.", "Cléo"]
    assert in_roll() == ["Ana J.", "Bo K.", "Cléo"]
    assert all(opens(words) for _name, words, _secret in made)
    assert "Jourdan" not in str(list(Account.objects.values()))
    assert bureau.post(MAKE, {"newcomers": lines, "key": key}).status_code == 302
    assert in_roll() == ["Ana J.", "Bo K.", "Cléo"]


def test_a_newcomer_with_a_name_of_the_roll_is_asked_about_and_nothing_is_made(gem, bureau):
    make_person(gem, "Ana", "J")
    answer = bureau.post(MAKE, {"newcomers": "Bo K\nAna J", "key": uuid4()})
    assert answer.status_code == 422
    assert "Ana J. est déjà dans le carnet" in text(answer)
    assert "Bo K" in text(answer), "what was typed stays"
    assert in_roll() == ["Ana J."]
    assert not AccessCard.objects.exists()


@pytest.mark.parametrize("typed", ["12/03/1980", "x" * 60, "\n".join(f"P{n}" for n in range(11))])
def test_a_list_that_cannot_be_read_makes_nothing(gem, bureau, typed):
    assert bureau.post(MAKE, {"newcomers": typed, "key": uuid4()}).status_code == 422
    assert in_roll() == []


def opens(words):
    return Client().post(ENTER, {"words": " ".join(words)}).status_code == 302


@pytest.fixture
def bureau(elected, enter):
    return enter(elected)


def test_a_line_of_the_roll_becomes_an_account_and_a_card_in_one_gesture(gem, bureau):
    karim = make_person(gem, "Karim", "J", pictogram=Pictogram.CHAT)
    answer = make(bureau, f"carnet-{karim.pk}")
    [(name, words, secret)] = made_in(answer)
    assert name == "Karim J."
    account = Account.objects.get(first_name="Karim")
    assert (account.email, account.initial, account.pictogram) == (None, "J", Pictogram.CHAT)
    karim.refresh_from_db()
    assert karim.account == account
    assert Mandate.objects.get(account=account).role == Role.MEMBER
    assert opens(words)
    assert Client().post(ENTER, {"secret": secret}).status_code == 302


def test_the_roll_leads_to_the_card_in_one_press(gem, bureau):
    karim = make_person(gem, "Karim", "J")
    page = text(bureau.get(f"/notre-gem/carnet/{karim.pk}/"))
    assert f'value="carnet-{karim.pk}"' in page
    assert "Faire sa carte d'accès" in page


def test_three_cards_at_once(gem, bureau):
    people = [make_person(gem, name) for name in ("Ana", "Bo", "Cléo")]
    made = made_in(make(bureau, *(f"carnet-{person.pk}" for person in people)))
    assert [name for name, _words, _secret in made] == ["Ana J.", "Bo J.", "Cléo J."]
    assert all(opens(words) for _name, words, _secret in made)


def test_secrets_are_shown_once_and_kept_nowhere(gem, member, bureau):
    answer = make(bureau, f"compte-{member.pk}")
    [(_name, words, secret)] = made_in(answer)
    assert answer["Cache-Control"] == "no-store"
    page = text(answer)
    assert all(word in page for word in words)
    assert "<svg" in page
    row = str(AccessCard.objects.values().get())
    assert secret not in row
    assert not [word for word in words if word in row]
    again = text(bureau.get(CARDS)) + text(bureau.get(MAKE))
    assert secret not in again


def test_the_same_sending_twice_makes_one_card(gem, member, bureau):
    key = uuid4()
    [(_name, words, _secret)] = made_in(make(bureau, f"compte-{member.pk}", key=key))
    assert make(bureau, f"compte-{member.pk}", key=key)["Location"] == CARDS
    assert opens(words)


def test_going_back_to_make_the_card_of_another_person_is_no_repeat(gem, member, bureau):
    key, other = uuid4(), make_account("Noé")
    make_mandate(gem, other, Role.MEMBER)
    make(bureau, f"compte-{member.pk}", key=key)
    [(_name, words, _secret)] = made_in(make(bureau, f"compte-{other.pk}", key=key))
    assert opens(words)


def test_the_list_of_cards_gives_no_two_things_one_name(gem, member, bureau):
    other = make_account("Noé")
    make_mandate(gem, other, Role.MEMBER)
    make_card(gem, member)
    make_card(gem, other)
    names = re.findall(r' id="([^"]+)"', text(bureau.get(CARDS)))
    assert len(names) == len(set(names))


def test_a_lost_card_is_replaced_and_opens_nothing_any_more(gem, member, bureau):
    lost = make_card(gem, member)
    card = AccessCard.objects.get()
    assert "Remplacer" in text(bureau.get(CARDS))
    answer = bureau.post(f"{CARDS}{card.pk}/remplacer/", {"key": uuid4()})
    [(_name, words, _secret)] = made_in(answer)
    assert not opens(lost.words)
    assert opens(words)
    assert AccessCard.objects.count() == 1


def test_a_card_is_withdrawn_after_a_question(gem, member, bureau):
    made = make_card(gem, member)
    address = f"{CARDS}{AccessCard.objects.get().pk}/retirer/"
    assert "Lise M." in text(bureau.get(address))
    assert opens(made.words)
    assert bureau.post(address)["Location"] == CARDS
    assert not opens(made.words)
    assert bureau.post(address).status_code == 404
    assert JournalEntry.objects.filter(action="cards.withdraw").count() == 1


def test_the_warning_is_put_out_by_the_bureau(gem, member, bureau):
    make_card(gem, member)
    AccessCard.objects.update(used_elsewhere=True)
    address = f"{CARDS}{AccessCard.objects.get().pk}/bien-elle/"
    assert bureau.post(address)["Location"] == CARDS
    assert not AccessCard.objects.get().used_elsewhere
    assert "a servi sur un autre appareil" not in text(bureau.get(CARDS))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER])
def test_an_employee_makes_cards_of_members_and_volunteers(gem, as_role, role):
    person = make_account("Rémi")
    make_mandate(gem, person, role)
    [(name, words, _secret)] = made_in(make(as_role(Role.ANIMATOR, gem), f"compte-{person.pk}"))
    assert name == "Rémi B."
    assert opens(words)


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR, Role.SPONSOR, Role.MANAGER])
def test_an_employee_makes_no_other(gem, as_role, role):
    person = make_account("Rémi")
    make_mandate(gem, person, role)
    employee = as_role(Role.ANIMATOR, gem)
    assert make(employee, f"compte-{person.pk}").status_code == 403
    assert "Rémi" not in text(employee.get(MAKE))
    make_card(gem, person)
    card = AccessCard.objects.get()
    assert "Seule une personne élue peut changer cette carte." in text(employee.get(CARDS))
    assert employee.post(f"{CARDS}{card.pk}/remplacer/", {"key": uuid4()}).status_code == 403
    assert employee.post(f"{CARDS}{card.pk}/retirer/").status_code == 403
    assert AccessCard.objects.filter(pk=card.pk).exists()


def test_an_elected_person_makes_their_own(gem, elected, bureau):
    [(name, words, _secret)] = made_in(make(bureau, f"compte-{elected.pk}"))
    assert name == "Omar D."
    assert opens(words)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR, Role.MANAGER])
def test_nobody_else_makes_cards(gem, member, as_role, role):
    client = as_role(role, gem)
    assert client.get(CARDS).status_code == 403
    assert client.get(MAKE).status_code == 403
    assert make(client, f"compte-{member.pk}").status_code == 403
    assert not AccessCard.objects.exists()


def test_someone_with_a_role_elsewhere_gets_no_card(gem, bureau):
    """A card opens the whole account: our bureau cannot open the other GEM with it."""
    person = make_account("Zoé")
    make_mandate(gem, person, Role.MEMBER)
    make_mandate(make_gem("GEM du Canal"), person, Role.MEMBER)
    assert make(bureau, f"compte-{person.pk}").status_code == 403
    assert "Zoé" not in text(bureau.get(MAKE))


def test_someone_with_a_role_in_a_practice_gem_gets_one(gem, elected, bureau):
    make_mandate(make_gem("GEM d'entraînement", practice=True), elected, Role.ELECTED)
    assert make(bureau, f"compte-{elected.pk}").status_code == 200


def test_people_of_another_gem_are_not_there(gem, bureau):
    other = make_gem("GEM du Canal")
    person, account = make_person(other, "Inès"), make_account("Inès")
    make_mandate(other, account, Role.MEMBER)
    for code in (f"carnet-{person.pk}", f"compte-{account.pk}", f"compte-{uuid4()}"):
        assert make(bureau, code).status_code == 404
    assert not AccessCard.objects.exists()
    assert person.account is None
    make_card(other, account)
    card = AccessCard.objects.get()
    for what in ("remplacer", "retirer", "bien-elle"):
        answer = bureau.post(f"{CARDS}{card.pk}/{what}/", {"key": uuid4()})
        assert answer.status_code == 404
    assert AccessCard.objects.filter(pk=card.pk).exists()


def test_codes_that_name_nobody_are_left_out(gem, bureau):
    answer = make(bureau, "carnet-1", "compte-", "autre", "")
    assert answer.status_code == 422
    assert "Choisissez au moins une personne." in text(answer)


def test_eleven_at_once_are_too_many(gem, bureau):
    codes = [f"carnet-{uuid4()}" for _ in range(MOST_CARDS_AT_ONCE + 1)]
    assert "Choisissez dix personnes au plus." in text(make(bureau, *codes))


def test_a_hidden_person_is_not_proposed_and_a_search_finds_one(gem, bureau):
    make_person(gem, "Karim"), make_person(gem, "Éloi"), make_person(gem, "Cachée", hidden=True)
    page = text(bureau.get(MAKE))
    assert "Karim" in page
    assert "Cachée" not in page
    found = text(bureau.get(MAKE, {"q": "eloi"}))
    assert "Éloi" in found
    assert "Karim" not in found


def test_the_person_is_told_without_a_word_of_the_gem(
    gem, member, bureau, django_capture_on_commit_callbacks
):
    tell(f"made:{member.pk}")
    message = mail.outbox[0]
    assert message.to == [member.email]
    assert message.subject == "Une carte d'accès pour vous"
    assert "GEM" not in message.body + message.subject
    tell(f"elsewhere:{member.pk}")
    assert "Votre carte d'accès a servi sur un autre appareil." in mail.outbox[1].body
    assert "GEM" not in mail.outbox[1].body


def test_someone_without_an_address_gets_no_mail(gem):
    account = Account.objects.create_account(email=None, first_name="Karim")
    tell(f"made:{account.pk}")
    assert mail.outbox == []


def sheet_of(client, *cards):
    names, words, secrets = zip(*cards, strict=True)
    data = {"name": names, "words": [" ".join(each) for each in words], "secret": secrets}
    return client.post(SHEET, data)


def test_the_sheet_is_a_tagged_pdf_with_names_words_and_no_gem(gem, bureau):
    people = [make_person(gem, name) for name in ("Ana", "Bo", "Cléo")]
    cards = made_in(make(bureau, *(f"carnet-{person.pk}" for person in people)))
    answer = sheet_of(bureau, *cards)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    pdf = PdfReader(BytesIO(answer.content))
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    read = pdf.pages[0].extract_text()
    for name, words, secret in cards:
        assert name in read
        assert all(word in read for word in words)
        assert secret not in read
    assert gem.name not in read
    assert "GEM" not in read
    assert "Dites-le au groupe" in read


def test_ten_cards_make_two_pages(gem, bureau):
    people = [make_person(gem, f"Prénom{letter}") for letter in "abcdefghij"]
    cards = made_in(make(bureau, *(f"carnet-{person.pk}" for person in people)))
    assert len(PdfReader(BytesIO(sheet_of(bureau, *cards).content)).pages) == 2


def test_a_name_with_an_emoji_still_prints(gem, bureau):
    person = make_person(gem, "Lune 🌙")
    cards = made_in(make(bureau, f"carnet-{person.pk}"))
    assert sheet_of(bureau, *cards).content.startswith(b"%PDF")


def test_the_sheet_prints_running_cards_of_this_gem_only(gem, member, bureau):
    other = make_gem("GEM du Canal")
    stranger = make_account("Inès")
    make_mandate(other, stranger, Role.MEMBER)
    theirs, gone = make_card(other, stranger), make_card(gem, member)
    AccessCard.objects.filter(account=member).delete()
    for card in (theirs, gone):
        answer = sheet_of(bureau, (card.name, card.words, card.secret))
        assert (answer.status_code, answer["Location"]) == (302, CARDS)


def test_one_sees_and_withdraws_ones_own_card(gem, member, enter):
    client = enter(member)
    assert "Vous n'avez pas de carte." in text(client.get("/mon-compte/carte/"))
    made = make_card(gem, member)
    assert "Vous avez une carte depuis le" in text(client.get("/mon-compte/carte/"))
    assert client.post("/mon-compte/carte/")["Location"] == "/mon-compte/"
    assert not opens(made.words)
    assert client.post("/mon-compte/carte/")["Location"] == "/mon-compte/"


def test_the_lists_cost_the_same_for_one_and_three(gem, bureau, queries):
    costs = []
    for count in (1, 3):
        while AccessCard.objects.count() < count:
            account = make_account()
            make_mandate(gem, account, Role.MEMBER)
            make_card(gem, account)
        for address in (CARDS, MAKE):
            bureau.get(address)
            with queries() as asked:
                bureau.get(address)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
