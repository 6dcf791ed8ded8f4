"""The members' meeting: it reads the ideas one by one, and writes the week."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.activities.choices import Family, IdeaFrom, IdeaState, LedBy, Place
from espace.activities.models import Activity, Attendance, Idea
from espace.activities.queries.picks import meeting, placing
from espace.activities.tests.factories import make_slot
from espace.activities.tests.test_ideas import make_idea, words
from espace.groups.grants import device_cookie
from espace.groups.models import Device, Gem
from espace.groups.rules.tokens import token_hash
from espace.groups.tests.factories import make_actor, make_gem, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)  # a Tuesday
PICK = "/programme/choisir/"
DAYS = "/programme/choisir/jours/"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    gem = make_gem()
    for rank in (1, 2, 3):
        make_slot(gem, TODAY + timedelta(days=rank))
    return gem


@pytest.fixture
def tablet(gem: Gem, settings: Any) -> Client:
    Device.objects.create(gem=gem, name="Tablette", token_hash=token_hash("secret"))
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie("secret")
    return client


def say(client: Client, idea: Idea, answer: str, **more: str) -> Any:
    url = f"/programme/idees/{idea.pk}/repondre/"
    return client.post(url, {"reponse": answer, "en_reunion": "boite", **more}, follow=True)


def form_of(page: Any) -> Any:
    return html.fromstring(page.content).xpath("//main//form")[0]


def sent_by(page: Any, **changed: str) -> dict[str, str]:
    """Return what the form of the days would send; ``changed`` by the end of a field's name."""
    values = {name: value or "" for name, value in form_of(page).form_values()}
    for end, value in changed.items():
        (name,) = [one for one in form_of(page).fields if one.partition("-")[2] == end]
        values[name] = value
    return values


def test_the_meeting_round_the_tablet_goes_from_ideas_to_the_week(gem: Gem, tablet: Client) -> None:
    sea = make_idea(gem, "Aller voir la mer", received_on=TODAY - timedelta(days=9))
    karaoke = make_idea(gem, "Karaoké", received_on=TODAY - timedelta(days=8), will_lead=True)
    museum = make_idea(gem, "Musée", received_on=TODAY - timedelta(days=7))
    page = tablet.get(PICK)
    assert "Encore 3 idées à lire ensemble." in words(page)
    assert "Aller voir la mer" in words(page)
    page = say(tablet, sea, "retenue")
    assert "« Aller voir la mer » : cette semaine." in words(page)
    assert "Karaoké" in words(page)
    page = say(tablet, karaoke, "retenue")
    page = say(tablet, museum, "non_merci")
    assert "Toutes les idées sont lues." in words(page)
    assert "2 idées choisies" in words(page)
    page = tablet.get(DAYS)
    done = tablet.post(DAYS, sent_by(page), follow=True)
    assert "2 activités de plus au programme." in words(done)
    first, second = Activity.objects.order_by("date")
    assert (first.title, first.date, first.starts_at) == (
        "Aller voir la mer",
        TODAY + timedelta(days=1),
        time(14),
    )
    assert (first.hours, first.idea_from, first.led_by) == (Decimal(2), IdeaFrom.ADHERENTS, "")
    assert (second.title, second.date) == ("Karaoké", TODAY + timedelta(days=2))
    assert second.led_by == LedBy.ADHERENT
    sea.refresh_from_db()
    assert (sea.state, sea.answered_on, sea.activity) == (IdeaState.RETENUE, TODAY, first)
    lines = JournalEntry.objects.filter(action="activities.place_idea")
    assert {line.device_id for line in lines} == {Device.objects.get().pk}
    shown = words(tablet.get(f"/programme/activites/{first.pk}/"))
    assert "Idée de la boîte, choisie le 24 novembre 2026 : « Aller voir la mer »" in shown
    assert gem.version < Gem.objects.get().version


def test_everything_said_is_written(gem: Gem, as_role: Callable[..., Client]) -> None:
    make_idea(gem, "Repas de quartier", state=IdeaState.RETENUE, answered_on=TODAY)
    elected = as_role(Role.ELECTED, gem)
    sent = sent_by(
        elected.get(DAYS),
        title="Repas partagé",
        other_day="12/12/2026",
        starts_at="12 h",
        hours="3 h",
        place="ville",
        place_detail="Salle des fêtes",
        led_by="adherent_et_salarie",
        family="repas_cuisine",
        idea_from="ensemble",
        seats="12",
        price="2,50",
        families_welcome="on",
    )
    elected.post(DAYS, sent)
    row = Activity.objects.get()
    assert (row.title, row.date, row.starts_at) == ("Repas partagé", date(2026, 12, 12), time(12))
    assert (row.place, row.place_detail) == (Place.VILLE, "Salle des fêtes")
    assert (row.led_by, row.family) == (LedBy.ADHERENT_ET_SALARIE, Family.REPAS_CUISINE)
    assert (row.idea_from, row.seats, row.price_cents) == (IdeaFrom.ENSEMBLE, 12, 250)
    assert row.families_welcome
    assert row.changed_by_hand


def test_sending_twice_writes_once(gem: Gem, tablet: Client) -> None:
    for rank in range(5):
        make_idea(gem, f"Idée {rank}", state=IdeaState.RETENUE, answered_on=TODAY)
    page = tablet.get(DAYS)
    assert len(form_of(page).xpath(".//section")) == 2
    sent = sent_by(page)
    for _time in range(3):
        page = tablet.post(DAYS, sent)
    assert Activity.objects.count() == 2
    page = tablet.post(DAYS, sent_by(tablet.get(DAYS)))
    assert page["Location"] == DAYS
    page = tablet.post(DAYS, sent_by(tablet.get(DAYS)))
    assert page["Location"] == "/programme/?semaine=2026-W48"
    assert Activity.objects.count() == 5
    assert "Aucune idée choisie n'attend un jour." in words(tablet.get(DAYS))


