"""« Notre carnet », through its pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.activities.models import Attendance
from espace.groups.models import Gem, Membership, Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person

pytestmark = pytest.mark.django_db

ROLL = "/notre-gem/carnet/"
ADD = "/notre-gem/carnet/ajouter/"


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def elected(as_role, gem) -> Client:
    return as_role(Role.ELECTED, gem)


def added(client: Client, first_name: str, initial: str = "", **more: str):
    data = {"first_name": first_name, "initial_letter": initial, "key": str(uuid4()), **more}
    return client.post(ADD, data)


def labels(gem: Gem) -> list[str]:
    return sorted(person.label for person in gem.people.all())


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR])
def test_the_bureau_and_the_employees_read_the_roll(as_role, gem, role):
    make_person(gem, "Karim", "J")
    page = as_role(role, gem).get(ROLL)
    assert page.status_code == 200
    assert "Karim J." in page.content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR, Role.MANAGER])
def test_nobody_else_reads_the_roll(as_role, gem, role):
    person = make_person(gem, "Karim", "J")
    client = as_role(role, gem)
    for address in (ROLL, ADD, reverse("groups:line", args=[person.pk])):
        page = client.get(address)
        assert page.status_code == 403
        assert "Karim" not in page.content.decode()
    assert added(client, "Zoé").status_code == 403
    assert labels(gem) == ["Karim J."]


def test_without_signing_in_one_is_led_to_the_door(client, gem):
    assert client.get(ROLL)["Location"].startswith("/entrer/")


def test_another_gem_has_no_line_here(elected, gem):
    elsewhere = make_person(make_gem("GEM d'à côté"), "Zoé", "K")
    assert "Zoé" not in elected.get(ROLL).content.decode()
    for name in ("line", "line_name", "line_sign", "line_said", "line_membership", "line_remove"):
        assert elected.get(reverse(f"groups:{name}", args=[elsewhere.pk])).status_code == 404
    for name in ("line_hide", "line_show", "line_remove"):
        assert elected.post(reverse(f"groups:{name}", args=[elsewhere.pk])).status_code == 404
    elsewhere.refresh_from_db()
    assert not elsewhere.hidden


def test_a_person_is_added_with_one_letter_only(elected, gem):
    page = elected.post(
        ADD,
        {"first_name": " nadia ", "initial_letter": "le goff", "key": str(uuid4())},
        follow=True,
    )
    assert "Nadia L. est dans le carnet." in page.content.decode()
    person = gem.people.get()
    assert (person.first_name, person.initial, person.number) == ("Nadia", "L", 1)
    assert JournalEntry.objects.filter(action="roll.added", thing=str(person.pk)).exists()


def test_the_same_form_sent_twice_adds_one_person(elected, gem):
    data = {"first_name": "Nadia", "initial_letter": "B", "key": str(uuid4())}
    for _again in range(2):
        assert elected.post(ADD, data)["Location"] == ROLL
    assert labels(gem) == ["Nadia B."]


@pytest.mark.parametrize("first_name", ["", "  ", "...", "a" * 41, "a" * 81])
def test_an_unusable_first_name_is_said_and_nothing_is_written(elected, gem, first_name):
    page = added(elected, first_name, "B")
    assert page.status_code == 422
    assert "prénom" in page.content.decode()
    assert labels(gem) == []


def test_a_homonym_is_a_question_and_never_joined(elected, gem):
    make_person(gem, "Marie", "L", pictogram="chat")
    question = added(elected, "MARIE", "l")
    assert question.status_code == 422
    page = question.content.decode()
    assert "La même personne ?" in page
    assert 'value="chat"' not in page
    assert labels(gem) == ["Marie L."]

    answer = added(elected, "Marie", "L", someone_else="True", pictogram="velo")
    assert answer["Location"] == ROLL
    assert labels(gem) == ["Marie L.", "Marie L. (2)"]
    assert gem.people.get(number=2).pictogram == "velo"


def test_two_spellings_with_other_accents_are_two_names(elected, gem):
    make_person(gem, "Hélène", "B")
    added(elected, "Helene", "B")
    assert labels(gem) == ["Helene B.", "Hélène B."]


def test_renaming_into_a_homonym_asks_first(elected, gem):
    make_person(gem, "Marie", "L")
    person = make_person(gem, "Maria", "L")
    address = reverse("groups:line_name", args=[person.pk])
    typed = {"first_name": "Marie", "initial_letter": "L"}
    page = elected.post(address, typed)
    assert page.status_code == 422
    assert labels(gem) == ["Maria L.", "Marie L."]
    elected.post(address, {**typed, "someone_else": "1"})
    assert labels(gem) == ["Marie L.", "Marie L. (2)"]
    # The same name again is not a homonym of oneself.
    assert elected.post(address, typed).status_code == 302
    assert labels(gem) == ["Marie L.", "Marie L. (2)"]


def test_hiding_keeps_what_was_counted_and_can_be_undone(elected, gem):
    person = make_person(gem, "Karim", "J")
    Attendance.objects.create(gem=gem, person=person, date=date(2026, 5, 4))
    elected.post(reverse("groups:line_hide", args=[person.pk]))
    assert "Karim" not in elected.get(ROLL).content.decode()
    assert "Karim" in elected.get(ROLL, {"caches": "1"}).content.decode()
    assert Attendance.objects.filter(person=person).count() == 1
    elected.post(reverse("groups:line_show", args=[person.pk]))
    assert "Karim" in elected.get(ROLL).content.decode()


def test_removing_erases_only_someone_who_never_came(elected, gem):
    came, never = make_person(gem, "Karim", "J"), make_person(gem, "Zoé", "K")
    Attendance.objects.create(gem=gem, person=came, date=date(2026, 5, 4))
    for person in (came, never):
        address = reverse("groups:line_remove", args=[person.pk])
        assert elected.get(address).status_code == 200
        elected.post(address)
    assert [(person.label, person.hidden) for person in gem.people.all()] == [("Karim J.", True)]
    assert Attendance.objects.count() == 1


def test_age_and_gender_are_kept_and_never_shown_by_name(elected, gem):
    person = make_person(gem)
    address = reverse("groups:line_said", args=[person.pk])
    elected.post(address, {"age_band": "35_49", "gender": "femme"})
    person.refresh_from_db()
    assert (person.age_band, person.gender) == ("35_49", "femme")
    form = elected.get(address).content.decode()
    assert "Non dit" in form
    assert form.count("checked") == 2
    line = elected.get(reverse("groups:line", args=[person.pk])).content.decode()
    assert "35 à 49" not in line
    assert "Femme" not in line
    elected.post(address, {"age_band": "", "gender": "non_dit"})
    person.refresh_from_db()
    assert (person.age_band, person.gender) == ("35_49", "non_dit")


def test_a_membership_is_noted_corrected_and_taken_back(elected, gem, clock):
    clock("2026-10-14 14:00")
    person = make_person(gem)
    address = reverse("groups:line_membership", args=[person.pk])
    typed = {"year": "2026", "started_on": "02/03/2026", "fee": "12,50 €", "is_first": "oui"}
    assert elected.post(address, typed).status_code == 302
    kept = Membership.objects.get()
    assert (kept.year, kept.fee_cents, kept.is_first) == (2026, 1250, True)
    elected.post(address, {**typed, "fee": "", "is_first": "non"})
    kept = Membership.objects.get()
    assert (kept.fee_cents, kept.is_first) == (None, False)
    elected.post(reverse("groups:membership_removed", args=[person.pk, 2026]))
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"fee": "douze"},
        {"fee": "5000"},
        {"fee": "-3"},
        {"fee": "1,234"},
        {"year": "1850"},
        {"started_on": "31/02/2026"},
        {"started_on": "2026-12-31"},
        {"is_first": "peut-être"},
    ],
)
def test_a_membership_that_makes_no_sense_is_said(elected, gem, clock, wrong):
    clock("2026-10-14 14:00")
    address = reverse("groups:line_membership", args=[make_person(gem).pk])
    typed = {"year": "2026", "started_on": "2026-03-02", "fee": "12", "is_first": "oui"}
    page = elected.post(address, {**typed, **wrong})
    assert page.status_code == 422
    assert "Il reste quelque chose à corriger" in page.content.decode()
    assert not Membership.objects.exists()


def test_one_reads_and_edits_one_s_own_line_but_not_the_roll(enter, gem):
    account = make_account("Nadia", "B")
    make_mandate(gem, account, Role.MEMBER)
    mine = make_person(gem, "Nadia", "B", account=account)
    other = make_person(gem, "Karim", "J")
    client = enter(account)
    assert client.get("/notre-gem/carnet/moi/")["Location"].endswith(f"{mine.pk}/")
    page = client.get(reverse("groups:line", args=[mine.pk])).content.decode()
    assert "Nadia B." in page
    assert "Cacher" not in page
    client.post(reverse("groups:line_sign", args=[mine.pk]), {"pictogram": "lune"})
    mine.refresh_from_db()
    assert mine.pictogram == "lune"
    assert client.post(reverse("groups:line_hide", args=[mine.pk])).status_code == 403
    assert client.get(reverse("groups:line_membership", args=[mine.pk])).status_code == 403
    assert client.get(reverse("groups:line", args=[other.pk])).status_code == 403


def test_someone_without_a_line_is_told_so(as_role, gem):
    page = as_role(Role.MEMBER, gem).get("/notre-gem/carnet/moi/")
    assert "pas encore relié" in page.content.decode()


def test_a_first_name_is_found_without_accents(elected, gem):
    make_person(gem, "Hélène", "B")
    make_person(gem, "Karim", "J")
    page = elected.get(ROLL, {"q": "hele"}).content.decode()
    assert "Hélène B." in page
    assert "Karim" not in page
    assert "Voir tout le carnet" in elected.get(ROLL, {"q": "xyz"}).content.decode()


def test_htmx_gets_the_lines_only(elected, gem):
    make_person(gem)
    part = elected.get(ROLL, headers={"HX-Request": "true"})
    assert "HX-Request" in part["Vary"]
    assert "<html" not in part.content.decode()
    assert 'id="lignes"' in part.content.decode()


def test_the_pages_ask_the_same_number_of_queries_for_one_or_many(elected, gem, queries):
    elected.get(ROLL)  # the first page of the day also prolongs the session
    counts = []
    for size in (1, 3, 45):
        while gem.people.count() < size:
            person = make_person(gem, "Karim", "J", number=gem.people.count() + 1)
            Membership.objects.create(person=person, year=2026, started_on=date(2026, 1, 5))
        with queries() as asked:
            page = elected.get(ROLL)
        counts.append(len(asked))
        assert page.content.count(b"<li data-user-content") == min(size, 30)
    assert len(set(counts)) == 1
    assert counts[0] <= 6


def test_the_longest_list_stays_a_light_page(elected, gem):
    for number in range(1, 64):
        make_person(gem, "Karim", "J", number=number, pictogram="chat")
    page = elected.get(ROLL, {"page": "2"}).content
    assert len(list(html.fromstring(page).iter())) <= 350


def test_any_page_number_gives_a_page(elected, gem):
    for number in ("0", "-1", "999", "abc"):
        assert elected.get(ROLL, {"page": number}).status_code == 200


def test_no_line_is_written_by_reading(elected, gem):
    person = make_person(gem)
    for name in ("line_hide", "line_show"):
        assert elected.get(reverse(f"groups:{name}", args=[person.pk])).status_code == 405
    assert Person.objects.get().hidden is False
