"""« Nos bilans », by its addresses: members write, the bureau agrees, the document leaves."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from lxml import etree, html
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings
from python_calamine import load_workbook

from espace.accounts.choices import Role
from espace.binder.models import StaffPost
from espace.federation.tests.factories import make_team
from espace.governance.models import Task, TaskHolder
from espace.groups.actions.devices import enrol_device
from espace.groups.grants import device_cookie
from espace.groups.models import Gem, Membership
from espace.groups.tests.factories import (
    make_account,
    make_actor,
    make_gem,
    make_mandate,
    make_person,
)
from espace.indicators.queries import measure
from espace.indicators.rules import year_period
from espace.reports.models import Report, Version
from espace.reports.rules.agreeing import is_agreed, needed

pytestmark = pytest.mark.django_db

SHELF = "/notre-gem/bilans/"
BILAN = f"{SHELF}bilan/2025/"
ACTIVITE = f"{SHELF}activite/2025/"
ELECTED = {"role": Role.ELECTED}


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-02-03 14:00")
    made = make_gem("GEM du Phare", commune_name="Brest", departement_code="29", region_code="53")
    StaffPost.objects.create(
        gem=made, title="Animation", kind="salarie", employer="gem", qualification="animation",
        started_on=date(2020, 1, 1), fte=1,
    )  # fmt: skip
    return made


@pytest.fixture
def nadia(gem: Gem, enter: Callable[..., Client]) -> Client:
    account = make_account("Nadia", "B")
    make_mandate(gem, account, Role.ELECTED, function="presidence")
    return enter(account)


@pytest.fixture
def karim(gem: Gem, enter: Callable[..., Client]) -> Client:
    account = make_account("Karim", "L")
    make_mandate(gem, account, Role.ELECTED, function="tresorerie")
    return enter(account)


def enter_as(enter: Callable[..., Client], gem: Gem, role: str) -> Client:
    account = make_account()
    make_mandate(gem, account, role)
    return enter(account)


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(html.fromstring(answer.content).text_content().split())


def do(client: Client, gesture: str, url: str = BILAN) -> None:
    assert client.post(f"{url}suite/", {"geste": gesture}).status_code == 302


def pdf_text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(" ".join(p.extract_text() for p in reader(answer.content).pages).split())


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


# --- Writing ---


def test_figures_place_themselves_and_zero_is_not_unknown(nadia: Client) -> None:
    page = html.fromstring(nadia.get(BILAN).content)
    told = {
        " ".join(row.xpath("string(th)").split()): " ".join(row.xpath("string(td)").split())
        for row in page.xpath("//tbody/tr")
    }
    assert told["Nom du GEM"] == "GEM du Phare"
    assert told["Salariés au 31 décembre"] == "1"
    assert told["Postes : animation"] == "1"
    assert told["Postes : travail social"] == "0"
    # Nothing was noted of openings: no entry is not zero.
    assert told["Samedis ouverts"] == "pas connu"


def test_a_member_writes_words_and_they_are_in_every_file(
    gem: Gem, enter: Callable[..., Client]
) -> None:
    member = enter_as(enter, gem, Role.MEMBER)
    answer = member.post(
        f"{ACTIVITE}parties/nous/",
        {"mots-presentation": "un lieu à nous", "garder": ["ADH-01"], "geste": "fin"},
    )
    assert answer.status_code == 302
    said = "Notre GEM, c'est un lieu à nous"
    assert said in text_of(member, ACTIVITE)
    assert said in pdf_text(member, f"{ACTIVITE}document.pdf")
    document = Document(io.BytesIO(member.get(f"{ACTIVITE}document.docx").content))
    assert said in [one.text for one in document.paragraphs]
    rows = load_workbook(io.BytesIO(member.get(f"{ACTIVITE}tableau.xlsx").content))
    assert any(said in row for row in rows.get_sheet_by_index(0).to_python())


def test_a_number_of_ones_own_is_marked_and_stays_a_number(nadia: Client) -> None:
    nadia.post(f"{BILAN}parties/ouverture/", {"champ-samedis": "40", "geste": "fin"})
    assert "40 (estimé par le GEM)" in text_of(nadia, BILAN)
    rows = load_workbook(io.BytesIO(nadia.get(f"{BILAN}tableau.xlsx").content))
    (row,) = [r for r in rows.get_sheet_by_index(0).to_python() if r[1] == "Samedis ouverts"]
    assert row[2] == 40
    assert row[4] == "estimé par le GEM"
    nadia.post(f"{BILAN}parties/ouverture/", {"champ-samedis": "", "geste": "fin"})
    assert "estimé par le GEM)" not in text_of(nadia, BILAN)


@pytest.mark.parametrize("wrong", ["beaucoup", "-3", "1e999", "12 ou 13"])
def test_a_number_that_is_not_one_is_refused_and_kept_on_the_page(
    nadia: Client, wrong: str
) -> None:
    answer = nadia.post(f"{BILAN}parties/ouverture/", {"champ-samedis": wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Écrivez un nombre. Exemple : 12." in page
    assert wrong in page
    assert not Report.objects.filter(answers__code="samedis").exists()


def test_figures_are_chosen_and_none_is_a_choice(nadia: Client) -> None:
    url = f"{ACTIVITE}parties/ouverture/"
    nadia.post(url, {"garder": [], "ajouter": "RHU-01"})
    page = text_of(nadia, ACTIVITE)
    assert page.count("équivalent temps plein") == 2
    boxes = html.fromstring(nadia.get(url).content).xpath(
        "//input[@name='garder'][@checked]/@value"
    )
    assert boxes == ["RHU-01"]
    nadia.post(url, {"garder": []})
    boxes = html.fromstring(nadia.get(url).content).xpath(
        "//input[@name='garder'][@checked]/@value"
    )
    assert boxes == []


def photo() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "JPEG")
    return SimpleUploadedFile("fête.jpg", content.getvalue(), "image/jpeg")


def test_a_photo_is_shown_with_its_words_in_every_file(nadia: Client) -> None:
    url = f"{ACTIVITE}parties/nous/photo/"
    assert nadia.post(url, {"photo": photo(), "alt": "La fête"}).status_code == 422
    answer = nadia.post(url, {"photo": photo(), "alt": "La fête", "agreed": "on"})
    assert answer.status_code == 302
    (image,) = html.fromstring(nadia.get(ACTIVITE).content).xpath("//img[@alt='La fête']")
    shown = nadia.get(image.get("src"))
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert "La fête" in pdf_text(nadia, f"{ACTIVITE}document.pdf")
    archive = zipfile.ZipFile(io.BytesIO(nadia.get(f"{ACTIVITE}document.docx").content))
    drawn = etree.fromstring(archive.read("word/document.xml"))
    assert "La fête" in [one.get("descr") for one in drawn.iter("{*}docPr")]


def test_a_photo_that_is_removed_can_be_put_back(nadia: Client) -> None:
    section = f"{ACTIVITE}parties/nous/"
    nadia.post(f"{section}photo/", {"photo": photo(), "alt": "La fête", "agreed": "on"})
    (form,) = html.fromstring(nadia.get(section).content).xpath(
        "//form[contains(@action,'retirer')]"
    )
    nadia.post(form.get("action"))
    assert "/photos/" not in html.fromstring(nadia.get(ACTIVITE).content).xpath("string(//main)")
    assert not html.fromstring(nadia.get(ACTIVITE).content).xpath("//img[@alt='La fête']")
    nadia.post(form.get("action"), {"geste": "remettre"})
    assert html.fromstring(nadia.get(ACTIVITE).content).xpath("//img[@alt='La fête']")


@pytest.mark.parametrize(
    "url", [f"{SHELF}autre/2025/", f"{SHELF}bilan/1999/", f"{SHELF}bilan/2031/"]
)
def test_a_document_that_does_not_exist_is_not_found(nadia: Client, url: str) -> None:
    assert nadia.get(url).status_code == 404
    assert nadia.get(f"{SHELF}?annee=zéro").status_code == 200


# --- Agreeing ---


def test_two_elected_people_are_needed_and_one_cannot_say_yes_twice(
    nadia: Client, karim: Client
) -> None:
    do(nadia, "relire")
    do(nadia, "accord")
    do(nadia, "accord")
    assert "Il manque le oui d'une personne élue" in text_of(nadia, BILAN)
    assert nadia.post(f"{BILAN}suite/", {"geste": "envoyer"}).status_code == 403
    do(karim, "accord")
    assert "Le bureau est d'accord" in text_of(nadia, BILAN)
    do(nadia, "envoyer")
    assert "Envoyé." in text_of(nadia, BILAN)
    printed = pdf_text(nadia, f"{BILAN}document.pdf")
    assert "Le bureau a dit oui : présidence et trésorerie, le 3 février 2026" in printed
    assert "Nadia" not in printed


def test_a_member_cannot_agree_send_or_give_to_read(
    gem: Gem, nadia: Client, enter: Callable[..., Client]
) -> None:
    member = enter_as(enter, gem, Role.MEMBER)
    assert member.post(f"{BILAN}suite/", {"geste": "relire"}).status_code == 403
    do(nadia, "relire")
    for gesture in ("accord", "envoyer", "reprendre"):
        assert member.post(f"{BILAN}suite/", {"geste": gesture}).status_code == 403


def test_an_animator_cannot_say_yes_and_cannot_send_before(
    gem: Gem, enter: Callable[..., Client]
) -> None:
    animator = enter_as(enter, gem, Role.ANIMATOR)
    do(animator, "relire")
    assert animator.post(f"{BILAN}suite/", {"geste": "accord"}).status_code == 403
    assert animator.post(f"{BILAN}suite/", {"geste": "envoyer"}).status_code == 403


def test_a_paper_signed_by_two_elected_people_is_enough_without_accounts(
    gem: Gem, enter: Callable[..., Client]
) -> None:
    animator = enter_as(enter, gem, Role.ANIMATOR)
    do(animator, "relire")
    code = Version.objects.get().fingerprint
    assert f"Numéro de ce texte : {code}" in pdf_text(animator, f"{BILAN}accord.pdf")
    said = {"first": "presidence", "second": "tresorerie", "on": "02/02/2026"}
    for wrong in ({"code": "00000000"}, {"code": code, "on": "05/02/2026"}, {"code": ""}):
        answer = animator.post(f"{BILAN}signatures/", {**said, **wrong})
        assert answer.status_code == 422
    assert animator.post(f"{BILAN}signatures/", {**said, "code": code}).status_code == 302
    do(animator, "envoyer")
    assert "sur papier" in pdf_text(animator, f"{BILAN}document.pdf")


def test_both_say_yes_on_the_tablet(
    gem: Gem, nadia: Client, karim: Client, settings: Settings
) -> None:
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    for one in (nadia, karim):
        one.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
    send(nadia, karim)
    assert "sur la tablette du GEM" in pdf_text(nadia, f"{BILAN}document.pdf")


def test_what_the_bureau_reads_does_not_move_and_taking_back_asks_again(
    gem: Gem, nadia: Client, karim: Client
) -> None:
    do(nadia, "relire")
    do(nadia, "accord")
    Gem.objects.filter(pk=gem.pk).update(name="Autre nom")
    assert "GEM du Phare" in text_of(nadia, BILAN)
    assert nadia.get(f"{BILAN}parties/gem/").status_code == 404
    do(nadia, "reprendre")
    assert "Autre nom" in text_of(nadia, BILAN)
    do(nadia, "relire")
    do(karim, "accord")
    assert "Il manque le oui d'une personne élue" in text_of(karim, BILAN)


def test_a_correction_says_what_changed_and_leaves_what_was_sent(
    nadia: Client, karim: Client
) -> None:
    send(nadia, karim)
    do(nadia, "corriger")
    nadia.post(f"{BILAN}parties/ouverture/", {"champ-samedis": "40"})
    page = html.fromstring(nadia.get(BILAN).content)
    assert page.xpath("//details[@open]//li/text()") == ["Samedis ouverts"]
    assert Version.objects.filter(sent_at__isnull=False).count() == 1
    do(nadia, "laisser")
    assert "Envoyé." in text_of(nadia, BILAN)
    do(nadia, "corriger")
    send(nadia, karim)
    assert [one.number for one in Version.objects.filter(sent_at__isnull=False)] == [2, 1]


def send(one: Client, other: Client) -> None:
    do(one, "relire")
    do(one, "accord")
    do(other, "accord")
    do(one, "envoyer")


def test_sent_twice_is_sent_once(nadia: Client, karim: Client) -> None:
    send(nadia, karim)
    before = Version.objects.get().sent_at
    do(nadia, "envoyer")
    assert Version.objects.get().sent_at == before


def test_the_indicators_of_reports_see_what_was_sent(
    gem: Gem, nadia: Client, karim: Client, clock: Callable[[str], Any]
) -> None:
    """QUA-08: reports read by members before they leave. QUA-09: sent before 28 February."""
    send(nadia, karim)
    actor, today = make_actor(Role.ELECTED, gem), date(2026, 3, 1)
    told = measure(actor, gem.pk, [year_period(2025)], ["QUA-08"], today)
    assert told["QUA-08", year_period(2025)].value == 100
    told = measure(actor, gem.pk, [year_period(2026)], ["QUA-09"], today)
    assert told["QUA-09", year_period(2026)].value is True


def test_one_is_enough_where_only_one_is_elected() -> None:
    assert [needed(elected) for elected in (0, 1, 2, 9)] == [1, 1, 2, 2]
    assert not is_agreed(1, 0, 2)
    assert is_agreed(0, 2, 2)
    assert not is_agreed(0, 1, 5)


def test_the_pdf_is_tagged_in_french_and_large_type_is_larger(nadia: Client) -> None:
    plain = reader(nadia.get(f"{BILAN}document.pdf").content)
    large = reader(nadia.get(f"{BILAN}document.pdf?taille=grand").content)
    assert plain.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert plain.trailer["/Root"]["/Lang"] == "fr"
    assert len(large.pages) > len(plain.pages)
    assert "Brouillon" in plain.pages[0].extract_text()


def test_the_queries_of_a_document_do_not_grow(
    gem: Gem, nadia: Client, queries: Callable[..., Any]
) -> None:
    nadia.get(BILAN)
    with queries() as few:
        nadia.get(BILAN)
    for rank in range(30):
        StaffPost.objects.create(gem=gem, title=f"P{rank}", kind="salarie", employer="gem", fte=1)
    with queries() as many:
        nadia.get(BILAN)
    assert len(many) == len(few) <= 12


def test_nobody_of_another_gem_reads_a_draft(
    gem: Gem, nadia: Client, enter: Callable[..., Client]
) -> None:
    nadia.post(f"{BILAN}parties/budget/", {"mots-fierte": "notre jardin secret"})
    other = make_gem("GEM voisin", departement_code="29", region_code="53")
    stranger = enter_as(enter, other, Role.ELECTED)
    assert "jardin secret" not in text_of(stranger, BILAN)
    ars = enter(make_team(Role.ARS, "region:53"))
    assert ars.get(BILAN).status_code == 403
    for url in ("/mon-territoire/R53/bilans/", "/mon-territoire/recus/"):
        assert "jardin secret" not in ars.get(url).content.decode()


@pytest.mark.parametrize(("holders", "told"), [(2, False), (20, True)])
def test_a_share_of_one_or_two_people_is_not_told_outside(
    gem: Gem, nadia: Client, holders: int, told: bool
) -> None:
    Gem.objects.filter(pk=gem.pk).update(counting="names")
    for rank in range(40):
        person = make_person(gem, f"Personne {rank}")
        Membership.objects.create(person=person, year=2025, started_on=date(2025, 1, 5))
        if rank < holders:
            task = Task.objects.create(gem=gem, kind="cles", title=f"Clés {rank}")
            TaskHolder.objects.create(task=task, person=person, started_on=date(2025, 2, 1))
    assert ("une responsabilité" in text_of(nadia, ACTIVITE)) is told