def test_an_idea_may_be_left_for_later_even_with_an_odd_hour(gem: Gem, tablet: Client) -> None:
    idea = make_idea(gem, state=IdeaState.RETENUE, answered_on=TODAY)
    tablet.post(DAYS, sent_by(tablet.get(DAYS), starts_at="tantôt", leave="on"))
    idea.refresh_from_db()
    assert (idea.state, idea.activity) == (IdeaState.RETENUE, None)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("starts_at", "tantôt", "Cette heure n'est pas comprise."),
        ("other_day", "01/11/2026", "Ce jour est passé."),
        ("title", "", "Il manque le titre."),
        ("day", "", "Choisissez un jour."),
    ],
)
def test_what_is_wrong_writes_nothing(
    gem: Gem, tablet: Client, field: str, value: str, said: str
) -> None:
    make_idea(gem, state=IdeaState.RETENUE, answered_on=TODAY)
    page = tablet.post(DAYS, sent_by(tablet.get(DAYS), **{field: value}))
    assert said in words(page)
    assert not Activity.objects.exists()


def test_an_answer_is_taken_back_and_later_is_read_again(
    gem: Gem, tablet: Client, clock: Any
) -> None:
    idea = make_idea(gem)
    say(tablet, idea, "plus_tard")
    assert "Relire" not in words(tablet.get(PICK))
    page = say(tablet, idea, "boite")
    assert "Encore 1 idée à lire ensemble." in words(page)
    say(tablet, idea, "plus_tard")
    clock("2026-12-01 11:00")
    assert "Relire l'idée gardée pour plus tard" in words(tablet.get(PICK))
    page = tablet.get(f"{PICK}?voir=plus_tard")
    assert "Encore 1 idée à lire ensemble." in words(page)
    page = say(tablet, idea, "non_merci", en_reunion="plus_tard")
    assert "Toutes les idées sont lues." in words(page)
    idea.refresh_from_db()
    assert (idea.state, idea.answered_on) == (IdeaState.NON_MERCI, date(2026, 12, 1))


def test_the_bureau_undoes_a_pick_for_thirty_days(
    gem: Gem, tablet: Client, as_role: Callable[..., Client], clock: Any
) -> None:
    idea = make_idea(gem, state=IdeaState.RETENUE, answered_on=TODAY)
    tablet.post(DAYS, sent_by(tablet.get(DAYS)))
    undo = f"/programme/idees/{idea.pk}/retirer/"
    for client in (tablet, as_role(Role.MEMBER, gem)):
        assert client.post(undo).status_code == 403
    came = Attendance.objects.create(
        gem=gem, date=TODAY, person=make_person(gem), activity=Activity.objects.get()
    )
    elected = as_role(Role.ELECTED, gem)
    assert "Des personnes y sont notées." in words(elected.post(undo, follow=True))
    came.delete()
    clock("2026-12-25 11:00")
    elected = as_role(Role.ELECTED, gem)
    assert "C'est trop ancien." in words(elected.post(undo, follow=True))
    clock("2026-12-24 11:00")
    assert Activity.objects.count() == 1
    assert "C'est retiré du programme." in words(elected.post(undo, follow=True))
    elected.post(undo)
    assert not Activity.objects.exists()
    idea.refresh_from_db()
    assert (idea.state, idea.answered_on) == (IdeaState.BOITE, None)


def test_a_member_alone_does_not_pick(gem: Gem, as_role: Callable[..., Client]) -> None:
    idea = make_idea(gem)
    for role in (Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR):
        client = as_role(role, gem)
        assert client.get(PICK).status_code == 403
        assert client.get(DAYS).status_code == 403
        assert say(client, idea, "retenue").status_code == 403
    idea.refresh_from_db()
    assert idea.state == IdeaState.BOITE


def test_a_hidden_idea_is_not_asked(gem: Gem, tablet: Client) -> None:
    idea = make_idea(gem, hidden_on=TODAY)
    assert "Toutes les idées sont lues." in words(tablet.get(PICK))
    assert say(tablet, idea, "retenue").status_code == 404


def test_without_any_opening_today_is_proposed(tablet: Client, gem: Gem) -> None:
    gem.slots.all().delete()
    make_idea(gem, state=IdeaState.RETENUE, answered_on=TODAY)
    tablet.post(DAYS, sent_by(tablet.get(DAYS)))
    assert Activity.objects.get().date == TODAY


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_pages_stay_light_and_ask_the_same_questions(
    gem: Gem, tablet: Client, queries: Callable[..., Any], count: int
) -> None:
    for rank in range(14):
        make_slot(gem, TODAY + timedelta(days=rank), 9)
    for rank in range(count):
        make_idea(gem, f"Idée {rank}", state=IdeaState.RETENUE, answered_on=TODAY)
        make_idea(gem, f"Autre idée {rank}")
    actor = make_actor(Role.ELECTED, gem)
    with queries() as captured:
        meeting(actor, gem.pk, last=uuid4())
    assert len(captured) == 6
    with queries() as captured:
        placing(actor, gem.pk)
    assert len(captured) == 5
    for url in (PICK, DAYS):
        page = html.fromstring(tablet.get(url).content)
        assert len(list(page.iter("*"))) <= 350, url
