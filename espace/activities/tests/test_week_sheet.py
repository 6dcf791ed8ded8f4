"""The week on paper, and the grid that types it back."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader

from espace.accounts.choices import Role
from espace.activities.choices import Category
from espace.activities.models import Attendance, FinishedMonth
from espace.activities.queries.week_sheet import NAMES_A_PAGE, typing_grid
from espace.activities.tests.factories import make_slot
from espace.groups.choices import Counting
from espace.groups.models import Gem, Person
from espace.groups.tests.factories import make_actor, make_gem, make_person

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
PDF = "/papier/semaine/feuille.pdf?semaine=2026-W47"
GRID = "/aujourdhui/grille/?semaine=2026-W47"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def animator(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ANIMATOR, gem)


def regular(gem: Gem, *names: str) -> list[Person]:
    """People who came the week before the paper's."""
    people = [make_person(gem, name, "B", first_seen_on=date(2026, 1, 5)) for name in names]
    for person in people:
        Attendance.objects.create(gem=gem, date=MONDAY - timedelta(days=3), person=person)
    return people


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def form_of(response: Any) -> Any:
    return html.fromstring(response.content).xpath("//form[@class='typing']")[0]


def sent_by(form: Any) -> dict[str, Any]:
    """Return what a browser would send of the form as it is shown."""
    return {name: form.fields[name] for name in form.fields if name not in ("c", "suite")} | {
        "c": [box.get("value") for box in form.xpath(".//input[@name='c'][@checked]")]
    }


def rows_of(form: Any) -> list[str]:
    return [legend.text_content() for legend in form.xpath(".//legend")]


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


# --- Paper ---


def test_the_sheet_is_a_tagged_document_in_french(gem: Gem, animator: Client) -> None:
    regular(gem, "Zoé", "Élodie", "Karim")
    answer = animator.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    root = PdfReader(BytesIO(answer.content)).trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    title = "GEM du Phare – semaine du 16 novembre au 22 novembre 2026"
    assert PdfReader(BytesIO(answer.content)).metadata["/Title"] == title
    names, visitors = text_of(answer.content)
    order = [names.index(label) for label in ("Élodie B.", "Karim B.", "Zoé B.")]
    assert order == sorted(order)
    assert "lun 16" in names
    assert "Proches et amis" in visitors


def test_someone_not_seen_lately_is_not_on_the_paper(gem: Gem, animator: Client) -> None:
    regular(gem, "Zoé")
    make_person(gem, "Ancien", "T", first_seen_on=date(2020, 1, 1))
    make_person(gem, "Nouvelle", "N", first_seen_on=MONDAY + timedelta(days=1))
    (person,) = regular(gem, "Cachée")
    Person.objects.filter(pk=person.pk).update(hidden=True)
    names = text_of(animator.get(PDF).content)[0]
    assert "Zoé B." in names
    assert "Nouvelle N." in names
    assert "Ancien" not in names
    assert "Cachée" not in names


def test_sticks_carry_no_name(gem: Gem, animator: Client) -> None:
    regular(gem, "Zoé")
    Gem.objects.update(counting=Counting.STICKS)
    (page,) = text_of(animator.get(PDF).content)
    assert "Zoé" not in page
    assert "Adhérents" in page
    assert "Dimanche 22" in page


@pytest.mark.parametrize("name", ["🦋", "محمد", "Łukasz", '"#set page()', "$x$ *a* @b <c> \\"])
def test_any_name_is_printed_as_it_is(gem: Gem, animator: Client, name: str) -> None:
    regular(gem, name)
    names, _visitors = text_of(animator.get(PDF).content)
    if name.isascii() or name == "Łukasz":
        assert f"{name} B." in names


def test_forty_names_make_three_pages_like_the_grid(gem: Gem, animator: Client) -> None:
    regular(gem, *(f"Prénom{rank:02d}" for rank in range(40)))
    pages = text_of(animator.get(PDF).content)
    grids = [rows_of(form_of(animator.get(f"{GRID}&page={page}"))) for page in (1, 2)]
    for text, rows in zip(pages, grids, strict=False):
        assert len(rows) == NAMES_A_PAGE
        assert all(row in text for row in rows)
    assert len(pages) == 4  # two of names, five blank lines, visitors


