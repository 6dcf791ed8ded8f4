"""The budget by hand, its dates, and the accounts that are promised."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.governance.models import AccountsPromise, BudgetEvent, BudgetLine
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db
BUDGET = "/argent/budget/"
ADD = "/argent/budget/2026/ajouter/"
DATES = "/argent/dates/"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def add(client: Client, label: str, family: str, planned: str, actual: str, **more: str) -> Any:
    values = {"libelle": label, "famille": family, "prevu": planned, "realise": actual}
    return client.post(ADD, values | {"cle": str(uuid4())} | more, follow=True)


def test_a_budget_by_hand_makes_the_page_of_the_year(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.ELECTED, gem)
    add(client, "Subvention", "subvention_ars", "78 000 €", "78000")
    decided = {"decide_par": "assemblee", "decide_le": "14/03/2026", "compte": "64"}
    add(client, "Salaires", "salaires", "52 400", "53 110,90", **decided)
    add(client, "Sorties", "activites", "6 000", "5 843,27")
    page = words(add(client, "Prêt de salle", "autre_recette", "4000", "4000", sans_argent="on"))
    assert "Total en argent78 000 €prévu : 78 000 €" in page
    money = words(as_role(Role.MEMBER, gem).get("/argent/"))
    assert "D'après le budget du GEM." in money
    assert "Le GEM a reçu 78 000 €." in money
    assert "Le GEM a dépensé 58 954,17 €.C'était prévu : 58 400 €." in money
    assert "Il reste 156,73 € pour les activités." in money
    assert "Le plus gros coût : Salaires, 53 110,90 €." in money
    assert "Qui l'a décidé ? L'assemblée générale, le 14 mars 2026." in money
    assert "Elles valent 4 000 €." in money


def test_activities_beyond_what_was_planned_are_said(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    add(as_role(Role.ELECTED, gem), "Sorties", "activites", "100", "120,50")
    money = words(as_role(Role.MEMBER, gem).get("/argent/"))
    assert "Les activités ont coûté 20,50 € de plus que prévu." in money


def test_a_line_is_changed_then_removed(gem: Gem, as_role: Callable[..., Client]) -> None:
    client = as_role(Role.ELECTED, gem)
    add(client, "Loyer", "loyer_charges", "100", "")
    line = BudgetLine.objects.get()
    assert (line.planned_cents, line.actual_cents, line.side) == (10000, None, "depense")
    change = {"libelle": "Loyer", "famille": "loyer_charges", "realise": "-3,5"}
    client.post(f"{BUDGET}{line.pk}/", change | {"cle": str(uuid4())})
    line.refresh_from_db()
    assert (line.planned_cents, line.actual_cents) == (None, -350)
    client.post(f"{BUDGET}{line.pk}/retirer/")
    assert not BudgetLine.objects.exists()


def test_the_same_key_twice_writes_one_line(gem: Gem, as_role: Callable[..., Client]) -> None:
    client, key = as_role(Role.ELECTED, gem), str(uuid4())
    for _again in range(2):
        add(client, "Loyer", "loyer_charges", "100", "", cle=key)
    assert BudgetLine.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prevu": ""}, "Écrivez au moins un montant, prévu ou réalisé."),
        ({"prevu": "1000000000000"}, "Ce montant est trop grand."),
        ({"compte": "abc"}, "Un compte a un à six chiffres."),
        ({"decide_le": "25/11/2026"}, "Ce jour n'est pas encore venu."),
    ],
)
def test_what_cannot_be_written_says_why(
    gem: Gem, as_role: Callable[..., Client], change: dict[str, str], said: str
) -> None:
    values = {"libelle": "Loyer", "famille": "loyer_charges", "prevu": "100"} | change
    answer = as_role(Role.ELECTED, gem).post(ADD, values | {"cle": str(uuid4())})
    assert (answer.status_code, BudgetLine.objects.count()) == (422, 0)
    assert said in words(answer)


def test_a_name_in_a_line_is_seen(gem: Gem, as_role: Callable[..., Client]) -> None:
    make_person(gem, "Nadia")
    client = as_role(Role.ELECTED, gem)
    assert "« Nadia »" in words(add(client, "Salaire de Nadia", "salaires", "100", ""))
    assert not BudgetLine.objects.exists()


def test_promised_accounts_come_late_and_it_is_said(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.ELECTED, gem)
    values = {"comptes": "Comptes de l'été", "pour": "14/11/2026", "cle_promesse": str(uuid4())}
    for _again in range(2):
        client.post(DATES, values)
    promise = AccountsPromise.objects.get()
    money = as_role(Role.MEMBER, gem)
    assert "promis pour le 14 novembre 2026, pas encore reçus. 10 jours" in words(
        money.get("/argent/")
    )
    client.post(f"{DATES}{promise.pk}/recus/", {"geste": "recus"})
    promise.refresh_from_db()
    assert promise.received_on == date(2026, 11, 24)
    client.post(f"{DATES}{promise.pk}/recus/", {"geste": "reprendre"})
    promise.refresh_from_db()
    assert promise.received_on is None


def test_a_point_on_money_counts_once(gem: Gem, as_role: Callable[..., Client]) -> None:
    client = as_role(Role.ELECTED, gem)
    values = {"quoi": "point_budget_adherents", "jour": "05/05/2026", "annee": "2026"}
    client.post(DATES, values)
    client.post(DATES, values | {"simple": "oui"})
    event = BudgetEvent.objects.get()
    assert (event.date, event.easy_read) == (date(2026, 5, 5), True)
    assert "parlé d'argent tous ensemble 1 fois." in words(client.get("/argent/"))


@pytest.mark.parametrize("year", [1999, 2040, 99999])
def test_a_year_far_away_is_not_there(gem: Gem, as_role: Callable[..., Client], year: int) -> None:
    assert as_role(Role.ELECTED, gem).get(f"{BUDGET}{year}/ajouter/").status_code == 404


def test_members_read_and_do_not_write(gem: Gem, as_role: Callable[..., Client]) -> None:
    add(as_role(Role.ELECTED, gem), "Loyer", "loyer_charges", "100", "")
    line = BudgetLine.objects.get()
    client = as_role(Role.MEMBER, gem)
    assert "Loyer" in words(client.get(BUDGET))
    for url in (ADD, DATES, f"{BUDGET}{line.pk}/"):
        assert client.get(url).status_code == 403
    assert client.post(f"{BUDGET}{line.pk}/retirer/").status_code == 403
    assert BudgetLine.objects.exists()


def test_nothing_of_another_gem(gem: Gem, as_role: Callable[..., Client]) -> None:
    other = make_gem()
    line = BudgetLine.objects.create(
        gem=other, year=2026, side="depense", category="salaires", label="Ailleurs", planned_cents=1
    )
    promise = AccountsPromise.objects.create(
        gem=other, what="Ailleurs", promised_for=date(2026, 1, 1)
    )
    client = as_role(Role.ELECTED, gem)
    assert "Ailleurs" not in words(client.get(BUDGET))
    assert client.get(f"{BUDGET}{line.pk}/").status_code == 404
    assert client.post(f"{BUDGET}{line.pk}/retirer/").status_code == 404
    assert client.post(f"{DATES}{promise.pk}/recus/").status_code == 404


def test_the_budget_costs_the_same_with_one_line_or_three(
    gem: Gem, as_role: Callable[..., Client], queries: Callable[[], Any]
) -> None:
    client = as_role(Role.ELECTED, gem)
    client.get(BUDGET)
    costs = []
    for count in (1, 2):
        for _number in range(count):
            BudgetLine.objects.create(
                gem=gem, year=2026, side="depense", category="salaires", label="L", planned_cents=1
            )
        with queries() as seen:
            client.get(BUDGET)
        costs.append(len(seen))
    assert costs[0] == costs[1]
