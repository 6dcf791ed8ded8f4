"""The pages of an import, as a person goes through them."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from espace.accounts.choices import Role
from espace.activities.models import Attendance
from espace.groups.models import Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.rules import records as rules
from espace.imports.tests.factories import dump, every_table, make_draft, make_reading, work
from espace.imports.tests.files import CANARY, SMALL, upload, visit_log

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def animator(as_role, gem) -> Client:
    return as_role(Role.ANIMATOR, gem)


def bring(client: Client, content: bytes = SMALL, name: str = "presences.csv"):
    return client.post("/import/", {"file": upload(content, name)}, follow=True)


def the_batch() -> ImportBatch:
    return ImportBatch.objects.get()


def go_through(client: Client, batch: ImportBatch, **answers: str):
    """Answer the questions (guesses unless told otherwise) and confirm."""
    page = client.get(f"/import/{batch.pk}/")
    ticked = re.findall(
        r'<input type="radio" name="([^"]+)" value="([^"]*)"[^>]* checked', page.content.decode()
    )
    client.post(f"/import/{batch.pk}/reponses/", {**dict(ticked), **answers})
    return client.post(f"/import/{batch.pk}/ajouter/", follow=True)


def labels_and_days() -> set[tuple[str, date]]:
    rows = Attendance.objects.filter(person__isnull=False).select_related("person")
    return {(row.person.label, row.date) for row in rows.order_by("pk")}


def text_of(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text).replace("&#x27;", "'")


def test_a_file_goes_in_by_three_presses_and_comes_out(animator, gem) -> None:
    before = dump()
    page = bring(animator)
    assert "Ce que nous avons compris" in text_of(page)
    batch = the_batch()
    assert page.redirect_chain == [(f"/import/{batch.pk}/", 302)]

    review = animator.get(f"/import/{batch.pk}/apercu/")
    assert "3 présences seront ajoutées" in text_of(review)
    assert "2 prénoms nouveaux" in text_of(review)
    assert "septembre 2026" in text_of(review)
    assert "ligne 6" in text_of(review)
    assert dump() == before

    done = animator.post(f"/import/{batch.pk}/ajouter/", follow=True)
    assert "Votre fichier est ajouté" in text_of(done)
    assert "3 présences ajoutées" in text_of(done)
    assert 'href="/notre-gem/"' in done.content.decode()
    assert labels_and_days() == {
        ("Nadia K.", MONDAY),
        ("Nadia K.", date(2026, 9, 8)),
        ("Karim J.", MONDAY),
    }

    ask = animator.get(f"/import/{batch.pk}/annuler/")
    assert "3 présences" in text_of(ask)
    undone = animator.post(f"/import/{batch.pk}/annuler/", follow=True)
    assert "L'ajout est annulé" in text_of(undone)
    assert dump() == before


def test_back_double_click_and_second_tab_change_nothing(animator) -> None:
    bring(animator)
    batch = the_batch()
    go_through(animator, batch)
    before = dump()
    again = animator.post(f"/import/{batch.pk}/ajouter/", follow=True)
    assert "Votre fichier est ajouté" in text_of(again)
    back = animator.get(f"/import/{batch.pk}/apercu/", follow=True)
    assert "Votre fichier est ajouté" in text_of(back)
    late = animator.post(f"/import/{batch.pk}/reponses/", {rules.KNOWN_LABELS: "non"}, follow=True)
    assert "Votre fichier est ajouté" in text_of(late)
    animator.post(f"/import/{batch.pk}/arreter/")
    assert dump() == before
    assert the_batch().state == State.DONE


def test_a_file_given_up_leaves_nothing(animator) -> None:
    bring(animator)
    page = animator.post(f"/import/{the_batch().pk}/arreter/", follow=True)
    assert "Ce fichier est abandonné" in text_of(page)
    assert the_batch().reading is None
    confirmed = animator.post(f"/import/{the_batch().pk}/ajouter/", follow=True)
    assert "Ce fichier est abandonné" in text_of(confirmed)
    assert not Attendance.objects.exists()


def test_people_of_the_roll_are_asked_about_and_yes_joins_them(animator, gem) -> None:
    nadia = make_person(gem, "Nadia", "K")
    page = bring(animator)
    assert "Nadia K. du fichier : est-ce Nadia K. de votre carnet" in text_of(page)
    assert "Je ne sais pas" in text_of(page)
    go_through(animator, the_batch())
    assert Attendance.objects.filter(person=nadia).count() == 2
    assert Person.objects.count() == 2


def test_people_of_the_roll_stay_apart_after_no(animator, gem) -> None:
    nadia = make_person(gem, "Nadia", "K")
    bring(animator)
    go_through(animator, the_batch(), **{rules.KNOWN_LABELS: "non"})
    assert not Attendance.objects.filter(person=nadia).exists()
    assert ("Nadia K. (2)", MONDAY) in labels_and_days()


def test_i_do_not_know_keeps_the_guess(animator, gem) -> None:
    nadia = make_person(gem, "Nadia", "K")
    bring(animator)
    go_through(animator, the_batch(), **{rules.KNOWN_LABELS: "ne-sais-pas"})
    assert Attendance.objects.filter(person=nadia).count() == 2


def test_a_question_without_answer_is_asked_again_and_nothing_is_lost(animator, gem) -> None:
    make_person(gem, "Nadia", "K")
    bring(animator)
    page = animator.post(f"/import/{the_batch().pk}/reponses/", {})
    assert page.status_code == 422
    assert "Choisissez une réponse" in text_of(page)
    assert the_batch().state == State.DRAFT


def test_no_surname_is_left_anywhere_while_reading_nor_after(animator) -> None:
    bring(animator)
    assert CANARY not in str(dump(*every_table()))
    assert not list((settings.DATA_DIR / "uploads").iterdir())
    go_through(animator, the_batch())
    assert labels_and_days()
    assert CANARY not in str(dump(*every_table()))


def test_a_big_file_is_read_and_added_by_the_worker(animator, monkeypatch) -> None:
    monkeypatch.setattr("espace.imports.actions.intake.BACKGROUND_BYTES", 10)
    monkeypatch.setattr("espace.imports.actions.confirm.BACKGROUND_ROWS", 1)
    page = bring(animator)
    batch = the_batch()
    assert "Lecture en cours" in text_of(page)
    assert "Actualiser" in text_of(page)
    kept = list((settings.DATA_DIR / "uploads").iterdir())
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
    assert CANARY not in str(dump(*every_table()))

    work()
    assert not list((settings.DATA_DIR / "uploads").iterdir())
    assert "Ce que nous avons compris" in text_of(animator.get(f"/import/{batch.pk}/"))

    working = go_through(animator, batch)
    assert "Ajout en cours" in text_of(working)
    part = animator.get(f"/import/{batch.pk}/", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert b"<html" not in part.content
    same = animator.get(f"/import/{batch.pk}/?vu=working-0", headers={"HX-Request": "true"})
    assert same.status_code == 204

    work()
    over = animator.get(f"/import/{batch.pk}/", headers={"HX-Request": "true"})
    assert over.status_code == 286
    assert "Voir la suite" in text_of(over)
    assert len(labels_and_days()) == 3


def test_a_big_file_that_cannot_be_read_says_so_and_is_deleted(animator, monkeypatch) -> None:
    monkeypatch.setattr("espace.imports.actions.intake.BACKGROUND_BYTES", 10)
    bring(animator, b"%PDF-1.7 not a table at all", "liste.pdf")
    work()
    page = animator.get(f"/import/{the_batch().pk}/")
    assert "Le fichier n'est pas ajouté" in text_of(page)
    assert "PDF" in text_of(page)
    assert not list((settings.DATA_DIR / "uploads").iterdir())


def test_the_history_links_to_each_file(animator) -> None:
    bring(animator)
    batch = the_batch()
    waiting = animator.get("/import/")
    assert "Reprendre le fichier" in text_of(waiting)
    go_through(animator, batch)
    page = animator.get("/import/")
    assert f'href="/import/{batch.pk}/"' in page.content.decode()
    assert "Reprendre le fichier" not in text_of(page)


# --- Who may ---


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR, Role.MANAGER])
def test_others_read_who_may_bring_a_file(as_role, gem, role) -> None:
    page = as_role(role, gem).get("/import/")
    assert page.status_code == 403
    assert as_role(role, gem).post("/import/", {"file": upload(SMALL)}).status_code == 403
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR])
def test_the_bureau_and_the_animators_bring_files(as_role, gem, role) -> None:
    assert as_role(role, gem).get("/import/").status_code == 200


def test_nobody_is_led_to_the_sign_in_page(gem) -> None:
    page = Client().get("/import/")
    assert page.status_code == 302
    assert page["Location"].startswith("/entrer/")


PATHS = ("", "apercu/", "annuler/")
POSTS = ("reponses/", "ajouter/", "arreter/", "annuler/")


def test_an_import_of_another_gem_does_not_exist_for_us(as_role, gem) -> None:
    batch = make_draft(gem, make_account(), make_reading({"Nadia B.": [MONDAY]}))
    for state in State:
        ImportBatch.objects.update(state=state)
        stranger = as_role(Role.ELECTED, make_gem("GEM des Quais"))
        member = as_role(Role.MEMBER, gem)
        for client in (stranger, member):
            for path in PATHS:
                assert client.get(f"/import/{batch.pk}/{path}").status_code == 404
            for path in POSTS:
                assert client.post(f"/import/{batch.pk}/{path}").status_code == 404
    assert not Attendance.objects.exists()


def test_a_draft_is_seen_only_by_who_made_it_and_what_is_added_by_the_bureau(
    as_role, gem, enter
) -> None:
    account = make_account()
    make_mandate(gem, account, Role.ANIMATOR)
    batch = make_draft(gem, account, make_reading({"Nadia B.": [MONDAY]}))
    colleague = as_role(Role.ELECTED, gem)
    assert colleague.get(f"/import/{batch.pk}/").status_code == 404
    assert "Reprendre" not in text_of(colleague.get("/import/"))
    enter(account).post(f"/import/{batch.pk}/ajouter/")
    assert colleague.get(f"/import/{batch.pk}/").status_code == 200
    colleague.post(f"/import/{batch.pk}/annuler/")
    assert not Attendance.objects.exists()


def test_an_unknown_import_is_not_found(animator) -> None:
    assert animator.get(f"/import/{uuid4()}/").status_code == 404


# --- Cost ---


def test_pages_cost_the_same_whatever_the_number_of_people(animator, gem, queries) -> None:
    counts = []
    for number in (1, 3):
        lines = [
            f"{day:02}/09/2026;Prénom{n};Nom;adhérent" for n in range(number) for day in (7, 8)
        ]
        ImportBatch.objects.all().delete()
        bring(animator, visit_log(lines))
        batch = the_batch()
        with queries() as understood:
            animator.get(f"/import/{batch.pk}/")
        with queries() as review:
            animator.get(f"/import/{batch.pk}/apercu/")
        with queries() as home:
            animator.get("/import/")
        counts.append((len(understood), len(review), len(home)))
    assert counts[0] == counts[1]
