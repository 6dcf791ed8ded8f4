"""The figures of the network, the map, what is missing: by their addresses, and their rules."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from espace.accounts.choices import Role
from espace.binder.models import StaffPost
from espace.federation.models import SavedView
from espace.federation.rules.views import FIRST, LEVELS, MOST_CODES, choice_of
from espace.federation.tests.factories import make_team
from espace.groups.models import GemState
from espace.groups.tests.factories import make_gem
from espace.indicators.rules import parse_period, year_period
from espace.territories.actions import mark_all
from espace.territories.jobs import refresh_stale

HOME = "/reseau/chiffres/"
TEXTS = st.text(max_size=12)


@given(st.lists(TEXTS | st.sampled_from(["OUV-01", "RHU-01"])), TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_address_is_an_error(
    codes: list[str], period: str, level: str, region: str, public: str
) -> None:
    choice = choice_of(
        codes, period, level, region, public,
        known=("OUV-01", "RHU-01"), regions=("53",), publics=("tsa_tnd",),
        default=year_period(2026),
    )  # fmt: skip
    assert choice.codes
    assert len(choice.codes) <= MOST_CODES
    assert choice.level in LEVELS
    assert choice.region in ("", "53")
    assert choice.period.start <= date(2026, 12, 31)


def test_a_choice_is_the_same_once_written_in_its_address() -> None:
    def read(query: str) -> Any:
        parts = [part.split("=") for part in query.split("&")]
        one = {key: value for key, value in parts if key != "chiffre"}
        return choice_of(
            [value for key, value in parts if key == "chiffre"],
            one.get("periode", ""), one.get("lieux", ""), one.get("region", ""),
            one.get("public", ""),
            known=FIRST, regions=("53",), publics=("tsa_tnd",), default=year_period(2026),
        )  # fmt: skip

    choice = read(
        "chiffre=RHU-01&chiffre=OUV-01&periode=2025-T2&lieux=departements&region=53&public=tsa_tnd"
    )
    assert choice.period == parse_period("2025-T2")
    assert read(choice.query()) == choice


@pytest.fixture
def network(clock: Callable[[str], Any]) -> None:
    """Bretagne: five GEM with a post each; Hauts-de-France: three; one GEM elsewhere."""
    clock("2026-11-20 10:00")
    for departement, region, count in (("29", "53", 5), ("59", "32", 3), ("75", "11", 3)):
        for rank in range(count):
            gem = make_gem(
                f"GEM {departement}-{rank}", departement_code=departement, region_code=region,
                opened_on=date(2020, 1, 1), joined_on=date(2020, 1, 1), public_focus="psychique",
            )  # fmt: skip
            StaffPost.objects.create(
                gem=gem,
                title="P",
                kind="salarie",
                employer="gem",
                fte=1,
                started_on=date(2020, 1, 1),
            )
    mark_all()
    refresh_stale("all")


@pytest.fixture
def federation(enter: Callable[..., Client]) -> Client:
    return enter(make_team(Role.FEDERATION, "nation"))


def rows(client: Client, query: str) -> dict[str, list[str]]:
    page = html.fromstring(client.get(f"{HOME}?{query}").content)
    return {
        " ".join(row.xpath("string(th)").split()): [
            " ".join(cell.text_content().split()) for cell in row.xpath("td")
        ]
        for row in page.xpath("//section[@aria-labelledby='tableau']//tbody/tr")
    }


@pytest.mark.django_db
def test_places_stand_in_the_order_of_names_whatever_their_numbers(
    network: None, federation: Client
) -> None:
    found = rows(federation, "chiffre=RHU-01&periode=2026&lieux=regions")
    assert list(found) == ["Bretagne", "Hauts-de-France", "Île-de-France"]
    assert found["Bretagne"] == ["55 GEM"]
    assert "Occitanie" in federation.get(HOME).content.decode().partition("Sans GEM compté")[2]
    assert "chiffre" not in federation.get(f"{HOME}?tri=desc").content.decode().split("<th")[1]


@pytest.mark.django_db
def test_the_files_say_what_the_page_says(network: None, federation: Client) -> None:
    query = "chiffre=RHU-01&periode=2026&lieux=regions"
    answer = federation.get(f"{HOME}chiffres.csv?{query}")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    page = rows(federation, query)
    assert {row[0]: row[1] + row[2] for row in table[1:]} == {k: v[0] for k, v in page.items()}
    assert federation.get(f"{HOME}chiffres.xlsx?{query}").status_code == 200


@pytest.mark.django_db
def test_a_view_is_kept_taken_away_and_put_back(network: None, federation: Client) -> None:
    page = html.fromstring(federation.get(f"{HOME}?chiffre=RHU-01&lieux=france").content)
    (form,) = page.xpath("//form[contains(@action, 'garder')]")
    data = {"name": "Les postes", "cle": form.xpath(".//input[@name='cle']/@value")[0]}
    for _twice in range(2):
        federation.post(form.get("action"), data)
    view = SavedView.objects.get()
    assert "chiffre=RHU-01" in view.query
    assert "lieux=france" in view.query
    federation.post(f"{HOME}vues/{view.pk}/retirer/")
    assert "Les postes" in html.fromstring(federation.get(HOME).content).xpath("string(//details)")
    federation.post(f"{HOME}vues/{view.pk}/retirer/", {"geste": "remettre"})
    assert not SavedView.objects.get().removed
    assert federation.post(f"{HOME}garder/", {"name": ""}).status_code == 302
    assert SavedView.objects.count() == 1


@pytest.mark.django_db
def test_people_come_from_the_closing_only(network: None, federation: Client) -> None:
    found = rows(federation, "chiffre=ATT-01&lieux=france")
    assert found == {"France": ["pas publié"]}
    found = rows(federation, "chiffre=ATT-01&lieux=france&public=psychique")
    assert found == {"France": ["publié pour tous les publics seulement"]}
    # A figure of people that is not published cannot be asked for.
    assert "ATT-04" not in federation.get(f"{HOME}?chiffre=ATT-04").content.decode()


@pytest.mark.django_db
def test_the_map_says_in_words_what_its_colours_show(network: None, federation: Client) -> None:
    page = html.fromstring(federation.get("/reseau/carte/").content)
    text = " ".join(page.text_content().split())
    assert "11 GEM ouverts." in text
    assert "Finistère (29) : 5" in text
    assert len(page.xpath("//svg//path[@class='land-2']")) == 3


@pytest.mark.django_db
def test_what_moves_and_what_is_missing(network: None, federation: Client) -> None:
    gem = make_gem("GEM qui s'arrête", departement_code="29", region_code="53", status="pause")
    GemState.objects.create(
        gem=gem, number=2, state="pause", since=date(2026, 11, 2), reason="autre"
    )
    page = " ".join(
        html.fromstring(federation.get("/reseau/qualite/").content).text_content().split()
    )
    assert "GEM qui s'arrête (29) : en pause, depuis le 2 novembre 2026" in page
    assert "GEM qui l'ont fini : 0 sur 11." in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", [HOME, "/reseau/qualite/", "/reseau/rapport-national/", "/reseau/bilans-passes/"]
)
def test_the_team_only_opens_these(enter: Callable[..., Client], url: str) -> None:
    for role, territory in (
        (Role.ARS, "region:53"),
        (Role.CNSA, "nation"),
        (Role.DELEGATE, "region:53"),
    ):
        assert enter(make_team(role, territory)).get(url).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", [f"{HOME}?lieux=departements", "/reseau/carte/", "/reseau/qualite/"]
)
def test_queries_do_not_grow_with_the_network(
    network: None, federation: Client, queries: Callable[..., Any], url: str
) -> None:
    federation.get(url)
    with queries() as few:
        federation.get(url)
    for rank in range(15):
        make_gem(f"GEM de plus {rank}", departement_code="35", region_code="53")
    with queries() as many:
        federation.get(url)
    assert len(many) == len(few) <= 14


@pytest.mark.django_db
def test_twelve_months_of_france_or_of_a_region(
    network: None, federation: Client, queries: Callable[..., Any]
) -> None:
    found = rows(federation, "chiffre=RHU-01&lieux=mois")
    assert len(found) == 12
    assert list(found)[-1] == "Novembre 2026"
    assert found["Novembre 2026"] == ["1111 GEM"]
    assert rows(federation, "chiffre=RHU-01&lieux=mois&region=53")["Juin 2026"] == ["55 GEM"]
    with queries() as asked:
        federation.get(f"{HOME}?theme=ACT&theme=OUV&lieux=mois")
    assert len(asked) <= 12


@pytest.mark.django_db
def test_a_whole_theme_is_one_choice(network: None, federation: Client) -> None:
    page = html.fromstring(federation.get(f"{HOME}?theme=OUV").content)
    heads = page.xpath("//section[@aria-labelledby='tableau']//thead//th/text()")
    assert len(heads) == 11
    assert "chiffre=OUV-01&chiffre=OUV-02" in page.xpath(
        "string(//form/@action[contains(., 'garder')])"
    )
