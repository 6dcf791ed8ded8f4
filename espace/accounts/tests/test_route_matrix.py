"""Every address x every role x a thing of another GEM: never shown, never changed, never guessed.

The answer is the one given for a thing that does not exist, to the letter and to the number of
SQL queries: neither its words nor the time it takes tell that the thing is there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from espace.accounts.choices import Role
from espace.accounts.tests.test_url_access import (
    OBJECTS,
    PARAMETER,
    WORDS,
    declared,
    leads_to_the_door,
)
from espace.groups.actions.devices import enrol_device
from espace.groups.grants import device_cookie
from espace.groups.models import Gem, TerritoryMandate
from espace.groups.tests.factories import make_account, make_actor, make_gem

NOBODY = "nobody"
IN_A_GEM = (
    Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER, Role.SPONSOR, Role.MANAGER,
)  # fmt: skip
TERRITORIES = {
    Role.FEDERATION: "nation",
    Role.DELEGATE: "region:11",
    Role.ARS: "region:11",
    Role.CNSA: "nation",
    Role.MUNICIPALITY: "departement:75",
}
EVERYONE = (NOBODY, *Role.values)
INSTITUTIONS = (Role.SPONSOR, Role.MANAGER, *TERRITORIES)
"""They read what a GEM sends them: they never write in it, be it the GEM they work with."""

NETWORK = frozenset({Role.FEDERATION})
MEANT_FOR: dict[str, frozenset[str]] = {
    # FiGEM's team runs the list of GEM: facts on organisations, tested in espace/federation/tests.
    "/reseau/importer/<uuid:list_id>/": NETWORK,
    "/reseau/importer/<uuid:list_id>/ajouter/": NETWORK,
    "/reseau/importer/<uuid:list_id>/abandonner/": NETWORK,
    "/reseau/importer/<uuid:list_id>/annuler/": NETWORK,
    "/reseau/gem/<uuid:gem_id>/": NETWORK,
    # A survey drawn up by FiGEM is of no GEM.
    "/reseau/enquetes/<uuid:national_id>/": NETWORK,
    "/reseau/enquetes/<uuid:national_id>/tableaux.csv": NETWORK,
    # FiGEM reads the reports that GEM sent (dossier 3.2): tested in espace/partners/tests.
    "/reseau/chiffres/vues/<uuid:view_id>/retirer/": NETWORK,
    "/reseau/bilans-passes/<uuid:figure_id>/retirer/": NETWORK,
    "/mon-territoire/recus/<uuid:version_id>/": NETWORK,
    "/mon-territoire/recus/<uuid:version_id>/question/": NETWORK,
    "/mon-territoire/recus/<uuid:version_id>/bien-recu/": NETWORK,
    "/mon-territoire/recus/<uuid:version_id>/document.pdf": NETWORK,
    "/mon-territoire/recus/<uuid:version_id>/tableau.xlsx": NETWORK,
    "/reseau/gem/<uuid:gem_id>/etat/": NETWORK,
    "/reseau/gem/<uuid:gem_id>/figem/": NETWORK,
    "/reseau/gem/<uuid:gem_id>/lettre/": NETWORK,
    "/reseau/gem/<uuid:gem_id>/lettre/retirer/": NETWORK,
    "/reseau/gem/<uuid:gem_id>/aide/<uuid:help_id>/": NETWORK,
}
"""Addresses made to look at a GEM from outside it, and who may: each line needs its reason."""

MISSING = UUID(int=9)
TYPED = re.compile(r"<(?:(\w+):)?(\w+)>")
HTMX = {"HX-Request": "true"}


def routes_of_things() -> list[str]:
    return [route for route in declared() if things_of(route)]


def things_of(route: str) -> list[str]:
    return [name for name in PARAMETER.findall(route) if name not in WORDS]


def test_every_parameter_is_a_word_or_a_thing_of_a_gem():
    """An address with a parameter that nobody described would escape the matrix."""
    unknown = [
        f"<{kind}:{name}> of {route}"
        for route in declared()
        for kind, name in TYPED.findall(route)
        if name not in OBJECTS and (name not in WORDS or kind == "uuid")
    ]
    assert unknown == [], "say in OBJECTS how to make one in a GEM"


def fill(route: str, ids: Mapping[str, Any]) -> str:
    """Return the address with its words, and the ids given for its things."""
    return PARAMETER.sub(lambda one: WORDS.get(one.group(1)) or str(ids[one.group(1)]), route)


@pytest.fixture
def come_as(
    clock: Callable[[str], Any], as_role: Callable[..., Client], enter: Callable[..., Client],
    settings: Any,
) -> Callable[[str, Gem], Client]:  # fmt: skip
    """Return a function that gives the client of a role, in or around a GEM."""
    clock("2026-10-14 14:00")

    def come(role: str, gem: Gem) -> Client:
        if role == NOBODY:
            return Client()
        if role == Role.DEVICE:
            client = Client()
            token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="T")
            client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
            return client
        if role in TERRITORIES:
            account = make_account()
            TerritoryMandate.objects.create(
                account=account,
                role=role,
                territory=TERRITORIES[Role(role)],
                started_on=date(2024, 1, 1),
            )
            return enter(account)
        assert role in IN_A_GEM, f"say in this file how someone comes as {role}"
        return as_role(role, gem)

    return come


def sendings(client: Client) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Yield the four ways to ask: read or write, a whole page or a part of it."""
    for name, send in (("GET", client.get), ("POST", client.post)):
        yield name, send
        yield f"{name} htmx", lambda url, send=send: send(url, headers=HTMX)