def test_only_the_bureau_and_the_staff_print_or_type(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    for role in (Role.MEMBER, Role.VOLUNTEER, Role.MANAGER):
        client = as_role(role, gem)
        for url in (PDF, "/papier/semaine/", GRID):
            assert client.get(url).status_code == 403


def test_the_page_about_the_sheet(gem: Gem, animator: Client) -> None:
    page = animator.get("/papier/semaine/?semaine=2026-W47")
    assert "Semaine du 16 novembre au 22 novembre 2026" in words(page)
    assert html.fromstring(page.content).xpath(f"//a[@href='{PDF}']")


def test_columns_are_the_days_of_opening(gem: Gem, animator: Client) -> None:
    (zoe,) = regular(gem, "Zoé")
    for rank in range(5):
        make_slot(gem, MONDAY + timedelta(days=rank))
    names, _visitors = text_of(animator.get(PDF).content)
    assert "ven 20" in names
    assert "sam 21" not in names
    assert form_of(animator.get(GRID)).get("data-days") == "5"
    assert form_of(animator.get(f"{GRID}&jours=tous")).get("data-days") == "7"
    Attendance.objects.create(gem=gem, date=MONDAY + timedelta(days=5), person=zoe)
    assert form_of(animator.get(GRID)).get("data-days") == "6"


# --- Typing grid ---


def test_only_differences_are_written(gem: Gem, animator: Client) -> None:
    zoe, karim = regular(gem, "Zoé", "Karim")
    Attendance.objects.create(gem=gem, date=MONDAY, person=zoe)
    sent = sent_by(form_of(animator.get(GRID)))
    assert sent["c"] == [f"{zoe.pk}.0"]
    # Someone else ticks Karim on Monday while the page is being typed.
    Attendance.objects.create(gem=gem, date=MONDAY, person=karim)
    page = animator.post(GRID, {**sent, "c": [f"{karim.pk}.2"]}, follow=True)
    assert "2 cases ont changé." in words(page)
    rows = Attendance.objects.filter(date__gte=MONDAY).order_by("date")
    assert [(row.person, row.date.isoformat()) for row in rows] == [
        (karim, "2026-11-16"),
        (karim, "2026-11-18"),
    ]


def test_sending_the_grid_twice_changes_nothing(gem: Gem, animator: Client) -> None:
    (zoe,) = regular(gem, "Zoé")
    sent = sent_by(form_of(animator.get(GRID))) | {"c": [f"{zoe.pk}.0", f"{zoe.pk}.1"]}
    animator.post(GRID, sent)
    Attendance.objects.filter(date=MONDAY).delete()  # taken back meanwhile by someone
    page = animator.post(GRID, sent, follow=True)
    assert "Rien n'a changé." in words(page)
    assert Attendance.objects.filter(date__gte=MONDAY).count() == 1


def test_numbers_of_visitors_move_by_what_was_typed(gem: Gem, animator: Client) -> None:
    Attendance.objects.create(gem=gem, date=MONDAY, category=Category.PROCHE, head_count=2)
    sent = sent_by(form_of(animator.get(GRID)))
    Attendance.objects.update(head_count=3)  # one more by another hand
    animator.post(GRID, {**sent, "n-proche-0": "4", "n-invite-1": "1"})
    rows = Attendance.objects.order_by("date").values_list("category", "head_count")
    assert list(rows) == [("proche", 5), ("invite", 1)]


@pytest.mark.parametrize("typed", ["-1", "beaucoup", "99999999999", "1000", "٣"])
def test_an_odd_number_saves_nothing_and_is_kept(gem: Gem, animator: Client, typed: str) -> None:
    sent = sent_by(form_of(animator.get(GRID)))
    page = animator.post(GRID, {**sent, "n-proche-0": typed, "n-invite-0": "2"})
    assert page.status_code == 400
    assert "Un nombre n'est pas compris." in words(page)
    assert form_of(page).fields["n-invite-0"] == "2"
    assert not Attendance.objects.exists()


def test_days_of_a_finished_month_or_to_come_are_not_offered(gem: Gem, animator: Client) -> None:
    regular(gem, "Zoé")
    running = form_of(animator.get("/aujourdhui/grille/"))
    assert running.get("data-days") == "2"  # Monday and today, a Tuesday
    FinishedMonth.objects.create(gem=gem, month=date(2026, 11, 1), finished_on=MONDAY)
    assert "ne peut pas être écrite" in words(animator.get(GRID))
    zoe = Person.objects.get()
    page = animator.post(GRID, {"c": [f"{zoe.pk}.0"], "cle": uuid4()}, follow=True)
    assert "Ce mois est fini. Rien n'a été noté." in words(page)
    assert not Attendance.objects.filter(date__gte=MONDAY).exists()


def test_someone_of_another_roll_cannot_be_typed(gem: Gem, animator: Client) -> None:
    stranger = make_person(make_gem("GEM du Port"))
    sent = {"c": [f"{stranger.pk}.0", "n'importe quoi", f"{stranger.pk}.9"], "cle": uuid4()}
    assert animator.post(GRID, sent).status_code == 404
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_grid_stays_light_and_asks_the_same_questions(
    gem: Gem, animator: Client, queries: Callable[..., Any], count: int
) -> None:
    for person in regular(gem, *(f"Prénom{rank:02d}" for rank in range(count))):
        Attendance.objects.create(gem=gem, date=MONDAY, person=person)
    with queries() as captured:
        typing_grid(make_actor(Role.ANIMATOR, gem), gem.pk, MONDAY, 1)
    assert len(captured) == 7
    page = animator.get(GRID)
    assert len(list(html.fromstring(page.content).iter("*"))) <= 350
