"""The kit of a general assembly: five papers from one page, each one that prints."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.governance.choices.meetings import MeetingKind
from espace.governance.choices.votes import VoteKind
from espace.governance.models import BudgetLine, SecretVote, VoteOption
from espace.governance.tests.factories import make_meeting, make_point
from espace.governance.tests.test_meetings import pdf_words, words
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 15:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def bureau(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def test_every_paper_of_the_kit_prints_from_the_page_of_the_assembly(gem, bureau):
    meeting = make_meeting(gem, DAY, kind=MeetingKind.AG)
    make_point(meeting, "Les comptes de l'année", minutes="Les comptes sont lus.")
    make_person(gem, "Nadia", "B")
    vote = SecretVote.objects.create(
        gem=gem, meeting=meeting, question="Élire le bureau", kind=VoteKind.ELECTION, seats=2
    )
    VoteOption.objects.create(vote=vote, rank=1, label="Nadia B.")
    BudgetLine.objects.create(
        gem=gem,
        year=2026,
        side="depense",
        category="activites",
        label="Sorties",
        planned_cents=100_000,
        actual_cents=60_050,
    )
    page = bureau.get(f"/decider/reunions/{meeting.pk}/")
    links = html.fromstring(page.content).xpath("//section[@aria-labelledby='dossier']//a/@href")
    printed = [pdf_words(bureau.get(link)) for link in links]
    assert len(printed) == 5
    for said, wanted in zip(
        printed,
        (
            "Vous êtes invité",
            "Je suis là : je signe",
            "Cochez 2 cases au plus.",
            "Le plus gros coût : Sorties",
            "Les comptes sont lus.",
        ),
        strict=True,
    ):
        assert wanted in said


def test_another_meeting_has_no_kit_and_a_member_does_not_hold_it(gem, bureau, as_role):
    other, assembly = make_meeting(gem, DAY), make_meeting(gem, DAY, kind=MeetingKind.AG)
    assert "Le dossier de l'assemblée" not in words(bureau.get(f"/decider/reunions/{other.pk}/"))
    member = as_role(Role.MEMBER, gem)
    page = words(member.get(f"/decider/reunions/{assembly.pk}/"))
    assert "Le dossier de l'assemblée" not in page


def test_the_readable_accounts_say_what_is_known_and_nothing_else(gem, as_role):
    member = as_role(Role.MEMBER, gem)
    said = pdf_words(member.get("/argent/comptes.pdf"))
    assert "Rien n'est encore noté pour cette année." in said
    values = {"gem": gem, "year": 2025, "side": "depense", "category": "activites"}
    BudgetLine.objects.create(
        **values, label="Sorties", planned_cents=50_000, actual_cents=65_025, decided_by="assemblee"
    )
    BudgetLine.objects.create(
        **{**values, "side": "recette", "category": "subvention_ars"},
        label="ARS",
        planned_cents=7_800_000,
        actual_cents=7_800_000,
    )
    said = pdf_words(member.get("/argent/comptes.pdf?annee=2025"))
    assert "Le GEM a reçu 78 000 €." in said.replace("\N{NARROW NO-BREAK SPACE}", " ").replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "de plus que prévu" in said
    assert "Décidé par" in said
    assert "n'est pas finie" not in said
