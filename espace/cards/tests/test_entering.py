"""Entering by card, through the pages."""

import re

import pytest
from django.core import mail
from django.test import Client, RequestFactory

from espace.accounts.access import NOBODY
from espace.accounts.choices import Proof, Role
from espace.accounts.models import JournalEntry
from espace.accounts.strength import proofs
from espace.cards.forms import CardForm
from espace.cards.models import AccessCard
from espace.cards.rules.words import draw_words
from espace.cards.tests.factories import make_card
from espace.cards.views.entering import read_card
from espace.groups.actions.devices import revoke_device
from espace.groups.models import Device, Mandate
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate

pytestmark = pytest.mark.django_db
ENTER = "/entrer/carte/"
ELSEWHERE = "Cette carte a servi sur un autre appareil."


def text(response):
    return response.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")


def bare(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text(response))


def type_words(client, card, **values):
    return client.post(ENTER, {"words": " ".join(card.words), **values})


def is_inside(client):
    return client.get("/mon-compte/").status_code == 200


def test_the_words_open_the_door_and_keep_the_way_back(gem, member, client):
    card = make_card(gem, member)
    answer = type_words(client, card, next="/programme/")
    assert (answer.status_code, answer["Location"]) == (302, "/programme/")
    assert is_inside(client)
    assert proofs(client.session) == {Proof.CARD}
    assert JournalEntry.objects.filter(action="accounts.sign_in", account=member).count() == 1


def test_the_way_back_is_only_on_this_site(gem, member, client):
    assert type_words(client, make_card(gem, member), next="//ailleurs.test")["Location"] == (
        "/accueil/"
    )


def test_the_qr_code_opens_the_door(gem, member, client):
    card = make_card(gem, member)
    address = f"http://localhost:8000/entrer/carte/#{card.secret}"
    assert client.post(ENTER, {"secret": address})["Location"] == "/accueil/"
    assert is_inside(client)


def test_capitals_commas_lines_and_short_words_open_the_door(gem, member, client):
    card = make_card(gem, member)
    typed = ",\r\n".join(word[:4].upper() for word in card.words)
    assert client.post(ENTER, {"words": typed}).status_code == 302


def test_a_mistyped_word_is_proposed_and_confirmed(gem, member, client):
    card = make_card(gem, member)
    first = card.words[0]
    typed = " ".join([f"w{first}", *card.words[1:]])
    answer = client.post(ENTER, {"words": typed})
    assert answer.status_code == 422
    assert f"Nous avons lu « {first} » pour « w{first} »." in text(answer)
    assert " ".join(card.words) in text(answer)
    assert not is_inside(client)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez les six mots de votre carte."),
        ("1 2 3", "Vous en avez écrit 0."),
        ("abaisser abandon", "Vous en avez écrit 2."),
        ("abaisser " * 7, "Vous en avez écrit 7."),
        ("zzzzqqqq", "Ce mot n'est pas dans la liste : « zzzzqqqq »."),
        ("a" * 401, "Ce texte est trop long."),
    ],
)
def test_what_is_not_six_words_is_said_plainly(client, typed, said):
    answer = client.post(ENTER, {"words": typed})
    assert answer.status_code == 422
    assert said in text(answer)


def test_another_qr_code_is_said_plainly(client):
    answer = client.post(ENTER, {"secret": "https://ailleurs.test/menu"})
    assert "Ce carré n'est pas celui d'une carte de Mon Espace." in text(answer)


def test_wrong_unknown_withdrawn_closed_and_ended_cards_get_one_answer(gem, member, client):
    """One answer, and the same queries: nothing tells a card that was from one that never was."""
    names = ("gone", "closed", "ended", "grown")
    accounts = {name: make_account(name.capitalize()) for name in names}
    for account in accounts.values():
        make_mandate(gem, account, Role.MEMBER)
    cards = {name: make_card(gem, account) for name, account in accounts.items()}
    AccessCard.objects.filter(account=accounts["gone"]).delete()
    accounts["closed"].is_active = False
    accounts["closed"].save()
    Mandate.objects.filter(account=accounts["ended"]).update(ended_on="2025-01-01")
    make_mandate(make_gem("GEM du Canal"), accounts["grown"], Role.MEMBER)
    told = set()
    for words in [card.words for card in cards.values()] + [("abaisser",) * 6]:
        answer = client.post(ENTER, {"words": " ".join(words)})
        assert answer.status_code == 422
        told.add(bare(answer).replace(" ".join(words), ""))
        assert not is_inside(client)
    assert len(told) == 1


