"""The poster of a week: everything on it, one page when the week is ordinary, never cut."""

from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader

from espace.accounts.choices import Role
from espace.activities.choices import (
    ActivityState,
    Animation,
    IdeaFrom,
    LedBy,
    Outcome,
    Place,
)
from espace.activities.models import CalendarLink
from espace.activities.printing.poster import poster_pdf
from espace.activities.queries.poster import poster_week
from espace.activities.tests.factories import make_activity, make_slot
from espace.activities.tests.test_ideas import words
from espace.core.clock import now
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
PAGE = "/programme/affiche/"
PDF = "/programme/affiche.pdf"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def member(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MEMBER, gem)


def pages_of(pdf: bytes) -> list[str]:
    """Return the words of each page, on one line."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def ordinary_week(gem: Gem) -> None:
    """Six openings and eight activities, each with something to say."""
    for rank in range(5):
        make_slot(gem, MONDAY + timedelta(days=rank))
    saturday = MONDAY + timedelta(days=5)
    make_slot(gem, saturday, 14, hours=4, animation=Animation.AUTOGEREE)
    make_activity(
        gem, MONDAY, "Cuisine", seats=8, price_cents=250, led_by=LedBy.ADHERENT_ET_SALARIE,
        idea_from=IdeaFrom.ENSEMBLE,
    )  # fmt: skip
    make_activity(
        gem, MONDAY, "Sortie au marché", place=Place.VILLE, place_detail="place Saint-Corentin",
        families_welcome=True, idea_from=IdeaFrom.ADHERENTS, price_cents=400,
    )  # fmt: skip
    make_activity(
        gem, MONDAY, "Karaoké", state=ActivityState.ANNULEE, cancelled_reason="sono en panne"
    )
    for rank, title in enumerate(["Peinture", "Réunion", "Jeux", "Repas", "Balade"], 1):
        make_activity(gem, MONDAY + timedelta(days=rank), title, open_to_public=rank == 2)


def test_an_ordinary_week_holds_on_one_page_with_all_it_says(gem: Gem, member: Client) -> None:
    ordinary_week(gem)
    answer = member.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    (page,) = pages_of(answer.content)
    for said in (
        "GEM du Phare",
        "Semaine du 23 au 29 novembre 2026",
        "Lundi 23 novembre Ouvert de 10 h à 17 h",
        "2,50 € · 8 places, sur inscription · animée par un adhérent et un salarié",
        "idée du groupe, ensemble",
        "place Saint-Corentin · 4 € · proches bienvenus · idée des adhérents",
        "Sortie au marché Sortie",
        "Annulée : sono en panne",
        "ouverte à tous",
        "Tenu par des adhérents de 14 h à 18 h",
        "Rien de prévu : dimanche.",
    ):
        assert said in page
    assert "Page" not in page


def test_the_pdf_is_tagged_and_in_french(gem: Gem, member: Client) -> None:
    ordinary_week(gem)
    reader = PdfReader(BytesIO(member.get(f"{PDF}?semaine=2026-W48").content))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata["/Title"] == "GEM du Phare – Semaine du 23 au 29 novembre 2026"
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("Atkinson" in font for font in fonts)


def test_what_matters_is_twenty_points_or_more(gem: Gem, member: Client) -> None:
    ordinary_week(gem)
    sizes: dict[str, float] = {}

    def note(text: str, _cm: Any, matrix: Any, _font: Any, size: float) -> None:
        for word in text.split():
            sizes[word] = size * abs(matrix[3])

    PdfReader(BytesIO(member.get(PDF).content)).pages[0].extract_text(visitor_text=note)
    for word in ("Cuisine", "Lundi", "Annulée", "GEM"):
        assert sizes[word] >= 20
    assert min(sizes.values()) >= 16


def test_a_heavy_week_takes_more_pages_and_loses_nothing(gem: Gem, member: Client) -> None:
    for rank in range(40):
        title = f"Activité numéro {rank} dont le titre est vraiment très long, à n'en plus finir"
        make_activity(
            gem, MONDAY + timedelta(days=rank % 2), title[:80], place_detail="Salle des fêtes",
            seats=12, led_by=LedBy.PARTENAIRE, idea_from=IdeaFrom.PARTENAIRE,
            state=ActivityState.ANNULEE if rank == 39 else ActivityState.PREVUE,
            cancelled_reason="la salle est fermée pour travaux " * 3 if rank == 39 else "",
        )  # fmt: skip
    pages = pages_of(member.get(PDF).content)
    assert len(pages) > 1
    text = " ".join(pages)
    assert all(f"Activité numéro {rank} dont" in text for rank in range(40))
    assert text.count("jusqu'à 16 h") == 39
    assert text.count("travaux") == 3
    assert f"Page 1 / {len(pages)}" in pages[0]


def test_a_closed_day_says_why_and_an_empty_week_says_so(gem: Gem, member: Client) -> None:
    assert "Rien n'est prévu cette semaine." in pages_of(member.get(PDF).content)[0]
    make_slot(gem, MONDAY, outcome=Outcome.FERME_CONGE)
    make_slot(gem, MONDAY + timedelta(days=1), 10, hours=2)
    make_slot(gem, MONDAY + timedelta(days=1), 14, hours=3)
    (page,) = pages_of(member.get(PDF).content)
    assert "Lundi 23 novembre Fermé, congés ou jour férié" in page
    assert "Ouvert de 10 h à 12 h et de 14 h à 17 h" in page


@pytest.mark.parametrize("title", ["Fête 🎉", "会", "<b>Gras</b> #1 $x$ [a](b)", "a" * 80])
def test_any_title_is_printed(gem: Gem, member: Client, title: str) -> None:
    make_activity(gem, MONDAY, title)
    (page,) = pages_of(member.get(PDF).content)
    if title.isascii() and " " in title:
        assert title in page
    assert title in words(member.get(PAGE))


def test_the_code_of_the_calendar_stands_on_it_when_there_is_one(gem: Gem) -> None:
    ordinary_week(gem)
    week = poster_week(make_actor(Role.MEMBER, gem), gem.pk, MONDAY)
    (page,) = pages_of(poster_pdf(week, "https://espace.example/calendrier/abcdefgh.ics"))
    assert "visez ce code" in page
    (page,) = pages_of(poster_pdf(week))
    assert "visez ce code" not in page


def test_the_code_comes_with_the_address_of_the_calendar(gem: Gem, member: Client) -> None:
    ordinary_week(gem)
    assert "visez ce code" not in pages_of(member.get(PDF).content)[0]
    CalendarLink.objects.create(gem=gem, token="a" * 43, made_at=now())
    (page,) = pages_of(member.get(PDF).content)
    assert "visez ce code" in page


def test_an_outing_says_where_to_meet_and_when_one_is_back(gem: Gem, member: Client) -> None:
    make_activity(
        gem, MONDAY, "La mer", place=Place.NATURE, meeting_point="devant le GEM", back_at=time(18)
    )
    make_activity(gem, MONDAY, "Piscine", state=ActivityState.ANNULEE, cancelled_why="inscrits")
    (page,) = pages_of(member.get(PDF).content)
    assert "retour vers 18 h · dans la nature · rendez-vous : devant le GEM" in page
    assert "Annulée : Pas assez d'inscrits" in page


def test_the_page_says_the_same_words(gem: Gem, member: Client) -> None:
    ordinary_week(gem)
    answer = member.get(f"{PAGE}?semaine=2026-W48")
    page = words(answer)
    assert "Annulée : sono en panne" in page
    assert "place Saint-Corentin · 4 € · proches bienvenus" in page
    assert html.fromstring(answer.content).xpath(f"//a[@href='{PDF}?semaine=2026-W48']")
    assert html.fromstring(answer.content).xpath("//s")[0].text == "Karaoké"


def test_one_tap_from_the_programme(gem: Gem, member: Client) -> None:
    page = html.fromstring(member.get("/programme/?semaine=2026-W50").content)
    (link,) = page.xpath("//a[contains(., 'Affiche de la semaine')]/@href")
    assert link == f"{PDF}?semaine=2026-W50"
    assert "du 7 au 13 décembre" in pages_of(member.get(link).content)[0]


@pytest.mark.parametrize("asked", ["2026-W99", "demain", "2026-11"])
def test_a_week_that_does_not_exist(member: Client, asked: str) -> None:
    for url in (PAGE, PDF):
        assert member.get(f"{url}?semaine={asked}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_poster_asks_the_same_questions(
    gem: Gem, queries: Callable[..., Any], count: int
) -> None:
    for rank in range(count):
        make_slot(gem, MONDAY + timedelta(days=rank))
        make_activity(gem, MONDAY, f"Atelier {rank}")
    with queries() as captured:
        poster_week(make_actor(Role.SPONSOR, gem), gem.pk, MONDAY)
    assert len(captured) == 3
