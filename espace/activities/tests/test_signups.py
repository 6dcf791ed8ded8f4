"""Sign-up lists: from a phone, from the tablet, by the bureau, on paper."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader

from espace.accounts import personal_data
from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.activities.actions.programme import stop_series
from espace.activities.choices import ActivityState
from espace.activities.jobs import forget_lists
from espace.activities.models import Activity, Attendance, SignUp
from espace.activities.queries.signups import sign_up_card, sign_up_list
from espace.activities.tests.factories import make_activity, make_series
from espace.activities.tests.test_ideas import words
from espace.groups.choices import Counting
from espace.groups.grants import device_cookie
from espace.groups.models import Device, Gem
from espace.groups.rules.tokens import token_hash
from espace.groups.tests.factories import (
    make_account,
    make_actor,
    make_gem,
    make_mandate,
    make_person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def cooking(gem: Gem) -> Activity:
    return make_activity(gem, FRIDAY, seats=2)


@pytest.fixture
def tablet(gem: Gem, settings: Any) -> Client:
    Device.objects.create(gem=gem, name="Tablette", token_hash=token_hash("secret"))
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie("secret")
    return client


@pytest.fixture
def member(gem: Gem, enter: Callable[..., Client]) -> Callable[..., tuple[Client, Account]]:
    """Return a function that gives the client of a member, with a line on the roll or not."""

    def come(name: str, *, line: bool = True) -> tuple[Client, Account]:
        account = make_account(name, "B")
        make_mandate(gem, account)
        if line:
            make_person(gem, name, "B", account=account)
        return enter(account), account

    return come


def page_of(activity: Activity) -> str:
    return f"/programme/activites/{activity.pk}/"


def list_of(activity: Activity) -> str:
    return f"/programme/activites/{activity.pk}/inscrits/"


def ask(client: Client, activity: Activity, gesture: str = "inscrire") -> Any:
    return client.post(f"{page_of(activity)}inscription/", {"geste": gesture}, follow=True)


def test_a_place_then_a_waiting_list_then_a_place_that_comes_free(
    cooking: Activity, member: Any
) -> None:
    (nadia, _a), (karim, _b), (odile, _c) = member("Nadia"), member("Karim"), member("Odile")
    assert "Il reste 2 places sur 2." in words(nadia.get(page_of(cooking)))
    assert "Votre inscription est notée. La place est gardée." in words(ask(nadia, cooking))
    ask(karim, cooking)
    page = ask(odile, cooking)
    assert "C'est complet : numéro 1 sur la liste d'attente." in words(page)
    assert "Vous êtes numéro 1 sur la liste d'attente." in words(page)
    assert "Une place qui se libère se prend toute seule." in words(page)
    assert "vous laissez votre place" in words(ask(nadia, cooking, "laisser"))
    page = odile.get(page_of(cooking))
    assert "Une place s'est libérée : elle est pour vous." in words(page)
    assert "Une place s'est libérée" not in words(karim.get(page_of(cooking)))
    assert "M'inscrire sur la liste d'attente" in words(nadia.get(page_of(cooking)))


def test_asking_twice_keeps_one_place_and_its_rank(cooking: Activity, member: Any) -> None:
    nadia, _account = member("Nadia")
    karim, _account = member("Karim", line=False)
    for client in (nadia, karim, nadia, karim):
        ask(client, cooking)
    assert SignUp.objects.count() == 2
    for _time in range(2):
        ask(karim, cooking, "laisser")
    assert SignUp.objects.get().person is not None


def test_a_member_reads_numbers_never_names(cooking: Activity, member: Any) -> None:
    nadia, _account = member("Nadia")
    ask(nadia, cooking)
    karim, _account = member("Karim")
    assert "Nadia" not in words(karim.get(page_of(cooking)))
    assert karim.get(list_of(cooking)).status_code == 403
    assert karim.get(f"{list_of(cooking)}liste.pdf").status_code == 403


def test_the_tablet_taps_names_of_the_roll(gem: Gem, cooking: Activity, tablet: Client) -> None:
    people = [make_person(gem, name, "B") for name in ("Nadia", "Karim", "Odile")]
    for person in (people[0], people[0], people[1], people[2]):
        page = tablet.post(list_of(cooking), {"inscrire": person.pk}, follow=True)
    assert "C'est complet : numéro 1 sur la liste d'attente." in words(page)
    assert "1. Nadia B." in words(page)
    assert "Attendent une place" in words(page)
    page = tablet.post(list_of(cooking), {"retirer": people[0].pk}, follow=True)
    assert "place libérée" in words(page)
    assert "Attendent une place" not in words(page)
    stranger = make_person(make_gem("GEM du Port"))
    assert tablet.post(list_of(cooking), {"inscrire": stranger.pk}).status_code == 404
    assert SignUp.objects.count() == 2


def test_phone_and_tablet_keep_one_place_for_one_person(
    cooking: Activity, tablet: Client, member: Any
) -> None:
    nadia, account = member("Nadia")
    ask(nadia, cooking)
    line = account.roll_entries.get()
    tablet.post(list_of(cooking), {"inscrire": line.pk})
    assert SignUp.objects.count() == 1
    tablet.post(list_of(cooking), {"retirer": line.pk})
    assert "Je m'inscris" in words(nadia.get(page_of(cooking)))


def test_without_names_the_tablet_keeps_places(gem: Gem, cooking: Activity, tablet: Client) -> None:
    person = make_person(gem)
    Gem.objects.filter(pk=gem.pk).update(counting=Counting.STICKS)
    key = uuid4()
    for one in (key, key, uuid4(), uuid4()):
        page = tablet.post(list_of(cooking), {"geste": "plus", "cle": one}, follow=True)
    assert "Karim" not in words(page)
    assert SignUp.objects.count() == 3
    assert tablet.post(list_of(cooking), {"inscrire": person.pk}).status_code == 404
    for _time in range(5):
        tablet.post(list_of(cooking), {"geste": "moins", "cle": uuid4()})
    assert not SignUp.objects.exists()


def test_the_bureau_takes_off_someone_without_a_line(
    gem: Gem, cooking: Activity, member: Any, as_role: Callable[..., Client]
) -> None:
    nadia, account = member("Nadia", line=False)
    ask(nadia, cooking)
    elected = as_role(Role.ELECTED, gem)
    assert "1. Nadia B." in words(elected.get(list_of(cooking)))
    elected.post(list_of(cooking), {"retirer_compte": account.pk})
    assert not SignUp.objects.exists()
    assert elected.post(list_of(cooking), {}).status_code == 400


@pytest.mark.parametrize(
    "values",
    [
        {"date": TODAY - timedelta(days=1)},
        {"state": ActivityState.ANNULEE},
        {"seats": None},
    ],
)
def test_a_closed_list_changes_nothing_and_says_so(
    gem: Gem, cooking: Activity, tablet: Client, member: Any, values: dict[str, Any]
) -> None:
    Activity.objects.update(**values)
    nadia, _account = member("Nadia")
    assert "Les inscriptions sont fermées. Rien n'a changé." in words(ask(nadia, cooking))
    sent = {"inscrire": make_person(gem).pk}
    assert "Rien n'a changé." in words(tablet.post(list_of(cooking), sent, follow=True))
    assert not SignUp.objects.exists()


def test_a_list_without_limit_is_asked_for(gem: Gem, member: Any) -> None:
    walk = make_activity(gem, FRIDAY, "Balade", sign_up=True)
    nadia, _account = member("Nadia")
    assert "Votre inscription est notée." in words(ask(nadia, walk))
    assert "1 personne inscrite." in words(nadia.get(page_of(walk)))
    free = make_activity(gem, FRIDAY, "Jeux")
    assert "Inscription" not in words(nadia.get(page_of(free)))


def test_fewer_places_make_the_last_ones_wait(cooking: Activity, member: Any) -> None:
    clients = [member(name)[0] for name in ("Nadia", "Karim")]
    for client in clients:
        ask(client, cooking)
    Activity.objects.update(seats=1)
    assert "Votre place est gardée." in words(clients[0].get(page_of(cooking)))
    assert "numéro 1 sur la liste d'attente" in words(clients[1].get(page_of(cooking)))


# --- Beside the day sheet ---


def test_the_sheet_offers_those_who_signed_up_first_without_counting_them(
    gem: Gem, cooking: Activity, tablet: Client, clock: Any
) -> None:
    alice, zoe = make_person(gem, "Alice", "A"), make_person(gem, "Zoé", "Z")
    tablet.post(list_of(cooking), {"inscrire": zoe.pk})
    Attendance.objects.create(gem=gem, date=FRIDAY, person=alice)
    clock("2026-11-27 14:00")
    url = f"/aujourdhui/{FRIDAY}/activites/{cooking.pk}/"
    page = words(tablet.get(url))
    assert "Les personnes inscrites sont en premier." in page
    assert page.index("Zoé Z.") < page.index("Alice A.")
    assert Attendance.objects.count() == 1
    sent = {"venu": zoe.pk, "activite": cooking.pk}
    tablet.post(f"/aujourdhui/{FRIDAY}/pointer/", sent)
    assert Attendance.objects.filter(person=zoe).count() == 2


def test_later_the_sheet_no_longer_shows_who_did_not_come(
    gem: Gem, cooking: Activity, as_role: Callable[..., Client], clock: Any
) -> None:
    SignUp.objects.create(activity=cooking, person=make_person(gem, "Zoé", "Z"), rank=1)
    for day, shown in (("2026-11-28", True), ("2026-11-29", False)):
        clock(f"{day} 10:00")
        page = as_role(Role.ELECTED, gem).get(f"/aujourdhui/{FRIDAY}/activites/{cooking.pk}/")
        assert ("Zoé Z." in words(page)) is shown


def test_a_series_that_stops_keeps_the_days_someone_signed_up_for(gem: Gem) -> None:
    series = make_series(gem, FRIDAY)
    days = [FRIDAY, FRIDAY + timedelta(weeks=1)]
    first, _second = (make_activity(gem, day, series=series, seats=4) for day in days)
    SignUp.objects.create(activity=first, person=make_person(gem), rank=1)
    stop_series(actor=SYSTEM, gem_id=gem.pk, series_id=series.pk, from_day=TODAY)
    assert list(Activity.objects.values_list("pk", flat=True)) == [first.pk]


# --- Kept for a short time ---


def test_sign_ups_are_forgotten_thirty_days_after_the_day(gem: Gem) -> None:
    for days in (30, 31):
        activity = make_activity(gem, TODAY - timedelta(days=days), seats=2)
        SignUp.objects.create(activity=activity, rank=1)
    for _time in range(2):
        forget_lists("2026-11-24")
    assert SignUp.objects.get().activity.date == TODAY - timedelta(days=30)
    assert Activity.objects.count() == 2


@pytest.mark.parametrize("line", [True, False])
def test_someone_sees_their_places_and_gives_them_back_when_erased(
    cooking: Activity, member: Any, line: bool
) -> None:
    nadia, account = member("Nadia", line=line)
    karim, _account = member("Karim")
    for client in (nadia, karim):
        ask(client, cooking)
    found = [one for one in personal_data.shown(account.pk) if one.key.startswith("places_")]
    assert [row[1][2] for section in found for row in section.rows] == ["Cuisine"]
    personal_data.erase(account.pk)
    assert SignUp.objects.get().person.first_name == "Karim"


# --- On paper ---


def test_the_list_on_paper_has_a_line_for_each_place(
    gem: Gem, cooking: Activity, tablet: Client
) -> None:
    Activity.objects.update(seats=12, title="Sortie au marché de Noël, avec un très long titre")
    tablet.post(list_of(cooking), {"inscrire": make_person(gem, "Nadia", "B").pk})
    answer = tablet.get(f"{list_of(cooking)}liste.pdf")
    reader = PdfReader(BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "1. Nadia B." in " ".join(text.split())
    assert "12." in text
    assert "Liste d'attente" in text
    assert len(reader.pages) == 1
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


# --- Cost ---


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_stays_light_and_asks_the_same_questions(
    gem: Gem, tablet: Client, queries: Callable[..., Any], count: int
) -> None:
    outing = make_activity(gem, FRIDAY, seats=20)
    people = [make_person(gem, f"Nadia{rank:02d}", "B") for rank in range(count)]
    for rank, person in enumerate(people[:24], 1):
        SignUp.objects.create(activity=outing, person=person, rank=rank)
    actor = make_actor(Role.ELECTED, gem, make_account())
    with queries() as captured:
        sign_up_list(actor, gem.pk, outing.pk)
    assert len(captured) == 4
    with queries() as captured:
        sign_up_card(actor, gem.pk, outing.pk)
    assert len(captured) == 4
    page = html.fromstring(tablet.get(list_of(outing)).content)
    assert len(list(page.iter("*"))) <= 350