def test_ten_thousand_guesses_open_nothing_and_the_owner_still_enters(gem, member, tablet_of):
    card = make_card(gem, member)
    guesser, tablet = Client(), tablet_of(gem)
    assert guesser.post(ENTER, {"words": "abaisser " * 6}).status_code == 422
    for _guess in range(9_999):
        # The view without drawing its page, which is most of the time it takes.
        guess = RequestFactory().post(ENTER, {"words": " ".join(draw_words())})
        guess.actor = NOBODY
        assert read_card(guess, CardForm(guess.POST)) is None
    assert "Beaucoup d'essais ont été faits d'ici." in text(type_words(guesser, card))
    # From another address, from the GEM's tablet behind the same one, and by the QR code.
    assert type_words(Client(REMOTE_ADDR="192.0.2.7"), card).status_code == 302
    assert type_words(tablet, card).status_code == 302
    assert Client().post(ENTER, {"secret": card.secret}).status_code == 302
    assert JournalEntry.objects.filter(action="cards.refused").count() == 100


def test_the_session_takes_a_new_name(gem, member, client):
    client.get(ENTER)
    client.post("/mon-compte/", {"first_name": "x"})
    before = client.cookies["sessionid"].value
    type_words(client, make_card(gem, member))
    assert client.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert not is_inside(thief)


def test_a_stolen_cookie_is_refused_after_leaving(gem, member, client):
    type_words(client, make_card(gem, member))
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_inside(thief)
    client.post("/quitter/")
    assert not is_inside(thief)


def test_a_second_use_elsewhere_closes_the_first_and_warns(
    gem, member, elected, enter, django_capture_on_commit_callbacks
):
    card, home, town = make_card(gem, member), Client(), Client()
    assert type_words(home, card)["Location"] == "/accueil/"
    assert type_words(town, card)["Location"] == "/mon-compte/carte/"
    assert ELSEWHERE in text(town.get("/mon-compte/carte/"))
    assert home.get("/programme/")["Location"].startswith("/entrer/")
    assert ELSEWHERE in text(home.get("/entrer/"))
    assert is_inside(town)
    bureau = text(enter(elected).get("/notre-gem/cartes/"))
    assert "cette carte a servi sur un autre appareil" in bureau
    assert "Remplacer sa carte" in bureau


def test_the_two_in_turn_are_never_both_inside(gem, member):
    card, browsers = make_card(gem, member), [Client(), Client(), Client()]
    for one in browsers * 2:
        type_words(one, card)
        assert [is_inside(other) for other in browsers].count(True) == 1
        assert is_inside(one)


def test_coming_back_on_the_same_browser_warns_nobody(gem, member, client):
    card = make_card(gem, member)
    type_words(client, card)
    client.cookies.pop("sessionid")
    assert type_words(client, card)["Location"] == "/accueil/"
    assert not AccessCard.objects.get().used_elsewhere


def test_leaving_one_telephone_for_another_warns_nobody(gem, member, client):
    card = make_card(gem, member)
    type_words(client, card)
    client.post("/quitter/")
    assert type_words(Client(), card)["Location"] == "/accueil/"
    assert not AccessCard.objects.get().used_elsewhere


def test_nothing_kept_says_where_or_when_a_card_served(gem, member, client):
    type_words(client, make_card(gem, member), REMOTE_ADDR="192.0.2.7")
    row = AccessCard.objects.values().get()
    mark = client.session["card"]["mark"]
    assert mark not in str(row)
    assert client.cookies["carte"].value not in str(row)
    assert "127.0.0.1" not in str(row)
    made_at = row.pop("made_at")
    assert not [value for value in row.values() if isinstance(value, type(made_at))]


def test_withdrawn_it_closes_what_it_had_opened(gem, member, client):
    type_words(client, make_card(gem, member))
    AccessCard.objects.get().delete()
    assert client.get("/programme/")["Location"].startswith("/entrer/")
    assert "Votre carte a été retirée ou remplacée." in text(client.get("/entrer/"))