def empty_the_notices(client: Client) -> None:
    """What one answer left to say is shown once, so that the next pages are alike."""
    client.get("/aide/")


def asked(send: Callable[[str], Any], url: str, ids: Mapping[str, Any]) -> tuple[Any, Any, int]:
    """Return the answer, what it tells, and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        answer = send(url)
    return answer, told(answer, url, ids), len(captured)


def told(answer: Any, url: str, ids: Mapping[str, Any]) -> tuple[int, str, str, str]:
    """Return what an answer tells, without the address asked, its ids and its token."""
    page = answer.content.decode(errors="replace").replace(url, "")
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    lead = [
        answer.get(name, "").replace(quote(url, ""), "") for name in ("Location", "HX-Redirect")
    ]
    for thing_id in ids.values():
        page = page.replace(str(thing_id), "id")
    return answer.status_code, *lead, page


def state(thing: Any) -> Any:
    """Return the row of ``thing`` as it is in the database now."""
    return type(thing).objects.filter(pk=thing.pk).values().first()


@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYONE)
def test_a_thing_of_another_gem_is_like_a_missing_one(role, come_as):
    client, other = come_as(role, make_gem()), make_gem("GEM du Canal")
    things = {name: make(other) for name, make in OBJECTS.items()}
    theirs = {name: thing.pk for name, thing in things.items()}
    nowhere = dict.fromkeys(OBJECTS, MISSING)
    before = {name: state(thing) for name, thing in things.items()}
    empty_the_notices(client)
    wrong: list[tuple[str, str, Any]] = []
    for route in routes_of_things():
        if role in MEANT_FOR.get(route, ()):
            continue
        for way, send in sendings(client):
            missing = asked(send, fill(route, nowhere), nowhere)
            answer = asked(send, fill(route, theirs), theirs)
            if missing[0].status_code == answer[0].status_code == 405:
                continue
            if answer[0].status_code == 302:
                empty_the_notices(client)
            if answer[0].status_code == 200 and "HX-Redirect" not in answer[0].headers:
                wrong.append((route, way, "opened"))
            if answer[1] != missing[1]:
                wrong.append((route, way, (answer[0].status_code, missing[0].status_code)))
            if answer[2] != missing[2]:
                wrong.append((route, way, f"{answer[2]} queries, {missing[2]} when missing"))
    changed = [name for name, thing in things.items() if state(thing) != before[name]]
    assert (wrong, changed) == ([], [])


@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYONE)
def test_a_refusal_in_ones_own_gem_changes_nothing(role, come_as):
    """The thing is there; who asks has not the role for it: it stays as it was."""
    gem = make_gem()
    client = come_as(role, gem)
    wrong = []
    for route in routes_of_things():
        things = {name: OBJECTS[name](gem) for name in things_of(route)}
        before = {name: state(thing) for name, thing in things.items()}
        url = fill(route, {name: thing.pk for name, thing in things.items()})
        for way, send in (("GET", client.get), ("POST", client.post)):
            answer = send(url)
            refused = answer.status_code in (403, 404, 405) or leads_to_the_door(answer)
            meant = role not in INSTITUTIONS or role in MEANT_FOR.get(route, ())
            may_change = way == "POST" and not refused and meant
            if not may_change and any(state(t) != before[name] for name, t in things.items()):
                wrong.append((route, way, answer.status_code))
        for thing in things.values():
            type(thing).objects.filter(pk=thing.pk).delete()
    assert wrong == []
