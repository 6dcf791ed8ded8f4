"""The life of a GEM, through its own page, and what closing stops."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.accounts.permissions import stops_when_closed, table
from espace.groups.actions.devices import enrol_device
from espace.groups.actions.states import change_state
from espace.groups.choices import GemStatus, StateReason
from espace.groups.grants import device_cookie
from espace.groups.models import GemState, Person
from espace.groups.rules.states import (
    StateRefusal,
    StateRefusedError,
    check_change,
    next_states,
)
from espace.groups.tests.factories import make_actor, make_gem

pytestmark = pytest.mark.django_db
PAUSE = {"state": "pause", "since": "10/10/2026", "reason": "travaux"}


@pytest.fixture
def gem(clock):
    clock("2026-10-14 14:00")
    return make_gem()


def close(gem, state=GemStatus.FERME):
    change_state(
        actor=SYSTEM, gem_id=gem.pk, state=state, since=date(2026, 10, 1), reason=StateReason.OTHER
    )
    gem.refresh_from_db()


def test_the_bureau_pauses_and_takes_up_again(gem, as_role):
    elected = as_role(Role.ELECTED, gem)
    assert elected.post("/notre-gem/etat/", PAUSE)["Location"] == "/notre-gem/etat/"
    gem.refresh_from_db()
    assert gem.status == GemStatus.PAUSE
    page = elected.get("/notre-gem/etat/").content.decode()
    assert "En pause" in page
    assert "Travaux ou déménagement." in page
    again = {"state": "actif", "since": "14/10/2026", "reason": "retour"}
    assert elected.post("/notre-gem/etat/", again).status_code == 302
    gem.refresh_from_db()
    assert gem.status == GemStatus.ACTIF
    assert [row.state for row in GemState.objects.order_by("number")] == ["pause", "actif"]


def test_the_same_state_twice_is_one_line(gem):
    for _time in range(2):
        close(gem, GemStatus.PAUSE)
    assert GemState.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.MEMBER])
def test_others_read_the_state_and_change_nothing(gem, as_role, role):
    client = as_role(role, gem)
    assert client.get("/notre-gem/etat/").status_code == 200
    assert client.post("/notre-gem/etat/", PAUSE).status_code == 403
    assert not GemState.objects.exists()


def test_the_bureau_does_not_close(gem, as_role):
    elected = as_role(Role.ELECTED, gem)
    assert elected.post("/notre-gem/etat/", {**PAUSE, "state": "ferme"}).status_code == 422
    with pytest.raises(StateRefusedError):
        change_state(
            actor=make_actor(Role.ELECTED, gem),
            gem_id=gem.pk,
            state=GemStatus.FERME,
            since=date(2026, 10, 14),
            reason=StateReason.OTHER,
        )


def test_a_day_to_come_is_refused(gem, as_role):
    answer = as_role(Role.ELECTED, gem).post("/notre-gem/etat/", {**PAUSE, "since": "1/12/2026"})
    assert answer.status_code == 422
    assert "pas encore là" in answer.content.decode()


def test_a_closed_gem_is_read_and_not_written(gem, as_role):
    elected = as_role(Role.ELECTED, gem)
    person = {"first_name": "Karim", "initial_letter": "J", "key": str(uuid4())}
    assert "fermé" not in elected.get("/notre-gem/").content.decode()
    close(gem)
    page = elected.get("/notre-gem/carnet/")
    assert page.status_code == 200
    assert "Ce GEM est fermé." in page.content.decode()
    refused = elected.post("/notre-gem/carnet/ajouter/", person)
    assert refused.status_code == 403
    assert "de la FiGEM rouvre le GEM" in refused.content.decode()
    assert not Person.objects.exists()
    close(gem, GemStatus.ACTIF)
    assert elected.post("/notre-gem/carnet/ajouter/", person).status_code == 302
    assert Person.objects.count() == 1


def test_the_tablet_of_a_closed_gem_writes_nothing(gem, client, settings):
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
    newcomer = {"nom": "Zoé M", "cle": "1d6e3a0e-0d2b-4a4e-9f0e-52b6a4b9d001"}
    close(gem)
    assert client.get("/aujourdhui/2026-10-14/").status_code == 200
    path = "/aujourdhui/2026-10-14/nouvelle-personne/"
    assert client.post(path, newcomer).status_code == 403
    assert not Person.objects.exists()


def test_another_gem_of_the_same_person_stays_open(gem, enter):
    from_elsewhere = make_gem("GEM du Canal")
    close(gem)
    actor = make_actor(Role.ELECTED, from_elsewhere)
    assert actor.closed == frozenset()


def test_reading_stays_and_writing_stops():
    kept = {name for name in table() if not stops_when_closed(name)}
    assert {"groups.read_roll", "activities.see_today", "groups.end_roles"} <= kept
    assert not kept & {"groups.edit_roll", "activities.record_attendance", "groups.give_roles"}


@given(st.sampled_from(GemStatus), st.sampled_from(GemStatus), st.booleans())
def test_no_state_follows_itself_and_the_bureau_only_pauses(state, new, federation):
    choices = next_states(state, is_federation=federation)
    assert state not in choices
    if not federation:
        assert {state, *choices} <= {GemStatus.ACTIF, GemStatus.PAUSE} or not choices
    day = date(2026, 10, 14)
    if new in choices:
        check_change(state, new, since=day, today=day, is_federation=federation)
    else:
        with pytest.raises(StateRefusedError) as refused:
            check_change(state, new, since=day, today=day, is_federation=federation)
        assert refused.value.reason is StateRefusal.NOT_YOURS
