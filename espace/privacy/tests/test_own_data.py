"""« Mes données » : all that is kept, who opened it, and two files to take away."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from espace.accounts.choices import Role
from espace.accounts.models import Account, JournalEntry
from espace.activities.models import Attendance
from espace.groups.actions.devices import enrol_device
from espace.groups.choices import AgeBand
from espace.groups.grants import device_cookie
from espace.groups.models import Gem, Person
from espace.groups.tests.factories import (
    make_account,
    make_actor,
    make_gem,
    make_mandate,
    make_person,
)

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/mes-donnees/"
FILE = f"{PAGE}fichier.json"
COPY = f"{PAGE}copie.html"
DAY = date(2026, 10, 14)


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def odile(gem: Gem) -> Account:
    account = make_account("Odile", "Z")
    make_mandate(gem, account, Role.MEMBER)
    return account


@pytest.fixture
def line(gem: Gem, odile: Account) -> Person:
    made = make_person(gem, "Odile", "Z", account=odile, age_band=AgeBand.values[1])
    Attendance.objects.create(gem=gem, date=DAY, person=made)
    return made


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_page_says_what_why_who_and_how_long(
    enter: Callable[..., Client], odile: Account, line: Person
) -> None:
    page = text_of(enter(odile), PAGE)
    for said in (str(odile.email), "Odile Z.", "14 octobre 2026", "Pourquoi :", "Qui le voit :"):
        assert said in page
    assert "Puis seulement des totaux." in page
    assert "Personne d'autre, depuis 12 mois." in page


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_file(
    enter: Callable[..., Client], gem: Gem, odile: Account, line: Person
) -> None:
    for day in range(1, 12):
        Attendance.objects.create(gem=gem, date=date(2026, 9, day), person=line)
    client = enter(odile)
    assert "Voir les 4 autres lignes" in text_of(client, PAGE)
    assert "1 septembre 2026" in text_of(client, f"{PAGE}?tout=oui")
    held = json.loads(client.get(FILE).content)
    presences = next(each for each in held["sections"] if each["key"] == "presences")
    assert len(presences["rows"]) == 12


def test_the_json_file_is_readable_without_us(
    enter: Callable[..., Client], odile: Account, line: Person
) -> None:
    answer = enter(odile).get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    assert "no-store" in answer["Cache-Control"]
    held = json.loads(answer.content)
    assert (held["format"], held["version"]) == ("mon-espace-figem/mes-donnees", 1)
    assert held["made_at"] == "2026-10-14T12:00:00+00:00"
    assert {"key", "title", "why", "seen_by", "kept", "rows"} == set(held["sections"][0])
    account = next(each for each in held["sections"] if each["key"] == "account")
    assert account["rows"][0]["email"] == odile.email
    assert held["opened_by"] == []


def test_the_copy_holds_its_own_style_and_asks_nothing_of_anyone(
    enter: Callable[..., Client], odile: Account, line: Person
) -> None:
    answer = enter(odile).get(COPY)
    page = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="mes-donnees.html"'
    assert "<style>" in page
    assert "14 octobre 2026" in page
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []


def test_taking_a_copy_is_in_the_journal_once_a_day(
    enter: Callable[..., Client], odile: Account
) -> None:
    client = enter(odile)
    for url in (FILE, COPY, FILE):
        client.get(url)
    taken = JournalEntry.objects.filter(action="privacy.download_own_data")
    assert [(each.account_id, each.thing) for each in taken] == [(odile.pk, str(odile.pk))]


def test_no_file_is_left_on_the_tablet_of_the_gem(
    enter: Callable[..., Client], gem: Gem, odile: Account, settings: Any
) -> None:
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    client = enter(odile)
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
    page = client.get(PAGE)
    assert "Un fichier resterait ici" in page.content.decode()
    assert FILE not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for url in (FILE, COPY):
        assert client.get(url).status_code == 302


def test_the_person_reads_who_opened_their_line(
    enter: Callable[..., Client],
    as_role: Callable[..., Client],
    gem: Gem,
    odile: Account,
    line: Person,
) -> None:
    as_role(Role.ANIMATOR, gem).get(f"/notre-gem/carnet/{line.pk}/")
    mine = enter(odile)
    mine.get(f"/notre-gem/carnet/{line.pk}/")
    page = text_of(mine, PAGE)
    assert "14 octobre 2026 : <span data-user-content>Nadia (salarié)</span>" in page
    assert "a ouvert votre ligne du carnet." in page
    assert page.count("a ouvert votre ligne") == 1
    opened = json.loads(mine.get(FILE).content)["opened_by"]
    assert opened == [
        {
            "at": "2026-10-14T14:00+02:00",
            "who": "Nadia (salarié)",
            "what": "a ouvert votre ligne du carnet.",
        }
    ]


def test_opening_a_line_ten_times_in_a_day_is_one_line_of_the_journal(
    as_role: Callable[..., Client], gem: Gem, line: Person, clock: Callable[[str], Any]
) -> None:
    client = as_role(Role.ELECTED, gem)
    for _time in range(3):
        client.get(f"/notre-gem/carnet/{line.pk}/")
    clock("2026-10-15 09:00")
    client.get(f"/notre-gem/carnet/{line.pk}/")
    assert JournalEntry.objects.filter(action="groups.open_line").count() == 2


# --- Someone of the roll, printed by their GEM ---


def test_an_elected_person_prints_the_data_of_someone_without_account(
    as_role: Callable[..., Client], gem: Gem
) -> None:
    karim = make_person(gem, age_band=AgeBand.values[1])
    Attendance.objects.create(gem=gem, date=DAY, person=karim)
    client, url = as_role(Role.ELECTED, gem), f"/notre-gem/carnet/{karim.pk}/donnees/"
    page = text_of(client, url)
    assert "Karim J." in page
    assert "14 octobre 2026" in page
    answer = str(AgeBand(karim.age_band).label)
    assert answer not in page
    assert answer in text_of(client, f"{url}?avec=dit")
    written = JournalEntry.objects.filter(thing=str(karim.pk)).order_by("action")
    assert list(written.values_list("action", "role")) == [
        ("privacy.open_line_data", "elected"),
        ("privacy.open_line_data_with_answers", "elected"),
    ]


def test_one_s_own_line_is_shown_whole_and_leaves_no_line(
    enter: Callable[..., Client], odile: Account, line: Person
) -> None:
    page = text_of(enter(odile), f"/notre-gem/carnet/{line.pk}/donnees/")
    assert str(AgeBand(line.age_band).label) in page
    assert not JournalEntry.objects.filter(thing=str(line.pk)).exists()


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.MEMBER, Role.VOLUNTEER])
def test_nobody_else_opens_the_data_of_a_person(
    role: Role, as_role: Callable[..., Client], gem: Gem, line: Person
) -> None:
    assert as_role(role, gem).get(f"/notre-gem/carnet/{line.pk}/donnees/").status_code == 403
    other = as_role(Role.ELECTED, make_gem("GEM du Canal"))
    theirs, missing = line.pk, uuid4()
    answers = [
        other.get(f"/notre-gem/carnet/{pk}/donnees/").status_code for pk in (theirs, missing)
    ]
    assert answers == [404, 404]
