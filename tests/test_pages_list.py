"""tests/pages.txt holds every page: what is not on it is looked at elsewhere, and said why here."""

import re

import pytest
from django.test import Client

from espace.accounts.choices import Role
from espace.accounts.tests.test_url_access import address, declared
from espace.federation.tests.factories import make_team
from espace.groups.actions.devices import enrol_device
from espace.groups.grants import device_cookie
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate
from tests.site import pages

AN_ID = "3d5e3b9b-ee60-43cc-89e5-bb54d5712ca3"
IN_GEM = (Role.ELECTED, Role.ANIMATOR, Role.MEMBER)
# Pages that need something done just before: no address alone opens them.
AFTER_A_GESTURE = {
    "/entrer/code/": "once a code was asked for: tests/accessibility/test_steps.py",
    "/entrer/deuxieme-etape/": "once signed in with one proof: tests/browser/test_passkeys.py",
    "/entrer/deuxieme-etape/code/": "the same",
    "/entrer/deuxieme-etape/a-deux/": "the same, on the tablet: tests/browser/test_cards.py",
    "/ouvrir/votre-gem/": "once a letter was read: tests/accessibility/test_steps.py",
    "/ouvrir/vous/": "the same",
    "/mon-compte/protection/codes/": "shown once: tests/browser/test_passkeys.py",
    "/aujourdhui/<str:day>/activites/<uuid:activity_id>/": "an activity of the day: the same sheet",
    "/reseau/importer/<uuid:list_id>/": "once a list was read: the federation's own tests",
    "/decider/reunions/<uuid:meeting_id>/encore/": "once a quorum was missed: governance's tests",
    "/decider/votes/<uuid:vote_id>/ouvrir/": "while a vote is prepared: governance's tests",
    "/notre-gem/bilans/<slug:kind>/<int:year>/signatures/": "while the bureau reads: reports",
    "/import/<uuid:batch_id>/": "once a file was read: tests/browser/test_journeys.py",
    "/import/<uuid:batch_id>/reponses/": "the same",
    "/import/<uuid:batch_id>/apercu/": "the same",
    "/import/<uuid:batch_id>/annuler/": "the same",
}
# A passkey is of the browser itself: without scripts these say so, and show another way.
NEED_SCRIPTS = {
    "/entrer/cle/": "tests/browser/test_passkeys.py",
    "/entrer/deuxieme-etape/cle/": "the same",
    "/mon-compte/protection/cle/": "the same",
}
COPIES = {"/mon-compte/mes-donnees/copie.html": "a file to keep, without the frame of the site"}

ELSEWHERE = {**AFTER_A_GESTURE, **NEED_SCRIPTS, **COPIES}


def pattern(route: str) -> re.Pattern[str]:
    """Return what an address of ``route`` looks like in the list."""
    return re.compile(re.sub(r"<[^>]+>", "[^/]+", route) + r"(\?.*)?")


def routes_apart() -> list[str]:
    """Return the routes that no line of the list opens, those with fixed words first."""
    listed = [listed.replace("*", AN_ID) for _, listed in pages()]
    fixed = {route for route in declared() if "<" not in route}
    return [
        route
        for route in declared()
        if not any(
            pattern(route).fullmatch(one)
            for one in listed
            if route in fixed or one.partition("?")[0] not in fixed
        )
    ]


@pytest.fixture
def everyone(clock, enter, settings) -> list[Client]:
    """One browser for nobody, the tablet of a GEM, and each kind of role."""
    clock("2026-10-14 14:00")
    gem = make_gem()
    clients = [Client()]
    for role in IN_GEM:
        account = make_account()
        make_mandate(gem, account, role)
        clients.append(enter(account))
    clients.append(enter(make_team(Role.FEDERATION, "nation")))
    tablet = Client()
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    tablet.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
    return [*clients, tablet]


def is_page(answer) -> bool:
    return answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")


@pytest.mark.django_db
def test_a_page_is_in_the_list_or_said_to_be_seen_elsewhere(everyone):
    gem = Gem.objects.get()
    forgotten = []
    for route in routes_apart():
        url = address(route, gem)
        if any(is_page(client.get(url)) for client in everyone):
            forgotten.append(route)
    assert sorted(set(forgotten) - set(ELSEWHERE)) == []


def test_what_is_said_to_be_seen_elsewhere_is_an_address_left_out():
    assert sorted(set(ELSEWHERE) - set(routes_apart())) == []
