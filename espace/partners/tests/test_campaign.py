"""The yearly campaign and what GEM sent, by their addresses."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html
from python_calamine import load_workbook

from espace.accounts.choices import Role
from espace.federation.tests.factories import make_team
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from espace.partners.rules import association_due, ends_within_a_year
from espace.reports.models import FunderPart, Report, Version
from espace.reports.rules.content import Content, Line, Part
from espace.reports.tests.factories import make_content, make_sent

pytestmark = pytest.mark.django_db

PLACE = "/mon-territoire/R53/bilans/"
YEAR = "?annee=2025"


@pytest.fixture
def gems(clock: Callable[[str], Any]) -> list[Gem]:
    """Two GEM of Finistère, one of Morbihan, one elsewhere; the first one sent its table."""
    clock("2026-03-03 14:00")
    made = [
        make_gem(name, departement_code=code, region_code=region, commune_code=commune,
                 opened_on=date(2020, 5, 1))
        for name, code, region, commune in (
            ("GEM du Phare", "29", "53", "29019"),
            ("GEM des Dunes", "29", "53", "29232"),
            ("GEM du Golfe", "56", "53", "56260"),
            ("GEM du Nord", "59", "32", "59350"),
        )
    ]  # fmt: skip
    make_sent(made[0])
    return made


@pytest.fixture
def ars(enter: Callable[..., Client]) -> Client:
    return enter(make_team(Role.ARS, "region:53"))


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(html.fromstring(answer.content).text_content().split())


def test_the_campaign_tells_received_and_awaited_and_nothing_of_drafts(
    gems: list[Gem], ars: Client
) -> None:
    Report.objects.create(gem=gems[1], kind="bilan", year=2025)
    page = text_of(ars, f"{PLACE}{YEAR}")
    assert "Bilans reçus : 1 sur 3 GEM ouverts" in page
    received, _, awaited = page.partition("Attendus")
    assert "GEM du Phare" in received
    assert "GEM des Dunes" in awaited
    assert "GEM du Golfe" in awaited
    assert "GEM du Nord" not in page
    assert "brouillon" not in page.replace("rien des brouillons", "")


def test_the_cnsa_reads_counts_and_no_name(gems: list[Gem], enter: Callable[..., Client]) -> None:
    cnsa = enter(make_team(Role.CNSA, "nation"))
    page = text_of(cnsa, f"/mon-territoire/FR/bilans/{YEAR}")
    assert "Bretagne13" in page
    assert "GEM du Phare" not in page
    assert cnsa.get(f"/mon-territoire/FR/bilans/bilans.xlsx{YEAR}").status_code == 403
    assert cnsa.get("/mon-territoire/recus/").status_code == 403


@pytest.mark.parametrize(
    ("role", "territory"),
    [(Role.ARS, "region:32"), (Role.MUNICIPALITY, "commune:29019"), (Role.CNSA, "nation")],
)
def test_a_table_outside_ones_mandate_is_not_there(
    gems: list[Gem], enter: Callable[..., Client], role: str, territory: str
) -> None:
    client = enter(make_team(role, territory))
    url = f"/mon-territoire/recus/{Version.objects.get().pk}/"
    for page in ("", "document.pdf", "tableau.xlsx"):
        assert client.get(f"{url}{page}").status_code == 404
    assert client.post(f"{url}bien-recu/").status_code in (403, 404)
    assert client.post(f"{url}question/", {"text": "?"}).status_code in (403, 404)


def test_a_town_reads_what_its_gem_sent_to_it_and_no_other(
    gems: list[Gem], enter: Callable[..., Client]
) -> None:
    make_sent(gems[0], kind="commune")
    make_sent(gems[1], kind="commune")
    page = text_of(enter(make_team(Role.MUNICIPALITY, "commune:29019")), "/mon-territoire/recus/")
    assert "GEM du Phare" in page
    assert "GEM des Dunes" not in page
    assert "Bilan de l'année" not in page


def test_receipt_question_answer_and_corrected_version(
    gems: list[Gem], ars: Client, enter: Callable[..., Client], clock: Callable[[str], Any]
) -> None:
    url = f"/mon-territoire/recus/{Version.objects.get().pk}/"
    ars.post(f"{url}bien-recu/")
    ars.post(f"{url}bien-recu/")
    form = html.fromstring(ars.get(url).content)
    key = form.xpath("//input[@name='cle']/@value")[0]
    for _twice in range(2):
        ars.post(f"{url}question/", {"text": "Combien de samedis ?", "cle": key})
    account = make_account()
    make_mandate(gems[0], account, Role.ELECTED, function="presidence")
    nadia = enter(account)
    shelf = "/notre-gem/bilans/"
    assert "Une question attend votre réponse" in text_of(nadia, shelf)
    page = nadia.get(f"{shelf}bilan/2025/").content.decode()
    assert page.count("Combien de samedis ?") == 1
    assert page.count("Bien reçu") == 1
    key = html.fromstring(page).xpath("//input[@name='cle']/@value")[0]
    clock("2026-03-04 10:00")
    nadia.post(f"{shelf}bilan/2025/repondre/", {"text": "Quarante.", "cle": key})
    assert "Quarante." in text_of(ars, url)
    corrected = make_sent(gems[0], make_content(nom="GEM du Grand Phare"))
    page = text_of(ars, f"/mon-territoire/recus/{corrected.pk}/")
    assert "Ce que cette version a corrigénom" in page
    assert "Version corrigée" in text_of(ars, f"{PLACE}{YEAR}")


def test_the_workbook_holds_one_row_for_each_table_that_was_sent(
    gems: list[Gem], ars: Client
) -> None:
    lines = (
        Line("nom", "Nom", "GEM des Dunes", None, "", "fiche"),
        Line("samedis", "Samedis ouverts", "40", 40.0, "", "estime"),
    )
    content = Content("bilan", "Bilan", "GEM des Dunes", 2025, "", (Part("x", "X", (), lines),))
    make_sent(gems[1], content)
    make_sent(gems[1], content)
    answer = ars.get(f"{PLACE}bilans.xlsx{YEAR}")
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    head = rows[0]
    assert [row[0] for row in rows[1:]] == ["GEM des Dunes", "GEM du Phare"]
    dunes = dict(zip(head, rows[1], strict=True))
    assert dunes["Version"] == 2
    assert dunes["Samedis ouverts"] == 40
    assert dunes["Estimé par le GEM"] == "Samedis ouverts"
    assert len(set(head)) == len(head)


def test_the_ars_writes_its_part_and_nobody_else(
    gems: list[Gem], ars: Client, enter: Callable[..., Client]
) -> None:
    url = f"{PLACE}notre-part/{YEAR}"
    said = {"credits_eur": "120000", "visits": "4", "difficulties": "Peu de GEM à l'est."}
    assert ars.post(url, {**said, "visits": "-1"}).status_code == 422
    assert ars.post(url, said).status_code == 302
    assert ars.post(url, {**said, "visits": "5"}).status_code == 302
    assert FunderPart.objects.get().visits == 5
    assert "Peu de GEM à l'est." in text_of(ars, f"{PLACE}{YEAR}")
    for role, territory in ((Role.CNSA, "nation"), (Role.FEDERATION, "nation")):
        assert enter(make_team(role, territory)).post(url, said).status_code == 403
    assert enter(make_team(Role.ARS, "region:32")).post(url, said).status_code == 404
    assert enter(make_team(Role.ARS, "departement:29")).post(url, said).status_code == 404


def test_agreements_that_end_and_young_gems_are_told(gems: list[Gem], ars: Client) -> None:
    lines = (
        Line("financement_fin", "Fin", "31/12/2026", None, "", "fiche"),
        Line("parrainage_fin", "Fin", "31/12/2030", None, "", "fiche"),
    )
    content = Content("bilan", "Bilan", "GEM des Dunes", 2025, "", (Part("x", "X", (), lines),))
    make_sent(gems[1], content)
    Gem.objects.filter(pk=gems[2].pk).update(
        association_state="en_creation", opened_on=date(2024, 5, 1)
    )
    page = text_of(ars, f"{PLACE}{YEAR}")
    assert "GEM des Dunes : convention avec l'ars, jusqu'au 31 décembre 2026" in page.replace(
        "ARS", "ars"
    )
    assert "2030" not in page
    assert "Les trois ans finissent le 1 mai 2027" in page


def test_three_years_and_twelve_months() -> None:
    assert association_due(date(2024, 2, 29)) == date(2027, 2, 28)
    assert association_due(None) is None
    today = date(2026, 3, 3)
    assert [
        ends_within_a_year(day, today)
        for day in (date(2026, 3, 2), today, date(2027, 3, 3), date(2027, 3, 4))
    ] == [False, True, True, False]


def test_the_queries_of_the_campaign_do_not_grow(
    gems: list[Gem], ars: Client, queries: Callable[..., Any]
) -> None:
    ars.get(f"{PLACE}{YEAR}")
    with queries() as few:
        ars.get(f"{PLACE}{YEAR}")
    for rank in range(20):
        make_sent(make_gem(f"GEM {rank}", departement_code="29", region_code="53"))
    with queries() as many:
        ars.get(f"{PLACE}{YEAR}")
    assert len(many) == len(few) <= 12


@pytest.mark.parametrize("year", ["", "abc", "²025", "99999", "1890"])
def test_a_year_that_is_not_one_shows_last_year(gems: list[Gem], ars: Client, year: str) -> None:
    assert "Les bilans 2025" in text_of(ars, f"{PLACE}?annee={year}")