def test_a_role_that_grew_beyond_the_card_closes_its_session(gem, member, client):
    """The card was made by an employee, who might have kept its words."""
    card = make_card(gem, member, maker=Role.ANIMATOR)
    type_words(client, card)
    assert is_inside(client)
    make_mandate(gem, member, Role.ELECTED)
    assert not is_inside(client)
    assert type_words(client, card).status_code == 422


def test_a_role_that_ends_closes_its_session(gem, member, client):
    type_words(client, make_card(gem, member))
    Mandate.objects.filter(account=member).update(ended_on="2025-01-01")
    assert not is_inside(client)


def test_on_a_telephone_an_elected_person_gives_one_factor(gem, elected, client):
    type_words(client, make_card(gem, elected))
    assert client.get("/notre-gem/roles/")["Location"].startswith("/entrer/deuxieme-etape/")


def test_on_the_tablet_a_card_is_two_factors(gem, elected, tablet_of):
    tablet = tablet_of(gem)
    type_words(tablet, make_card(gem, elected))
    assert proofs(tablet.session) == {Proof.CARD, Proof.TABLET}
    assert tablet.get("/notre-gem/roles/donner/").status_code == 200


def test_the_tablet_of_another_gem_is_no_second_factor(gem, elected, tablet_of):
    tablet = tablet_of(make_gem("GEM du Canal"))
    type_words(tablet, make_card(gem, elected))
    assert proofs(tablet.session) == {Proof.CARD}


def test_the_tablet_and_a_telephone_do_not_close_each_other(gem, member, tablet_of, client):
    card, tablet = make_card(gem, member), tablet_of(gem)
    type_words(client, card)
    type_words(tablet, card)
    assert is_inside(client)
    assert is_inside(tablet)
    assert not AccessCard.objects.get().used_elsewhere


def test_a_tablet_withdrawn_from_anywhere_closes_who_is_signed_in_on_it(gem, elected, tablet_of):
    tablet = tablet_of(gem)
    type_words(tablet, make_card(gem, elected))
    device = Device.objects.get()
    revoke_device(actor=make_actor(Role.ANIMATOR, gem), gem_id=gem.pk, device_id=device.pk)
    assert tablet.get("/notre-gem/roles/")["Location"].startswith("/entrer/")
    assert not is_inside(tablet)


def test_a_session_of_the_tablet_taken_elsewhere_opens_nothing(gem, elected, tablet_of):
    tablet = tablet_of(gem)
    type_words(tablet, make_card(gem, elected))
    thief = Client()
    thief.cookies["sessionid"] = tablet.cookies["sessionid"].value
    assert not is_inside(thief)


def test_only_this_page_may_use_the_camera(client):
    assert "camera=(self)" in client.get(ENTER)["Permissions-Policy"]
    assert "camera=()" in client.get("/entrer/")["Permissions-Policy"]


def test_a_form_without_its_token_is_refused(gem, member):
    careful = Client(enforce_csrf_checks=True)
    assert type_words(careful, make_card(gem, member)).status_code == 403


def test_entering_costs_the_same_queries_for_a_wrong_and_an_unknown_card(gem, member, queries):
    make_card(gem, member)
    Client().post(ENTER, {"words": "abeille " * 6})  # the first line of the journal costs more
    costs = []
    for words in (["abaisser"] * 6, ["abandon"] * 6):
        with queries() as asked:
            Client().post(ENTER, {"words": " ".join(words)})
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert mail.outbox == []


def test_a_card_outlives_a_change_of_the_secret_key(gem, member, client, settings):
    card = make_card(gem, member)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, chosen for this test"
    assert type_words(client, card).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    assert type_words(Client(), card).status_code == 422


def test_another_person_entering_on_the_same_browser_frees_the_first_card(gem, member, client):
    rosa = make_account("Rosa")
    make_mandate(gem, rosa, Role.MEMBER)
    first, second = make_card(gem, member), make_card(gem, rosa)
    type_words(client, first)
    type_words(client, second)
    assert type_words(Client(), first)["Location"] == "/accueil/"
    assert not AccessCard.objects.filter(used_elsewhere=True).exists()
