"""The cash book through its doors."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.governance.models import CashCount, CashLine
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db
CASH = "/argent/caisse/"
MONEY = "/argent/"
NB = "\u00a0"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def write(client: Client, label: str, amount: str, **more: str) -> Any:
    values = {
        "date": "24/11/2026",
        "libelle": label,
        "montant": amount,
        "sens": "depense",
        "famille": "activites",
        "cle": str(uuid4()),
    }
    return client.post(CASH, values | more, follow=True)


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR])
def test_three_lines_give_a_page_that_makes_sense(
    gem: Gem, as_role: Callable[..., Client], role: str
) -> None:
    client = as_role(role, gem)
    write(client, "Dans la boîte", "100", sens="recette", famille="depart")
    write(client, "Sortie à la mer", "62,40")
    page = words(write(client, "Participations", "45", sens="recette", famille="activites_ventes"))
    assert "Il doit y avoir 82,60 € dans la caisse." in page
    assert list(CashLine.objects.order_by("number").values_list("amount_cents", flat=True)) == [
        10000,
        -6240,
        4500,
    ]
    money = words(as_role(Role.MEMBER, gem).get(MONEY))
    assert "D'après le cahier de caisse." in money
    assert "Le GEM a reçu 45 €." in money
    assert "Le GEM a dépensé 62,40 €." in money
    assert "Le plus gros coût : Activités et sorties, 62,40 €." in money
    assert "Les activités ont coûté 62,40 €." in money


def test_an_empty_year_says_so(gem: Gem, as_role: Callable[..., Client]) -> None:
    page = words(as_role(Role.MEMBER, gem).get(MONEY))
    assert "Rien n'est encore noté pour cette année." in page
    assert "Nous ne savons pas encore ce que le GEM a reçu." in page


def test_the_same_key_twice_writes_once(gem: Gem, as_role: Callable[..., Client]) -> None:
    client, key = as_role(Role.ELECTED, gem), str(uuid4())
    write(client, "Café", "3", cle=key)
    write(client, "Café", "3", cle=key)
    assert CashLine.objects.count() == 1


def test_a_line_is_cancelled_by_its_opposite_and_put_back(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.ELECTED, gem)
    write(client, "Café", "3")
    line = CashLine.objects.get()
    for _again in range(2):
        page = client.post(f"{CASH}{line.pk}/annuler/", follow=True)
    assert "Annulation : Café" in words(page)
    assert "ligne annulée" in words(page)
    opposite = CashLine.objects.get(corrects=line)
    assert (opposite.amount_cents, opposite.date) == (300, line.date)
    assert CashLine.objects.count() == 2
    client.post(f"{CASH}{opposite.pk}/annuler/")
    assert sum(CashLine.objects.values_list("amount_cents", flat=True)) == -300


def test_the_gap_of_a_count_is_said_and_may_be_written(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.ELECTED, gem)
    write(client, "Dans la boîte", "86,50", sens="recette", famille="depart")
    counted = {"date": "24/11/2026", "compte": "84", "cle": str(uuid4())}
    page = words(client.post(f"{CASH}compter/", counted, follow=True))
    assert "vous avez compté 84 €. Le cahier disait 86,50 €." in page
    assert "Il y a 2,50 € de moins dans la caisse." in page
    write(client, "Café", "3")
    count = CashCount.objects.get()
    for _again in range(2):
        client.post(f"{CASH}comptes/{count.pk}/noter/")
    assert list(CashLine.objects.filter(category="ecart").values_list("amount_cents")) == [(-250,)]
    assert "L'écart est noté." in words(client.get(CASH))


def test_a_right_count_is_said_right(gem: Gem, as_role: Callable[..., Client]) -> None:
    counted = {"date": "24/11/2026", "compte": "0", "cle": str(uuid4())}
    page = as_role(Role.ELECTED, gem).post(f"{CASH}compter/", counted, follow=True)
    assert "Le compte est juste." in words(page)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"montant": "-12"}, "Écrivez le montant sans signe moins."),
        ({"montant": "0"}, "Zéro euro : il n'y a rien à noter."),
        ({"montant": "1000000000000"}, "Ce montant est trop grand."),
        ({"montant": "beaucoup"}, "Ce montant ne peut pas être lu."),
        ({"date": "25/11/2026"}, "Ce jour n'est pas encore venu."),
        ({"date": "24/11/1926"}, "Ce jour est très ancien."),
        ({"date": "31/02/2026"}, "Ce jour n'existe pas."),
        ({"libelle": "\u200b"}, "Dites en quelques mots de quoi il s'agit."),
        ({"libelle": "a" * 81}, "80 lettres au plus"),
        ({"famille": "cotisations"}, "Cette famille est pour l'argent qui entre."),
        ({"famille": "ecart"}, "Sélectionnez un choix valide."),
    ],
)
def test_what_cannot_be_written_says_why(
    gem: Gem, as_role: Callable[..., Client], change: dict[str, str], said: str
) -> None:
    values = {"label": "Courses", "amount": "12"}
    client = as_role(Role.ELECTED, gem)
    answer = write(client, values["label"], values["amount"], **change)
    assert (answer.status_code, CashLine.objects.count()) == (422, 0)
    assert said in words(answer)


def test_a_name_is_seen_and_may_stay(gem: Gem, as_role: Callable[..., Client]) -> None:
    make_person(gem, "Nadia")
    client = as_role(Role.ELECTED, gem)
    answer = write(client, "Rendu à Nadia", "5")
    assert "Ces mots semblent nommer quelqu'un : « Nadia »" in words(answer)
    assert not CashLine.objects.exists()
    write(client, "Rendu à Nadia", "5", quand_meme="1")
    assert CashLine.objects.count() == 1


def test_members_read_and_do_not_write(gem: Gem, as_role: Callable[..., Client]) -> None:
    write(as_role(Role.ELECTED, gem), "Courses", "12")
    line = CashLine.objects.get()
    client = as_role(Role.MEMBER, gem)
    page = client.get(CASH)
    assert "Courses" in words(page)
    assert "Écrire une ligne" not in words(page)
    assert write(client, "Café", "3").status_code == 403
    assert client.post(f"{CASH}{line.pk}/annuler/").status_code == 403
    assert client.get(f"{CASH}compter/").status_code == 403
    assert CashLine.objects.count() == 1


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_the_manager_and_the_sponsor_do_not_come_in(
    gem: Gem, as_role: Callable[..., Client], role: str
) -> None:
    client = as_role(role, gem)
    assert client.get(CASH).status_code == 403
    assert client.get(MONEY).status_code == 403


def test_nothing_of_another_gem(gem: Gem, as_role: Callable[..., Client]) -> None:
    write(as_role(Role.ELECTED, make_gem()), "Courses d'à côté", "12")
    line = CashLine.objects.get()
    client = as_role(Role.ELECTED, gem)
    assert "Courses" not in words(client.get(CASH))
    assert client.post(f"{CASH}{line.pk}/annuler/").status_code == 404
    assert client.post(f"{CASH}{uuid4()}/annuler/").status_code == 404


def test_the_journal_tells_a_line_was_written(gem: Gem, as_role: Callable[..., Client]) -> None:
    write(as_role(Role.ELECTED, gem), "Courses", "12")
    entry = JournalEntry.objects.get(action="governance.add_cash_line")
    assert entry.thing == str(CashLine.objects.get().pk)


@pytest.mark.parametrize("url", [CASH, MONEY])
def test_the_pages_cost_the_same_with_one_line_or_three(
    gem: Gem, as_role: Callable[..., Client], queries: Callable[[], Any], url: str
) -> None:
    client = as_role(Role.MEMBER, gem)
    client.get(url)
    costs = []
    for count in (1, 3):
        CashLine.objects.all().delete()
        for number in range(count):
            CashLine.objects.create(
                gem=gem,
                date=date(2026, 11, 1 + number),
                label="Courses",
                amount_cents=-100,
                category="activites",
                number=number + 1,
            )
        with queries() as seen:
            client.get(url)
        costs.append(len(seen))
    assert costs[0] == costs[1]
