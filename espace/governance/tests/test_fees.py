"""The yearly fees: one tap, one membership, one cash line; a receipt to print."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from espace.accounts.choices import Role
from espace.core.idempotency import new_key
from espace.governance.models import CashLine
from espace.groups.models import Gem, Membership, Person
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def elected(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def paid(person: Person, year: int, cents: int | None = 1000) -> None:
    Membership.objects.create(
        person=person, year=year, started_on=date(year, 1, 10), fee_cents=cents
    )


def note(client: Client, person: Person, amount: str = "12", **more: str) -> Any:
    data = {"personne": str(person.pk), "montant": amount, "cle": str(new_key()), **more}
    return client.post(reverse("governance:fees"), data)


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'").replace("\u202f", " ")


def test_the_list_says_who_paid_and_who_may_renew(
    gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    nadia, omar, lise = (make_person(gem, name, "B") for name in ("Nadia", "Omar", "Lise"))
    paid(nadia, 2026, 1200)
    paid(omar, 2025)
    page = elected.get(reverse("governance:fees")).context["page"]
    assert [line.label for line in page.paid] == ["Nadia B."]
    assert [line.label for line in page.to_renew] == ["Omar B."]
    assert [line.label for line in page.others] == ["Lise B."]
    assert (page.total, page.usual) == (1200, 1200)
    assert as_role(Role.MEMBER, gem).get(reverse("governance:fees")).status_code == 403
    assert lise.pk


def test_one_tap_notes_the_fee_and_the_cash_line_without_a_name(gem: Gem, elected: Client) -> None:
    omar = make_person(gem, "Omar", "D")
    paid(omar, 2025)
    key = str(new_key())
    for _twice in range(2):
        note(elected, omar, "12,50", especes="on", cle=key)
    card = Membership.objects.get(person=omar, year=2026)
    assert (card.fee_cents, card.is_first, card.started_on) == (1250, False, date(2026, 10, 14))
    line = CashLine.objects.get()
    assert (line.amount_cents, line.label, line.category) == (1250, "Cotisation", "cotisations")
    note(elected, omar, "12,50", especes="on")
    assert CashLine.objects.count() == 1
    back = reverse("governance:take_back_fee", args=[omar.pk, 2026])
    assert "Annulez aussi sa ligne" in words(elected.post(back, follow=True))
    assert not Membership.objects.filter(year=2026).exists()


def test_a_fee_may_be_noted_without_its_amount(gem: Gem, elected: Client) -> None:
    lise = make_person(gem, "Lise", "M")
    note(elected, lise, "", especes="on")
    card = Membership.objects.get()
    assert (card.fee_cents, card.is_first) == (None, True)
    assert not CashLine.objects.exists()


@pytest.mark.parametrize("amount", ["douze", "-12", "1,234"])
def test_a_bad_amount_is_said_and_nothing_is_written(
    amount: str, gem: Gem, elected: Client
) -> None:
    answer = note(elected, make_person(gem, "Lise", "M"), amount)
    assert answer.status_code == 422
    assert not Membership.objects.exists()


def test_someone_of_another_roll_is_not_there(gem: Gem, elected: Client) -> None:
    stranger = make_person(make_gem("GEM du Canal"), "Zoé", "A")
    paid(stranger, 2026)
    assert note(elected, stranger).status_code == 404
    assert elected.get(reverse("governance:fee_slip", args=[stranger.pk, 2026])).status_code == 404


def test_the_receipt_fits_in_a_pocket_and_says_little(gem: Gem, elected: Client) -> None:
    omar = make_person(gem, "Omar", "D")
    paid(omar, 2026, 1250)
    answer = elected.get(reverse("governance:fee_slip", args=[omar.pk, 2026]))
    assert answer["Cache-Control"] == "no-store"
    read = PdfReader(io.BytesIO(answer.content))
    text = read.pages[0].extract_text().replace("\u202f", " ").replace("\xa0", " ")
    assert len(read.pages) == 1
    for said in ("Reçu de cotisation 2026", "Omar D.", "12,50 €", "10 janvier 2026"):
        assert said in text


def test_the_list_costs_the_same_with_one_person_and_with_ten(gem: Gem, elected: Client) -> None:
    costs = []
    elected.get(reverse("governance:fees"))
    for number in (1, 9):
        for rank in range(number):
            paid(make_person(gem, f"P{number}{rank}", "B"), 2026)
        with CaptureQueriesContext(connection) as counted:
            elected.get(reverse("governance:fees"))
        costs.append(len(counted))
    assert costs[0] == costs[1] <= 10
