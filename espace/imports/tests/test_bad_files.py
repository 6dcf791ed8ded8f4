"""Files that can't be read, or that were made to hurt: a plain sentence, and nothing changes."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from espace.accounts.choices import Role
from espace.activities.models import Attendance
from espace.groups.models import Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from espace.imports.models import ImportBatch
from espace.imports.tests.factories import dump
from espace.imports.tests.files import (
    SMALL,
    locked_workbook,
    sample,
    upload,
    visit_log,
    workbook,
    zip_bomb,
)
from espace.imports.tests.test_pages import bring, go_through, labels_and_days, text_of, the_batch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def animator(as_role, gem) -> Client:
    return as_role(Role.ANIMATOR, gem)


REFUSED = {
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "une image"),
    "a pdf named xlsx": (b"%PDF-1.7 ...", "un PDF"),
    "a web page": (b"<html><table><tr><td>x</td></tr></table></html>", "une page web"),
    "a program": (b"MZ" + b"\x00" * 200, "un programme"),
    "a workbook with a password": (locked_workbook(), "mot de passe"),
    "a broken workbook": (workbook([["Prénom", "1"], ["Nadia B", "x"]])[:2500], "abîmé"),
    "a zip bomb": (zip_bomb(), "énorme"),
    "only spaces": (b"  \r\n \r\n", "vide"),
    "an empty file": (b"", "vide"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_opened_is_refused_in_plain_french(animator, settings, name) -> None:
    content, word = REFUSED[name]
    before = dump()
    page = bring(animator, content, "presences.xlsx")
    assert page.status_code == 422
    assert word in text_of(page)
    assert "Rien n'a été enregistré" in text_of(page)
    assert "Votre fichier" in text_of(page)
    assert dump() == before
    assert not ImportBatch.objects.exists()
    uploads = settings.DATA_DIR / "uploads"
    assert not uploads.exists() or not list(uploads.iterdir())


def test_no_file_chosen_says_what_is_missing(animator) -> None:
    page = animator.post("/import/", {})
    assert page.status_code == 422
    assert "Il manque le fichier" in text_of(page)


def test_a_file_too_big_is_refused_before_it_is_read(animator, settings) -> None:
    settings.IMPORT_MAX_BYTES = 1024 * 1024
    small_excess = bring(animator, b"x" * (1024 * 1024 + 1000))
    assert small_excess.status_code == 422
    assert "dépasse 1 Mo" in text_of(small_excess)
    large_excess = bring(animator, b"x" * (3 * 1024 * 1024))
    assert large_excess.status_code == 422
    assert "dépasse 1 Mo" in text_of(large_excess)
    assert "Il manque le fichier" not in text_of(large_excess)
    assert not ImportBatch.objects.exists()


def test_a_line_of_ten_megabytes_is_answered_kindly(animator) -> None:
    content = b"Date;Nom\r\n07/09/2026;" + b"a" * (10 * 1024 * 1024 - 100)
    page = bring(animator, content)
    assert page.status_code in (200, 422)
    assert not Attendance.objects.exists()
    assert "Cela vient de nous" not in text_of(page)


def test_the_thirty_first_of_february_is_left_out_with_its_place(animator) -> None:
    bring(animator)
    page = animator.get(f"/import/{the_batch().pk}/apercu/")
    assert "1 ligne pas lue" in text_of(page)
    assert "ligne 6" in text_of(page)
    go_through(animator, the_batch())
    assert len(labels_and_days()) == 3
    assert "ligne 6" in text_of(animator.get(f"/import/{the_batch().pk}/"))


def test_formulas_are_never_computed(animator) -> None:
    lines = [
        '07/09/2026;=HYPERLINK("http");Nom;adhérent',
        "07/09/2026;@SUM(1+1);Nom;adhérent",
        "07/09/2026;Karim;Joncour;adhérent",
    ]
    bring(animator, visit_log(lines))
    review = animator.get(f"/import/{the_batch().pk}/apercu/")
    assert '<a href="http"' not in review.content.decode()
    go_through(animator, the_batch())
    assert ("Karim J.", date(2026, 9, 7)) in labels_and_days()


def test_markup_in_a_name_is_shown_as_text(animator) -> None:
    bring(animator, visit_log(["07/09/2026;<b>Ali</b>;Nom;adhérent"]))
    page = animator.get(f"/import/{the_batch().pk}/apercu/").content.decode()
    assert "<b>" not in page


def test_a_name_with_an_emoji_goes_in(animator) -> None:
    content = "Date;Prénom;Nom;Statut\r\n07/09/2026;Zoé 🌻;Petit;adhérent\r\n".encode()
    bring(animator, content)
    go_through(animator, the_batch())
    ((label, day),) = labels_and_days()
    assert (label.split()[0], label.split()[-1], day) == ("Zoé", "P.", date(2026, 9, 7))


def test_two_people_with_the_same_label_stay_two(animator) -> None:
    lines = ["07/09/2026;Nadia;Bernard;adhérent", "07/09/2026;Nadia;Briand;adhérent"]
    bring(animator, visit_log(lines))
    go_through(animator, the_batch())
    assert {label for label, _ in labels_and_days()} == {"Nadia B.", "Nadia B. (2)"}
    before = dump()
    ImportBatch.objects.all().delete()
    bring(animator, visit_log(lines))
    go_through(animator, the_batch())
    assert dump() == before
    assert Person.objects.count() == 2


def test_an_expired_session_loses_nothing_and_writes_nothing(gem, enter) -> None:
    account = make_account()
    make_mandate(gem, account, Role.ANIMATOR)
    client = enter(account)
    bring(client)
    batch = the_batch()
    client.logout()
    for path in ("reponses/", "ajouter/", "annuler/"):
        answer = client.post(f"/import/{batch.pk}/{path}", {})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/entrer/")
    assert client.post("/import/", {"file": upload(SMALL)}).status_code == 302
    assert not Attendance.objects.exists()
    back = enter(account)
    assert "Reprendre le fichier" in text_of(back.get("/import/"))
    go_through(back, batch)
    assert len(labels_and_days()) == 3


def test_a_form_without_its_token_writes_nothing(gem, enter) -> None:
    account = make_account()
    make_mandate(gem, account, Role.ANIMATOR)
    bring(enter(account))
    strict = enter(account, enforce_csrf_checks=True)
    assert strict.post(f"/import/{the_batch().pk}/ajouter/").status_code == 403
    assert not Attendance.objects.exists()


def test_a_budget_is_recognised_and_declined_kindly(animator) -> None:
    before = dump()
    page = animator.post("/import/", {"file": sample("budget.xlsx")}, follow=True)
    assert "Ce fichier est un budget" in text_of(page)
    assert the_batch().reading is None
    assert dump() == before


def test_the_name_of_the_file_is_never_kept(animator) -> None:
    file = SimpleUploadedFile("Présences de Nadia Kerguelenec.csv", SMALL)
    animator.post("/import/", {"file": file})
    assert "Présences de" not in str(dump("imports_importbatch"))
