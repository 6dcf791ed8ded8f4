"""« Notre GEM » as people open it: by its addresses, with the little GEM counted by hand."""

import io
from datetime import date

import pytest
from django.test import Client
from lxml import html
from python_calamine import CalamineWorkbook

from espace.accounts.choices import Role
from espace.activities.models import Attendance
from espace.groups.actions import touch
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_mandate, make_person
from espace.indicators.living import THEMES
from espace.indicators.queries import shown_in_gem
from espace.indicators.tests.little_gem import make_little_gem

pytestmark = pytest.mark.django_db
MARCH = "?periode=2024-03"


@pytest.fixture
def gem(clock) -> Gem:
    clock("2024-04-10 15:00")
    return make_little_gem()


@pytest.fixture
def elected(gem, enter) -> Client:
    account = make_account()
    make_mandate(gem, account, Role.ELECTED)
    return enter(account)


def words(response) -> str:
    """The text of ``main``, spaces folded."""
    page = html.fromstring(response.content.decode())
    return " ".join(page.find(".//main").text_content().split())


def sentences(response) -> list[str]:
    """The sentences that open the page, as read."""
    page = html.fromstring(response.content.decode())
    return [
        " ".join(p.text_content().split()) for p in page.xpath("//*[@class='sentences']/li/p[1]")
    ]


def test_the_page_opens_on_five_sentences_of_the_month(elected):
    said = sentences(elected.get("/notre-gem/" + MARCH))
    assert len(said) == 5
    assert "Nous avons ouvert 7 jours." in said
    assert not any("en cours" in sentence for sentence in said)


def test_a_running_month_is_shown_and_marked(elected, gem):
    Attendance.objects.create(gem=gem, date=date(2024, 4, 9), person=gem.people.all()[0])
    text = words(elected.get("/notre-gem/"))
    assert "1 personne est venue. en cours" in text
    assert "Ce n'est pas fini" in text


