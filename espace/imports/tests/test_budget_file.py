"""A budget brought as a table: read to the cent, shown, written once, taken back."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Role
from espace.governance.choices.money import RECEIVED, SPENT
from espace.governance.models import BudgetLine
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem
from espace.imports.reading.budgetlines import BudgetRow, read_budget
from espace.imports.reading.tables import Table
from espace.imports.tests.files import SAMPLES

ADDRESS = "/argent/budget/apporter/"


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def elected(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def bring(client: Client, content: bytes, name: str = "budget.csv") -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def accept(client: Client, page: Any, **more: str) -> Any:
    form = page.context["form"]
    data = {name: str(form[name].value()) for name in ("annee", "lignes", "cle")}
    return client.post(ADDRESS, {**data, **more}, follow=True)


def words(answer: Any) -> str:
    return (
        str(answer.content.decode())
        .replace("&#x27;", "'")
        .replace("\u202f", "")
        .replace("\xa0", " ")
    )


@pytest.mark.django_db
def test_the_sample_is_read_to_the_cent(gem: Gem, elected: Client) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["budget.xlsx"]
    page = bring(elected, (SAMPLES / "budget.xlsx").read_bytes(), "budget.xlsx")
    assert page.status_code == 200
    accept(elected, page)
    for side, key in (("depense", "charges"), ("recette", "products")):
        rows = BudgetLine.objects.filter(gem=gem, year=truth["year"], side=side)
        found = sorted(
            (f"{row.account} {row.label}", row.planned_cents, row.actual_cents) for row in rows
        )
        expected = sorted(
            (label, int(Decimal(str(planned)) * 100), int(Decimal(str(actual)) * 100))
            for label, planned, actual in truth[key]
        )
        assert found == expected
    in_kind = BudgetLine.objects.filter(in_kind=True)
    assert sorted(row.account for row in in_kind) == ["86", "87"]
    assert BudgetLine.objects.get(label="Subvention ARS").category == "subvention_ars"
    assert BudgetLine.objects.get(label="Charges de personnel").category == "salaires"


@pytest.mark.django_db
def test_the_same_file_twice_does_no_harm_and_is_taken_back(gem: Gem, elected: Client) -> None:
    content = (SAMPLES / "budget.xlsx").read_bytes()
    page = bring(elected, content, "budget.xlsx")
    accept(elected, page)
    accept(elected, page)
    assert BudgetLine.objects.count() == 14
    again = accept(elected, bring(elected, content, "budget.xlsx"))
    assert "14 y étaient déjà." in words(again)
    assert BudgetLine.objects.count() == 14
    BudgetLine.objects.create(
        gem=gem, year=2026, side="depense", category="formation", label="À la main"
    )
    listed = elected.get(ADDRESS)
    assert [one.lines for one in listed.context["brought"]] == [14]
    batch = listed.context["brought"][0].batch_id
    assert "14 lignes retirées." in words(elected.post(f"{ADDRESS}{batch}/annuler/", follow=True))
    assert BudgetLine.objects.get().label == "À la main"
    assert elected.post(f"{ADDRESS}{batch}/annuler/").status_code == 404


TABLE = """Budget 2025;;
Poste;Prévu;Réalisé
64 Salaires;1 000,50;-20
60 Achats;(3,20);douze
70 Ventes;500;
Total;2 000;480
"""


@pytest.mark.django_db
def test_totals_that_do_not_match_are_shown_and_lines_are_kept(gem: Gem, elected: Client) -> None:
    page = bring(elected, TABLE.encode())
    said = words(page)
    assert "Le total prévu du fichier est 2000 €. Les lignes font 1497,30 €." in said
    assert "Achats : douze" in said or "60 Achats : douze" in said
    accept(elected, page)
    rows = {
        row.label: (row.side, row.planned_cents, row.actual_cents)
        for row in BudgetLine.objects.all()
    }
    assert rows == {
        "Salaires": ("depense", 100050, -2000),
        "Achats": ("depense", -320, None),
        "Ventes": ("recette", 50000, None),
    }
    assert set(BudgetLine.objects.values_list("year", flat=True)) == {2025}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Il manque le fichier."),
        (b"a;b\n1;2\n", "pas trouv"),
        (b"<html><script>1</script>", "page web"),
        (b"%PDF-1.7", "un PDF"),
    ],
)
def test_what_is_no_budget_is_said(content: bytes, said: str, gem: Gem, elected: Client) -> None:
    answer = bring(elected, content)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not BudgetLine.objects.exists()


@pytest.mark.django_db
def test_lines_changed_by_hand_on_the_way_are_refused(gem: Gem, elected: Client) -> None:
    page = bring(elected, TABLE.encode())
    answer = accept(elected, page, lignes="eyJhIjoxfQ:1:x")
    assert "Cette page est trop ancienne." in words(answer)
    assert not BudgetLine.objects.exists()


@pytest.mark.django_db
def test_members_do_not_bring_budgets(gem: Gem, as_role: Callable[..., Client]) -> None:
    member = as_role(Role.MEMBER, gem)
    assert member.get(ADDRESS).status_code == 403
    assert bring(member, TABLE.encode()).status_code == 403


# --- Rules ---

LABEL = st.text(st.characters(categories=["L"]), min_size=3, max_size=20)
CENTS = st.integers(-10_000_000, 10_000_000)


@given(st.lists(st.tuples(LABEL, CENTS, CENTS), min_size=1, max_size=20))
def test_cents_come_back_exactly(lines: list[tuple[str, int, int]]) -> None:
    head = ("Charges", "Prévu", "Réalisé")
    body = [(f"60 x{label}", str(Decimal(a) / 100), str(Decimal(b) / 100)) for label, a, b in lines]
    read = read_budget([Table("", (head, *body))])
    assert [(row.planned, row.actual) for row in read.rows] == [(a, b) for _label, a, b in lines]
    assert (read.wrong_totals, read.unread) == ((), ())


CELL = st.one_of(
    st.sampled_from(["Charges", "Produits", "Prévu", "Réalisé", "Total", "64 Paie", "", "12"]),
    st.text(max_size=8),
)


@given(st.lists(st.lists(CELL, max_size=6), max_size=12))
def test_any_table_is_read_or_left_and_families_exist(cells: list[list[str]]) -> None:
    read = read_budget([Table("", tuple(tuple(row) for row in cells))])
    families: dict[str, tuple[Any, ...]] = {"depense": SPENT, "recette": RECEIVED}
    for row in read.rows:
        assert isinstance(row, BudgetRow)
        assert row.category in families[row.side]
        assert 0 < len(row.label) <= 80
