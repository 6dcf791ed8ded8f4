"""What one reads when something goes wrong, and where each person lands after signing in."""

from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from espace.accounts.access import NOBODY, Actor, Grant
from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed
from espace.groups.tests.factories import make_gem
from espace.public import views
from espace.public.home import home_of

GEM = uuid4()


def test_a_page_left_open_says_that_nothing_was_sent_and_leads_back():
    careful = Client(enforce_csrf_checks=True)
    back = "http://testserver/affichage/"
    answer = careful.post("/affichage/", {"text": "150"}, headers={"Referer": back})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Rien n&#x27;a été effacé" in text or "Rien n'a été effacé" in text
    assert f'href="{back}"' in text


def test_the_way_back_stays_on_this_site():
    careful = Client(enforce_csrf_checks=True)
    answer = careful.post("/affichage/", headers={"Referer": "http://ailleurs.example/piege/"})
    assert "ailleurs" not in answer.content.decode()


def test_a_closed_door_says_who_can_open_it():
    request = RequestFactory().get("/quelque-part/")
    request.actor = NOBODY
    answer = views.not_allowed(request, NotAllowed("things.open", "le bureau du GEM"))
    assert answer.status_code == 403
    assert "le bureau du GEM" in answer.content.decode()


def test_a_lost_address_leads_home(client: Client):
    answer = client.get("/une-page-perdue/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_a_fault_of_ours_is_told_without_the_database():
    answer = views.broken(RequestFactory().get("/"))
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "Cela vient de nous" in text
    assert 'href="tel:3114"' in text


def test_something_that_cannot_be_read_is_told_in_french():
    careful = Client(raise_request_exception=False)
    many = {f"field{number}": "x" for number in range(4000)}
    answer = careful.post("/affichage/", many)
    assert answer.status_code == 400
    assert "Rien n'a changé" in answer.content.decode()


@pytest.mark.parametrize(
    ("actor", "way"),
    [
        (NOBODY, "/"),
        (Actor(device_id=uuid4(), gem_id=GEM), "/tablette/"),
        (Actor(uuid4(), grants=frozenset({Grant(Role.ANIMATOR, GEM)}), gem_id=GEM), "/aujourdhui/"),
        (Actor(uuid4(), grants=frozenset({Grant(Role.ELECTED, GEM)}), gem_id=GEM), "/notre-gem/"),
        (Actor(uuid4(), grants=frozenset({Grant(Role.MEMBER, GEM)}), gem_id=GEM), "/programme/"),
        (
            Actor(uuid4(), grants=frozenset({Grant(Role.ARS, territory="region:53")})),
            "/mon-territoire/",
        ),
        (Actor(uuid4(), grants=frozenset({Grant(Role.SPONSOR, GEM)}), gem_id=GEM), ""),
    ],
)
def test_each_person_lands_where_something_waits(actor, way):
    assert home_of(actor) == way


def test_an_address_that_only_receives_forms_says_so(client: Client):
    answer = client.get("/entrer/demonstration/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    # A browser reads no further than the length it is told.
    assert answer["Content-Length"] == str(len(answer.content))
    assert "ouvre pas seule" in answer.content.decode()


@pytest.mark.django_db
def test_whoever_holds_the_place_today_lands_on_its_sheet(as_role):
    member = as_role(Role.MEMBER, make_gem())
    assert member.get("/accueil/")["Location"] == "/programme/"
    member.post("/aujourdhui/tenir/")
    assert member.get("/accueil/")["Location"] == "/aujourdhui/"
    member.post("/aujourdhui/ne-plus-tenir/")
    assert member.get("/accueil/")["Location"] == "/programme/"