def test_a_change_shows_on_the_next_load_and_nothing_new_costs_nothing(elected, gem):
    elected.get("/notre-gem/")  # a first visit receives its cookie
    first = elected.get("/notre-gem/")
    assert first["Cache-Control"] == "private, no-cache"
    again = elected.get("/notre-gem/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Attendance.objects.create(gem=gem, date=date(2024, 4, 9), person=gem.people.all()[0])
    touch(gem.pk)
    changed = elected.get("/notre-gem/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "1 personne est venue." in words(changed)


def test_the_same_cost_for_one_person_and_for_thirty(elected, gem, queries):
    elected.get("/notre-gem/" + MARCH)
    with queries() as few:
        elected.get("/notre-gem/" + MARCH)
    for number in range(30):
        person = make_person(gem, f"Prénom {number}", first_seen_on=date(2024, 3, 4))
        Attendance.objects.create(gem=gem, date=date(2024, 3, 4), person=person)
    with queries() as many:
        elected.get("/notre-gem/" + MARCH)
    assert len(many) == len(few)
    assert len(many) <= 15


@pytest.mark.parametrize("slug", THEMES)
def test_each_theme_asks_six_questions_at_most(elected, slug):
    expected = [one.code for one in shown_in_gem(THEMES[slug])]
    seen = []
    for number in range(1, -(-len(expected) // 6) + 1):
        page = html.fromstring(
            elected.get(f"/notre-gem/chiffres/{slug}/{MARCH}&page={number}").content.decode()
        )
        codes = [h2.get("id").removeprefix("q-") for h2 in page.xpath("//main//h2")]
        assert 1 <= len(codes) <= 6
        seen += codes
    assert seen == expected
    after = f"/notre-gem/chiffres/{slug}/{MARCH}&page={-(-len(expected) // 6) + 1}"
    assert elected.get(after).status_code == 404


def test_a_figure_that_needs_a_quarter_says_which_one(elected):
    text = words(elected.get("/notre-gem/chiffres/frequentation/" + MARCH))
    assert "1er trimestre 2024" in text


@pytest.mark.parametrize("code", [one.code for one in shown_in_gem()] or ["none"])
def test_every_figure_tells_where_it_comes_from(elected, code):
    text = words(elected.get(f"/notre-gem/chiffre/{code}/{MARCH}"))
    assert "Comment il est compté" in text
    assert f"Code du chiffre : {code}." in text


def test_the_origin_counts_rows_and_says_what_is_missing(elected, gem):
    text = words(elected.get("/notre-gem/chiffre/OUV-02/?periode=2024-04"))
    assert "Mois pas fini : avril 2024." in text
    text = words(elected.get("/notre-gem/chiffre/OUV-02/" + MARCH))
    assert "Rien ne manque." in text
    assert elected.get("/notre-gem/chiffre/XXX-99/").status_code == 404


def test_an_unclear_period_is_the_running_month(elected):
    for text in ("?periode=demain", "?periode=2031-01", "?periode=2024-13", "?periode="):
        assert "Avril 2024" in words(elected.get("/notre-gem/" + text))


def test_a_period_of_ones_own(elected):
    asked = elected.get("/notre-gem/periode/?first=2024-03-01&last=2024-03-15")
    assert asked.status_code == 302
    assert asked["Location"] == "/notre-gem/?periode=2024-03-01..2024-03-15"
    assert "Du 1er au 15 mars 2024" in words(elected.get(asked["Location"]))


def test_a_period_that_ends_before_it_starts_is_told_why(elected):
    answer = elected.get("/notre-gem/periode/?first=2024-03-15&last=2024-03-01")
    assert answer.status_code == 422
    assert "La fin est avant le début." in words(answer)


def test_the_gem_chooses_its_sentences(elected, gem):
    codes = ["OUV-02", "ADH-01", "OUV-02"]
    form = {f"place_{place}": code for place, code in enumerate(codes, start=1)}
    assert elected.post("/notre-gem/phrases/", form).status_code == 302
    page = elected.get("/notre-gem/phrases/?place=2").content.decode()
    assert page.count("<select") == 1
    assert "<select" not in elected.get("/notre-gem/phrases/").content.decode()
    assert list(gem.chosen_sentences.values_list("code", flat=True)) == ["OUV-02", "ADH-01"]
    said = sentences(elected.get("/notre-gem/" + MARCH))
    assert said[0] == "Nous avons ouvert 7 jours."
    assert len(said) == 2


def test_a_member_reads_but_does_not_choose(as_role, gem):
    member = as_role(Role.MEMBER, gem)
    assert member.get("/notre-gem/").status_code == 200
    assert "/notre-gem/phrases/" not in member.get("/notre-gem/").content.decode()
    assert member.get("/notre-gem/phrases/").status_code == 403
    assert member.post("/notre-gem/phrases/", {"place_1": "OUV-02"}).status_code == 403
    assert not gem.chosen_sentences.exists()


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER, Role.VOLUNTEER])
def test_others_see_no_figure_until_the_gem_shares(as_role, gem, role):
    client = as_role(role, gem)
    for address in ("/notre-gem/", "/notre-gem/chiffre/ATT-02/", "/notre-gem/chiffres.csv"):
        assert client.get(address).status_code == 403


def test_nobody_is_led_to_sign_in(client, gem):
    answer = client.get("/notre-gem/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/entrer/")


def test_files_say_the_same_figures(elected):
    csv = elected.get("/notre-gem/chiffres.csv" + MARCH)
    assert csv.content.startswith(b"\xef\xbb\xbfCode;")
    row = next(line for line in csv.content.decode().splitlines() if line.startswith("OUV-02;"))
    assert row.split(";")[3] == "7"
    assert "chiffres-2024-03.csv" in csv["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(elected.get("/notre-gem/chiffres.xlsx" + MARCH).content)
    )
    rows = book.get_sheet_by_index(0).to_python()
    assert [line[3] for line in rows if line[0] == "OUV-02"] == [7.0]


@pytest.mark.parametrize("asked", ["2005-01-01..9999-12-31", "9999", "0001-01", "2024-03..", "%00"])
@pytest.mark.parametrize("address", ["", "chiffres.csv", "chiffre/ATT-01/", "periode/"])
def test_a_period_out_of_reach_is_this_month(elected, address, asked):
    answer = elected.get(f"/notre-gem/{address}?periode={asked}")
    assert answer.status_code == 200


def test_a_period_typed_too_far_is_told(elected):
    answer = elected.get("/notre-gem/periode/?first=01/01/2024&last=31/12/2099")
    assert answer.status_code == 422
    assert "trop loin" in words(answer)
