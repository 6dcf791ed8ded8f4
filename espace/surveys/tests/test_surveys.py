"""The survey of the year through its pages: opened, answered in three ways, closed, read."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.core.idempotency import new_key
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem
from espace.indicators import measures
from espace.indicators.rules import State, year_period
from espace.surveys.actions import close_round, draw_codes, drop, open_round
from espace.surveys.models import Answer, Code, NationalSurvey, Round
from espace.surveys.rules import questionnaire

pytestmark = pytest.mark.django_db
YES = dict.fromkeys(questionnaire().codes, "4")


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def elected(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def opened(client: Client, invited: int = 12) -> Round:
    data = {"invites": str(invited), "fin": "30/11/2026", "cle": str(new_key())}
    client.post(reverse("surveys:open"), data)
    return Round.objects.get()


def printed(client: Client, row: Round, what: str, number: int) -> list[str]:
    """Return the codes read on the paper that was printed."""
    data = {"quoi": what, "nombre": str(number)}
    answer = client.post(reverse("surveys:papers", args=[row.pk]), data)
    assert answer["Content-Type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", text)


def answered(client: Client, code: str, answers: dict[str, str] = YES) -> Any:
    return client.post(reverse("surveys:answer"), {"code": code, "etape": "envoyer", **answers})


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'")


def test_slips_sheets_and_the_tablet_make_one_count(
    gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    row = opened(elected)
    slips, sheets = printed(elected, row, "papiers", 6), printed(elected, row, "feuilles", 3)
    assert (len(slips), len(sheets)) == (6, 3)
    phone = Client()
    page = phone.post(reverse("surveys:answer"), {"code": slips[0].upper().replace("-", " ")})
    assert "Grâce au GEM, je me sens moins seul." in words(page)
    assert "sans votre nom" in words(answered(phone, slips[0]))
    for code in slips[1:5]:
        answered(Client(), code)
    typed = words(answered(elected, sheets[0], {**YES, "entoure": "1", "projets": ""}))
    assert "Recopier la feuille suivante" in typed
    assert "Elles comptent une fois" in words(answered(phone, slips[0], {"entoure": "1"}))
    row.refresh_from_db()
    assert row.sheets == 6
    member = as_role(Role.MEMBER, gem)
    page = words(member.get(reverse("surveys:round", args=[row.pk])))
    assert "6 personnes ont répondu, sur 12 invitées." in page
    assert "Plutôt oui" not in page

    elected.post(reverse("surveys:close", args=[row.pk]))
    page = words(member.get(reverse("surveys:round", args=[row.pk])))
    assert "Plutôt oui : 6 sur 6." in page
    # One person alone answered « pas du tout »: nothing is shown of that question.
    assert "une ou deux personnes seraient seules" in page
    assert "Je me sens seul." not in page
    assert not Code.objects.exists()
    assert "n'ouvre pas d'enquête" in words(answered(phone, slips[5]))


def test_under_five_answers_nothing_is_shown(gem: Gem, elected: Client) -> None:
    row = opened(elected)
    for code in printed(elected, row, "papiers", 4):
        answered(Client(), code)
    elected.post(reverse("surveys:close", args=[row.pk]))
    page = words(elected.get(reverse("surveys:round", args=[row.pk])))
    assert "Moins de 5 personnes ont répondu" in page
    listed = elected.get(reverse("groups:list_file", args=["enquetes", "csv"]))
    assert "Tout à fait" not in listed.content.decode()


def test_nothing_joins_a_person_a_code_and_an_answer(
    gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    """Every column of the package: no person, no time, no order; the journal says nothing."""
    for model in apps.get_app_config("surveys").get_models():
        for field in model._meta.concrete_fields:
            related = field.related_model
            assert related in (None, Gem, Round, NationalSurvey)
            assert not re.search(r"_at$|time|rank|order|number|address|account|person", field.name)
    row = opened(elected)
    codes = printed(elected, row, "papiers", 8)
    before = JournalEntry.objects.count()
    for rank, code in enumerate(codes):
        answered(as_role(Role.MEMBER, gem), code, {"entoure": str(1 + rank % 4)})
    told = JournalEntry.objects.filter(action__startswith="surveys.").count()
    assert told == 2
    assert JournalEntry.objects.count() - before <= len(codes)
    elected.post(reverse("surveys:close", args=[row.pk]))
    assert Answer.objects.count() == 8


def test_answers_take_places_drawn_at_random(gem: Gem) -> None:
    """The order of the table is not the order of the answers."""
    actor = make_actor(Role.ELECTED, gem)
    orders = set()
    for year in range(2020, 2032):
        row = Round.objects.create(
            gem=gem,
            year=year,
            questionnaire="impact-1",
            invited_count=9,
            opened_on=date(2026, 1, 1),
        )
        codes = draw_codes(actor=actor, gem_id=gem.pk, round_id=row.pk, number=4)
        for level, code in enumerate(codes, 1):
            drop(code=code, answers={"entoure": str(level)})
        kept = Answer.objects.filter(round=row, question="entoure").order_by("pk")
        orders.add(tuple(kept.values_list("score", flat=True)))
    assert len(orders) > 3


def test_one_survey_a_year_and_two_taps_make_one(gem: Gem, elected: Client) -> None:
    row = opened(elected)
    data = {"invites": "9", "cle": str(new_key())}
    answer = elected.post(reverse("surveys:open"), data, follow=True)
    assert "existe déjà" in words(answer)
    assert Round.objects.get() == row


def test_members_and_the_tablet_answer_and_never_run_it(
    gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    row = opened(elected)
    member = as_role(Role.MEMBER, gem)
    for name in ("papers", "close"):
        assert member.get(reverse(f"surveys:{name}", args=[row.pk])).status_code == 403
        assert member.post(reverse(f"surveys:{name}", args=[row.pk])).status_code == 403
    assert member.get(reverse("surveys:open")).status_code == 403


@pytest.mark.parametrize("typed", ["0", "beaucoup", "", "99999"])
def test_bad_numbers_are_said(typed: str, gem: Gem, elected: Client) -> None:
    answer = elected.post(reverse("surveys:open"), {"invites": typed, "cle": str(new_key())})
    assert answer.status_code == 422
    assert "Écrivez un nombre, de 1 à 300." in words(answer)


def test_too_many_papers_are_refused_kindly(gem: Gem, elected: Client) -> None:
    row = opened(elected)
    for _each in range(3):
        elected.post(reverse("surveys:papers", args=[row.pk]), {"quoi": "papiers", "nombre": "100"})
    assert row.codes.count() == 300
    data = {"quoi": "papiers", "nombre": "1"}
    answer = elected.post(reverse("surveys:papers", args=[row.pk]), data, follow=True)
    assert "Aucun de plus" in words(answer)


@pytest.mark.parametrize("code", ["", "zzzzz-zzzzz", "x" * 61])
def test_a_code_that_opens_nothing_says_so(code: str, gem: Gem) -> None:
    answer = Client().post(reverse("surveys:answer"), {"code": code})
    assert answer.status_code in (200, 404)
    assert "code" in words(answer)
    assert not Answer.objects.exists()


def made(gem: Gem, year: int, low: int, high: int, clock: Callable[[str], Any]) -> Round:
    """Return a survey that is over: ``low`` people say no, ``high`` say yes."""
    clock(f"{year}-06-01 10:00")
    actor = make_actor(Role.ELECTED, gem)
    invited = low + high + 5
    made = open_round(actor=actor, gem_id=gem.pk, invited=invited, closes_on=None, key=new_key())
    assert made
    codes = draw_codes(actor=actor, gem_id=gem.pk, round_id=made, number=low + high)
    for rank, code in enumerate(codes):
        agree = "1" if rank < low else "4"
        drop(code=code, answers=dict.fromkeys(YES, agree))
    close_round(actor=actor, gem_id=gem.pk, round_id=made)
    return Round.objects.get(pk=made)


def test_two_years_are_compared_in_words(
    gem: Gem, as_role: Callable[..., Client], clock: Callable[[str], Any]
) -> None:
    made(gem, 2025, 15, 5, clock)
    row = made(gem, 2026, 4, 16, clock)
    page = words(as_role(Role.MEMBER, gem).get(reverse("surveys:round", args=[row.pk])))
    assert "C'est plus qu'en 2025." in page


def test_figures_of_the_catalogue_come_out_of_it(gem: Gem, clock: Callable[[str], Any]) -> None:
    """20 of 25 invited answered; 16 of 20 feel less alone."""
    made(gem, 2026, 4, 16, clock)
    asked = year_period(2026)
    found = measures.measure(gem.pk, [asked], ["IMP-01", "IMP-02"], date(2027, 1, 20))
    assert found["IMP-01", asked].value == 80
    every = [f"IMP-{rank:02}" for rank in range(2, 11)]
    shares = measures.measure(gem.pk, [asked], every, date(2027, 1, 20))
    # 16 of 20 agree, whatever the question; « souvent » or more for 16 of 20 too.
    assert {one.value for one in shares.values()} == {80}
    lonely = measures.measure(gem.pk, [asked], ["IMP-11"], date(2027, 1, 20))["IMP-11", asked]
    assert (lonely.numerator, lonely.denominator) == (16, 20)
    made(make_gem("GEM du Canal"), 2026, 1, 3, clock)
    other = Gem.objects.get(name="GEM du Canal")
    few = measures.measure(other.pk, [asked], ["IMP-02"], date(2027, 1, 20))["IMP-02", asked]
    assert (few.value, few.numerator, few.denominator) == (None, None, None)
    assert few.state is State.NOT_ENOUGH_ANSWERS


def test_pages_cost_the_same_whatever_the_number_of_answers(
    gem: Gem, as_role: Callable[..., Client], clock: Callable[[str], Any]
) -> None:
    costs = []
    for year, high in ((2024, 6), (2025, 20)):
        row = made(gem, year, 3, high, clock)
        client = as_role(Role.MEMBER, gem)
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse("surveys:round", args=[row.pk]))
        costs.append(len(counted))
        with CaptureQueriesContext(connection) as counted:
            listed = client.get(reverse("groups:list_file", args=["enquetes", "csv"]))
        costs.append(len(counted))
        assert f"{year};" in listed.content.decode("utf-8-sig")
    costs, of_the_list = costs[::2], costs[1::2]
    assert of_the_list[0] == of_the_list[1] <= 12
    assert max(costs) <= 12
    assert costs[1] - costs[0] <= 1
