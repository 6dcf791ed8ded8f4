"""The GEM's own tablet: how one enters it, leaves it, and what the next person finds."""

import re

import pytest
from django.core import mail
from django.test import Client

from espace.accounts.choices import Role
from espace.accounts.models import KeptForm
from espace.cards.models import AccessCard
from espace.cards.tests.factories import make_card
from espace.groups.choices import Counting
from espace.groups.tests.factories import make_account, make_mandate, make_person

pytestmark = pytest.mark.django_db
START = "/tablette/"
TYPED = {"first_name": "Lise la grande", "initial": "M", "pictogram": ""}
KEPT = "/saisie-gardee/"


def text(response):
    return response.content.decode().replace("&#x27;", "'")


def show(client, card):
    return client.post("/entrer/carte/", {"words": " ".join(card.words)})


@pytest.fixture
def tablet(gem, tablet_of, clock):
    clock("2026-10-14 14:00")
    return tablet_of(gem)


@pytest.fixture
def card(gem, member):
    return make_card(gem, member)


def test_the_start_page_has_three_large_choices_and_no_name(gem, tablet):
    make_person(gem, "Karim")
    assert tablet.get("/accueil/")["Location"] == START
    page = text(tablet.get(START))
    for words in ("Je note qui est là", "Le programme", "J'ai ma carte"):
        assert words in page
    assert "Karim" not in page


@pytest.mark.parametrize(
    "page", ["/entrer/cle/", "/entrer/institution/", "/entrer/institution/retour/?state=x&code=y"]
)
def test_on_the_tablet_nobody_enters_by_a_key_or_an_institution(gem, tablet, page):
    answer = tablet.get(page, follow=True)
    assert answer.redirect_chain[0][0] == "/entrer/"
    assert "Sur l&#x27;appareil du GEM, on entre avec sa carte." in answer.content.decode()
    assert tablet.post("/entrer/cle/", {"credential": "{}"})["Location"] == "/entrer/"


def test_with_sticks_it_counts_and_names_nobody(gem, tablet):
    make_person(gem, "Karim")
    gem.counting = Counting.STICKS
    gem.save()
    page = text(tablet.get(START))
    assert "Je compte qui vient" in page
    assert "Je note qui est là" not in page
    assert "Karim" not in text(tablet.get("/aujourdhui/")) + page


def test_on_another_device_it_is_not_a_page(member, enter, client):
    assert enter(member).get(START)["Location"] == "/accueil/"
    assert client.get(START)["Location"].startswith("/entrer/")


def test_no_code_by_mail_on_the_tablet(member, tablet, settings):
    page = text(tablet.get("/entrer/?next=/mon-compte/"))
    assert "Sur cette tablette, on entre avec sa carte." in page
    assert "/entrer/carte/?next=%2Fmon-compte%2F" in page
    assert 'name="email"' not in page
    answer = tablet.post("/entrer/", {"email": member.email})
    assert "Faites-le sur votre téléphone" in text(answer)
    assert mail.outbox == []


def test_a_code_asked_before_the_tablet_was_enrolled_opens_nothing(member, tablet, settings):
    device = tablet.cookies.pop(settings.DEVICE_COOKIE_NAME)
    tablet.post("/entrer/", {"email": member.email})
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)
    tablet.cookies[settings.DEVICE_COOKIE_NAME] = device.value
    assert tablet.post("/entrer/code/", {"code": code})["Location"] == "/entrer/"
    assert tablet.get("/mon-compte/").status_code == 302


def test_leaving_shows_the_start_page_and_clears_the_browser(tablet, card):
    show(tablet, card)
    assert tablet.get("/mon-compte/")["Cache-Control"] == "no-store"
    answer = tablet.post("/quitter/")
    assert answer["Location"] == "/accueil/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert tablet.get("/accueil/")["Location"] == START
    assert tablet.get("/mon-compte/")["Location"].startswith("/entrer/")


def test_elsewhere_leaving_clears_nothing(card, client):
    show(client, card)
    assert "Clear-Site-Data" not in client.post("/quitter/")


