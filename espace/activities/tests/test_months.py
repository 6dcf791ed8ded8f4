"""« Ce mois est fini »."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.activities.choices import InputWay, Outcome
from espace.activities.models import Attendance, FinishedMonth
from espace.activities.tests.factories import make_slot
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db
OCTOBER = "/mois/2026-10/"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-02 11:00")


@pytest.fixture
def gem() -> Gem:
    """Open on the 5th, 6th and 7th of October; someone came on the 5th; closed on the 7th."""
    made = make_gem()
    make_slot(made, date(2026, 10, 5))
    make_slot(made, date(2026, 10, 6))
    make_slot(made, date(2026, 10, 7), outcome=Outcome.FERME_CONGE)
    Attendance.objects.create(gem=made, date=date(2026, 10, 5), person=make_person(made))
    return made


@pytest.fixture
def animator(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ANIMATOR, gem)


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def test_the_day_sheet_offers_it_in_one_tap_and_says_what_is_missing(
    gem: Gem, animator: Client
) -> None:
    page = animator.get("/aujourdhui/")
    assert "Octobre est-il fini ?" in words(page)
    assert "Jours ouverts où personne n'est noté :" in words(page)
    assert "/aujourdhui/2026-10-06/" in page.content.decode()
    page = animator.post(OCTOBER, {"geste": "finir", "saisie": "tablette"}, follow=True)
    assert "Octobre 2026 est fini." in words(page)
    row = FinishedMonth.objects.get()
    assert (row.month, row.finished_on) == (date(2026, 10, 1), date(2026, 11, 2))
    assert row.input_way == InputWay.TABLETTE
    assert "est-il fini" not in words(animator.get("/aujourdhui/"))


def test_a_complete_month_lacks_nothing(gem: Gem, animator: Client) -> None:
    make_slot(gem, date(2026, 9, 5), outcome=Outcome.FERME_AUTRE)
    page = words(animator.get("/mois/2026-09/"))
    assert "personne n'est noté" not in page
    assert "attend encore : coups de main, relais, nouvelles personnes, bénévolat." in page
    for part in ("entraide", "relais", "arrivees", "benevolat"):
        animator.post("/mois/2026-09/fiche/", {"geste": f"ne-sait-pas:{part}"})
    assert "Il ne manque rien." in words(animator.get("/mois/2026-09/"))


def test_a_day_says_whether_its_opening_was_told(gem: Gem, animator: Client) -> None:
    make_slot(gem, date(2026, 10, 8), outcome=Outcome.OUVERT)
    page = words(animator.get(OCTOBER))
    assert "Mardi 6 octobre, ouverture pas dite" in page
    assert "Jeudi 8 octobre Notez" in page
    assert "C'est bon comme ça : ce mois est fini" in page


def test_the_time_spent_is_asked_once_and_may_be_left(gem: Gem, animator: Client) -> None:
    assert "Minutes passées à tout noter" in words(animator.get(OCTOBER))
    page = animator.post(OCTOBER, {"geste": "finir", "minutes": "beaucoup"})
    assert (page.status_code, FinishedMonth.objects.count()) == (422, 0)
    animator.post(OCTOBER, {"geste": "finir", "minutes": ""})
    assert FinishedMonth.objects.get().minutes_spent is None
    assert "Combien de temps pour tout noter ?" in words(animator.get(OCTOBER))
    animator.post(OCTOBER, {"geste": "temps", "minutes": "45"})
    assert FinishedMonth.objects.get().minutes_spent == 45
    page = words(animator.get(OCTOBER))
    assert "Temps passé à noter ce mois : 45 minutes" in page
    assert "Combien de temps" not in page


def test_the_time_of_a_year_says_what_is_supposed(gem: Gem, animator: Client) -> None:
    animator.post(OCTOBER, {"geste": "finir", "minutes": "45"})
    animator.post("/mois/2026-09/", {"geste": "finir"})
    animator.post("/mois/2026-10/fiche/", {"geste": "ne-sait-pas:relais"})
    page = words(animator.get("/mois/temps/"))
    assert "En tout : 45 min. Un mois ordinaire : 45 min." in page
    # One day counted; no card: the month was finished before, its card is closed.
    assert "Environ 3 min. C'est une estimation, pas une mesure." in page
    assert "Septembrepas dit" in page.replace(" pas", "pas")
    assert "n'a pas dit son temps" in words(animator.get("/mois/temps/?annee=2025"))
    assert animator.get("/mois/temps/?annee=20٢5").status_code == 200


def test_it_can_be_opened_again_and_the_correction_is_counted(gem: Gem, animator: Client) -> None:
    for _ in range(2):
        animator.post(OCTOBER, {"geste": "finir"})
    for _ in range(2):
        page = animator.post(OCTOBER, {"geste": "rouvrir"}, follow=True)
    assert "Octobre 2026 est rouvert." in words(page)
    row = FinishedMonth.objects.get()
    assert (row.finished_on, row.corrected_after) == (None, 1)
    person = make_person(gem, "Zoé", "K")
    animator.post("/aujourdhui/2026-10-06/pointer/", {"venu": person.pk})
    assert person.attendance.count() == 1


def test_not_before_its_last_days(gem: Gem, animator: Client) -> None:
    page = animator.post("/mois/2026-11/", {"geste": "finir"}, follow=True)
    assert "Ce mois n'est pas terminé." in words(page)
    assert not FinishedMonth.objects.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR])
def test_others_do_not_finish_a_month(gem: Gem, as_role: Callable[..., Client], role: str) -> None:
    client = as_role(role, gem)
    assert client.get(OCTOBER).status_code == 403
    assert client.post(OCTOBER, {"geste": "finir"}).status_code == 403
    assert not FinishedMonth.objects.exists()
