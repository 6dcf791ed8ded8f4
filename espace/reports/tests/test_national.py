"""The national report and the past reviews, by their addresses."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from docx import Document
from lxml import html
from pypdf import PdfReader
from python_calamine import load_workbook

from espace.accounts.choices import Role
from espace.disclosure.tests.test_closing import open_gem
from espace.federation.tests.factories import make_team
from espace.groups.tests.factories import make_gem
from espace.reports.models import FunderPart, PastFigure
from espace.reports.tests.factories import make_sent

pytestmark = pytest.mark.django_db

REPORT = "/reseau/rapport-national/"
PAST = "/reseau/bilans-passes/"


@pytest.fixture
def federation(clock: Callable[[str], Any], enter: Callable[..., Client]) -> Client:
    clock("2026-03-20 10:00")
    gem = make_gem(
        "GEM du Phare", departement_code="29", region_code="53", management_mode="directe"
    )
    make_sent(gem)
    FunderPart.objects.create(place="R53", year=2025, credits_eur=1000, visits=3)
    return enter(make_team(Role.FEDERATION, "nation"))


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(html.fromstring(answer.content).text_content().split())


def test_the_draft_gathers_what_is_known_of_a_closed_year(federation: Client) -> None:
    page = text_of(federation, REPORT)
    assert "Rapport national des GEM 2025" in page
    assert "Bilans envoyés : 1 sur 1 GEM. Avant le 28 février : 1." in page
    assert "GEM ouverts : 1. Départements qui en ont : 1." in page
    assert "Le mois de décembre de cette année n'a pas été publié." in page
    assert "1 000 €" in page


def test_the_files_hold_the_same_tables(federation: Client) -> None:
    pdf = PdfReader(io.BytesIO(federation.get(f"{REPORT}rapport.pdf").content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    printed = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    document = Document(io.BytesIO(federation.get(f"{REPORT}rapport.docx").content))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    page = html.fromstring(federation.get(REPORT).content)
    titles = page.xpath("//section[@class='card']/h2/text()")
    assert titles == [one for one in headings if one != "Pour bien lire"]
    assert all(one in printed for one in titles)
    sheet = load_workbook(io.BytesIO(federation.get(f"{REPORT}tableaux.xlsx").content))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert any(row[1] == "Par région : Bretagne, Bilans envoyés" and row[2] == "1" for row in rows)


@pytest.mark.parametrize("year", ["2026", "1999", "abc", "2025x", "-1"])
def test_only_a_closed_year_is_reported_on(federation: Client, year: str) -> None:
    assert "Rapport national des GEM 2025" in text_of(federation, f"{REPORT}?annee={year}")


def test_past_numbers_are_dated_broken_in_2016_and_never_ours(federation: Client) -> None:
    said = {"series": "GEM", "value": "398", "source": "Bilan", "edition": "2016", "unit": "GEM"}
    for year in ("2014", "2017"):
        assert federation.post(PAST, {**said, "year": year}).status_code == 302
    # The same number of the same edition is replaced, never doubled.
    assert federation.post(PAST, {**said, "year": "2014", "value": "400"}).status_code == 302
    assert sorted(int(one.value) for one in PastFigure.objects.all()) == [398, 400]
    page = text_of(federation, PAST)
    before, _, after = page.partition("Depuis 2016")
    assert "2014 : 400 GEM" in before
    assert "2017 : 398 GEM" in after
    assert "GEM, avant 2016" in text_of(federation, REPORT)
    assert federation.post(PAST, {**said, "year": "x"}).status_code == 422
    one = PastFigure.objects.first()
    federation.post(f"{PAST}{one.pk}/retirer/")
    assert PastFigure.objects.count() == 1


def test_the_report_takes_the_same_queries_whatever_the_network(
    federation: Client, queries: Callable[..., Any]
) -> None:
    federation.get(REPORT)
    with queries() as few:
        federation.get(REPORT)
    for rank in range(12):
        make_sent(open_gem(f"Rhône {rank}", "69", "84", 5))
    with queries() as many:
        federation.get(REPORT)
    assert len(many) == len(few) <= 16
