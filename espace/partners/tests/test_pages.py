"""« Mon territoire », by its address: who opens it, what it says, and the same in each file."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader
from python_calamine import load_workbook

from espace.accounts.choices import Role
from espace.binder.models import StaffPost
from espace.disclosure.tests.test_closing import BEFORE, DUE, close, open_gem
from espace.federation.tests.factories import make_team
from espace.groups.actions import touch
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from espace.partners.rules import Place, is_within, place_of_mandate, share_fr
from espace.territories.jobs import refresh_stale

pytestmark = pytest.mark.django_db

HOME = "/mon-territoire/"
TOTALS = ("Personnes venues dans le mois", "Adhérents de l'année", "Passages du mois")


@pytest.fixture
def network() -> list[Gem]:
    """Rhône: four GEM of 64 people; Drôme: three of 20; Ain: one of 3. Closed twice, summed."""
    gems = [
        *(open_gem(f"Rhône {rank}", "69", "84", 64) for rank in range(4)),
        *(open_gem(f"Drôme {rank}", "26", "84", 20) for rank in range(3)),
        open_gem("Ain", "01", "84", 3),
    ]
    close(BEFORE)
    close(DUE)
    return gems


@pytest.fixture
def ars(enter: Callable[..., Client]) -> Client:
    return enter(make_team(Role.ARS, "region:84"))


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(html.fromstring(answer.content).text_content().split())


def row(client: Client, url: str, name: str) -> list[str]:
    """Return the cells of the row of the page that begins with ``name``."""
    page = html.fromstring(client.get(url).content)
    (found,) = page.xpath("//tr[normalize-space(th)=$name]", name=name)
    return [cell.text_content().strip() for cell in found.xpath("td")]


# --- Who opens what ---


@pytest.mark.parametrize(
    ("role", "territory", "opens"),
    [
        (Role.ARS, "region:84", "Auvergne-Rhône-Alpes"),
        (Role.ARS, "departement:69", "Rhône"),
        (Role.CNSA, "nation", "France"),
        (Role.MUNICIPALITY, "commune:69123", "Rhône"),
        (Role.FEDERATION, "nation", "France"),
        (Role.DELEGATE, "region:84", "Auvergne-Rhône-Alpes"),
    ],
)
def test_each_lands_on_the_place_of_their_mandate(
    enter: Callable[..., Client], role: str, territory: str, opens: str
) -> None:
    assert f"Mon territoire : {opens}" in read(enter(make_team(role, territory)), HOME)


@pytest.mark.parametrize(
    "code", ["FR", "R53", "D29", "R99", "D00", "X1", "D", "84", "D69'", "%2e%2e"]
)
def test_a_place_outside_the_mandate_does_not_exist(ars: Client, code: str) -> None:
    for ending in ("", "tableau.csv", "tableau.xlsx", "note.pdf"):
        assert ars.get(f"{HOME}{code}/{ending}").status_code == 404


def test_those_of_a_gem_have_no_territory(enter: Callable[..., Client]) -> None:
    gem = make_gem()
    for role in (Role.MEMBER, Role.ELECTED, Role.ANIMATOR):
        account = make_account()
        make_mandate(gem, account, role)
        client = enter(account)
        assert client.get(HOME).status_code == 403
        assert client.get(f"{HOME}D69/").status_code == 403
    assert Client().get(HOME).status_code == 302


def test_after_signing_in_a_partner_is_at_home(ars: Client) -> None:
    assert ars.get("/accueil/")["Location"] == HOME


# --- What is read ---


def test_the_page_says_the_published_numbers(network: list[Gem], ars: Client) -> None:
    said = read(ars, HOME)
    assert "Environ 320 personnes y sont venues" in said
    assert "8 GEM sur 8 sont comptés" in said
    assert row(ars, HOME, "Rhône") == ["4", "260", "260", "260", "–"]
    assert row(ars, HOME, "Drôme")[:4] == ["3", "caché", "caché", "caché"]
    assert row(ars, HOME, "Ain")[:2] == ["1", "caché"]
    assert row(ars, HOME, "Moins de 35 ans") == ["80", "environ 25 %"]
    names = [
        cell.text_content().strip()
        for cell in html.fromstring(ars.get(HOME).content).xpath("//tbody/tr/th[a]")
    ]
    assert names == sorted(names), "by name: no place is ranked"


def test_nothing_exact_of_people_leaves_by_any_door(network: list[Gem], ars: Client) -> None:
    """256 came to the Rhône, 60 to the Drôme, 319 in all: none of these is written anywhere."""
    for url in (HOME, f"{HOME}D69/", f"{HOME}D26/", f"{HOME}D01/"):
        whole = ars.get(url).content.decode()
        assert not re.search(r"\b(256|319|60|59|3) ?(personnes|passages|adhérents)", whole)
        assert not re.search(r">\s*(256|319)\s*<", whole)


def test_every_door_says_the_same(network: list[Gem], ars: Client) -> None:
    for place, name in (("R84", "Auvergne-Rhône-Alpes"), ("D69", "Rhône"), ("D26", "Drôme")):
        url = f"{HOME}{place}/"
        on_page = [row(ars, url, label)[0] for label in TOTALS]
        text = ars.get(f"{url}tableau.csv").content.decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        in_csv = [
            line["Nombre"] for label in TOTALS for line in lines
            if (line["Quoi"], line["Lieu"]) == (label, name)
        ]  # fmt: skip
        book = load_workbook(io.BytesIO(ars.get(f"{url}tableau.xlsx").content))
        sheet = book.get_sheet_by_index(0).to_python()
        in_xlsx = [
            str(int(line[3])) if isinstance(line[3], float) else str(line[3])
            for label in TOTALS for line in sheet if line[:2] == [label, name]
        ]  # fmt: skip
        pdf = PdfReader(io.BytesIO(ars.get(f"{url}note.pdf").content))
        printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        in_pdf = [re.search(rf"{label} : (\w+)\.", printed) for label in TOTALS]
        assert on_page == in_csv == in_xlsx == [found and found[1] for found in in_pdf]


def test_the_note_on_paper_is_tagged(network: list[Gem], ars: Client) -> None:
    pdf = PdfReader(io.BytesIO(ars.get(f"{HOME}R84/note.pdf").content))
    root = pdf.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith("fr")


def test_organisations_are_live_from_three_gem_on(network: list[Gem], ars: Client) -> None:
    assert row(ars, f"{HOME}D69/", "Équipe salariée") == ["Rien de noté", "0"]
    for gem in network[:4]:
        StaffPost.objects.create(gem=gem, kind="salarie", started_on=BEFORE, fte=Decimal(1))
        touch(gem.pk)
    refresh_stale("all")
    assert row(ars, f"{HOME}D69/", "Équipe salariée") == ["4 équivalent temps plein", "4"]
    StaffPost.objects.filter(gem__in=network[:2]).delete()
    Gem.objects.filter(pk__in=[gem.pk for gem in network[:2]]).update(practice=True)
    for gem in network[:2]:
        touch(gem.pk)
    refresh_stale("all")
    assert row(ars, f"{HOME}D69/", "Équipe salariée") == ["Moins de 3 GEM", "2"]


def test_before_the_first_closing_the_page_says_so(ars: Client) -> None:
    make_gem(departement_code="69", region_code="84")
    assert "Aucun mois n'est encore publié" in read(ars, HOME)
    for ending in ("tableau.csv", "tableau.xlsx", "note.pdf"):
        assert ars.get(f"{HOME}R84/{ending}").status_code == 200


@pytest.mark.parametrize("period", ["2026-13", "demain", "3000", "2026-01-01..2026-02-01", "0001"])
def test_an_impossible_period_is_told(network: list[Gem], ars: Client, period: str) -> None:
    answer = ars.get(HOME, {"periode": period})
    assert answer.status_code == 422
    assert "Cette période n'existe pas" in answer.content.decode()
    for ending in ("tableau.csv", "tableau.xlsx", "note.pdf"):
        assert ars.get(f"{HOME}R84/{ending}", {"periode": period}).status_code == 404


def test_the_method_says_what_each_number_means(ars: Client) -> None:
    said = read(ars, f"{HOME}methode/")
    assert "Nous cachons les petits nombres" in said
    assert "(ATT-01)" in said


@pytest.mark.parametrize("more", [0, 6])
def test_a_page_costs_few_queries(
    network: list[Gem], ars: Client, more: int, django_assert_max_num_queries: Any
) -> None:
    for rank in range(more):
        make_gem(f"GEM {rank}", departement_code="38", region_code="84")
    ars.get(HOME)
    with django_assert_max_num_queries(14):
        ars.get(HOME)


# --- Rules ---


def test_a_mandate_opens_its_place_and_what_is_below() -> None:
    rhone = Place("D69", "Rhône", "R84")
    assert is_within(rhone, ["R84"])
    assert is_within(rhone, ["FR"])
    assert not is_within(rhone, ["R53", "D01"])
    assert not is_within(Place("R84", "", "FR"), ["D69"])
    assert place_of_mandate("commune:69123", {"69123": "69"}) == "D69"
    assert place_of_mandate("commune:00000", {}) == ""
    assert place_of_mandate("gem:1", {}) == ""


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (20, 80, "environ 25 %"), (80, 80, "plus de 90 %"), (20, 320, "moins de 10 %"),
        (20, 20, ""), (None, 80, ""), (20, None, ""),
    ],
)  # fmt: skip
def test_a_share_is_never_near_all_or_none(part: int | None, whole: int | None, told: str) -> None:
    assert share_fr(part, whole) == told