def test_a_form_sent_after_ten_quiet_minutes_waits_for_its_person_alone(
    gem, member, card, tablet, clock
):
    next_one = make_account("Rémi")
    make_mandate(gem, next_one, Role.MEMBER)
    show(tablet, card)
    assert tablet.get("/mon-compte/").status_code == 200
    clock("2026-10-14 14:20")
    answer = tablet.post("/mon-compte/", TYPED)
    assert answer["Location"] == "/entrer/?next=%2Fsaisie-gardee%2F"
    assert answer["Clear-Site-Data"]
    assert "Ce que vous avez écrit est gardé" in text(tablet.get("/entrer/"))
    member.refresh_from_db()
    assert member.first_name == "Lise"
    # The next person finds nothing of it.
    assert show(tablet, make_card(gem, next_one))["Location"] == "/accueil/"
    assert "Lise la grande" not in text(tablet.get(KEPT))
    assert "Aucune saisie gardée" in text(tablet.get(KEPT))
    tablet.post("/quitter/")
    # Its person finds it, with the same card, and sends it.
    assert show(tablet, card)["Location"] == KEPT
    assert 'value="Lise la grande"' in text(tablet.get(KEPT))
    assert tablet.post("/mon-compte/", TYPED)["Location"] == "/mon-compte/"
    assert not KeptForm.objects.exists()
    member.refresh_from_db()
    assert member.first_name == "Lise la grande"


def test_it_waits_for_them_on_their_telephone_too(tablet, card, member, clock):
    show(tablet, card)
    tablet.get("/mon-compte/")
    clock("2026-10-14 14:20")
    tablet.post("/mon-compte/", TYPED)
    telephone = Client()
    assert show(telephone, card)["Location"] == KEPT
    assert telephone.post(KEPT)["Location"] == "/accueil/"
    assert not KeptForm.objects.exists()


def test_a_week_later_it_is_gone(tablet, card, clock):
    show(tablet, card)
    tablet.get("/mon-compte/")
    clock("2026-10-14 14:20")
    tablet.post("/mon-compte/", TYPED)
    clock("2026-10-21 14:21")
    assert show(Client(), card)["Location"] == "/accueil/"


def test_the_script_closes_and_keeps_what_was_typed(tablet, card, member):
    show(tablet, card)
    sent = {**TYPED, "_page": "/mon-compte/"}
    answer = tablet.post("/tablette/fermer/", sent)
    assert answer["Location"] == START
    assert answer["Clear-Site-Data"]
    kept = KeptForm.objects.get()
    assert (kept.account, kept.page) == (member, "/mon-compte/")
    assert sorted(map(tuple, kept.fields)) == sorted(TYPED.items())
    assert tablet.get("/mon-compte/").status_code == 302


@pytest.mark.parametrize("page", ["", "//ailleurs.test/", "https://ailleurs.test/", "/nulle-part/"])
def test_what_goes_nowhere_of_ours_is_not_kept(tablet, card, page):
    show(tablet, card)
    assert tablet.post("/tablette/fermer/", {**TYPED, "_page": page})["Location"] == START
    assert not KeptForm.objects.exists()


def test_nobody_s_text_is_not_kept_for_the_next_person(tablet, card):
    assert tablet.post("/mon-compte/", TYPED)["Location"] == "/entrer/?next=%2F"
    show(tablet, card)
    assert "Aucune saisie gardée" in text(tablet.get(KEPT))


def test_closing_elsewhere_than_on_a_tablet_does_nothing(card, client):
    show(client, card)
    assert client.post("/tablette/fermer/")["Location"] == "/accueil/"
    assert client.get("/mon-compte/").status_code == 200


def test_saying_one_is_here_prolongs_the_session(tablet, card, clock):
    show(tablet, card)
    tablet.get("/mon-compte/")
    for moment in ("14:08", "14:16", "14:24"):
        clock(f"2026-10-14 {moment}")
        assert tablet.get("/tablette/encore-la/").status_code == 204
    assert tablet.get("/mon-compte/").status_code == 200


def test_our_clock_going_back_closes_nothing_early(tablet, card, clock):
    """The tablet's own clock is never asked: only ours, which may be set right by a few minutes."""
    show(tablet, card)
    tablet.get("/mon-compte/")
    clock("2026-10-14 13:57")
    assert tablet.get("/mon-compte/").status_code == 200


def test_the_question_is_on_the_pages_of_the_tablet_only(tablet, card, client):
    assert "Vous êtes encore là ?" in text(tablet.get("/programme/"))
    assert "sera gardé pour vous" not in text(tablet.get("/programme/"))
    show(tablet, card)
    assert "sera gardé pour vous" in text(tablet.get("/programme/"))
    show(client, card)
    assert "Vous êtes encore là ?" not in text(client.get("/programme/"))


def test_a_text_kept_comes_first_and_the_warning_with_it(tablet, card, member, clock):
    show(tablet, card)
    tablet.get("/mon-compte/")
    clock("2026-10-14 14:20")
    tablet.post("/mon-compte/", TYPED)
    AccessCard.objects.update(used_elsewhere=True)
    assert show(tablet, card)["Location"] == KEPT
    assert "Cette carte a servi sur un autre appareil." in text(tablet.get(KEPT))
