"""Steps proved by decisions, who does what between five actors, signs of a tired board."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from espace.accounts.choices import Role
from espace.governance.models import AutonomyStep, Task, WhoDoesWhat
from espace.governance.rules.autonomy import (
    UNKNOWN,
    BoardFacts,
    Tired,
    by_actor,
    changed,
    content,
    contradictions,
    is_to_review,
    read_answers,
    signs,
)
from espace.governance.tests.factories import make_decision, make_meeting
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db
CODES = [one.code for one in content().questions]
ACTORS = list(content().actors)
TODAY = date(2026, 10, 14)


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def elected(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'")


def test_a_step_is_proved_by_a_decision_and_can_be_taken_back(
    gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    address = reverse("governance:autonomy_step", args=[3])
    assert "Notez-la dans un compte rendu" in words(elected.get(address))
    assert elected.post(address, {"decision": ""}).status_code == 422
    theirs = make_decision(make_meeting(make_gem("GEM du Canal"), date(2026, 9, 1)), "X")
    ours = make_decision(make_meeting(gem, date(2026, 9, 1)), "Ouvrir un compte en banque")
    refused = elected.post(address, {"decision": str(theirs.pk)})
    assert "n'est plus dans le registre" in words(refused)
    elected.post(address, {"decision": str(ours.pk)})
    member = as_role(Role.MEMBER, gem)
    page = words(member.get(reverse("governance:autonomy")))
    assert "Décidé le 1 septembre 2026." in page
    assert "Ouvrir un compte en banque" in page
    assert member.post(address, {"decision": str(ours.pk)}).status_code == 403
    assert as_role(Role.ANIMATOR, gem).post(address, {"geste": "reprendre"}).status_code == 403
    elected.post(address, {"geste": "reprendre"})
    assert not AutonomyStep.objects.exists()
    assert elected.get(reverse("governance:autonomy_step", args=[7])).status_code == 404


def test_who_does_what_is_said_each_year_and_printed(
    gem: Gem, elected: Client, as_role: Callable[..., Client], clock: Callable[[str], Any]
) -> None:
    answers = dict.fromkeys(CODES, "bureau") | {"activites": "adherents", "budget": "gestionnaire"}
    elected.post(reverse("governance:say_who"), answers)
    page = words(as_role(Role.MEMBER, gem).get(reverse("governance:who")))
    assert "Dit ensemble le 14 octobre 2026." in page
    assert "L'assemblée vote le budget." in page
    assert "Cahier des charges (OB-04)" in page
    paper = elected.get(reverse("governance:who_paper")).content
    read = PdfReader(io.BytesIO(paper))
    assert len(read.pages) == 1
    assert "Qui choisit les activités" in read.pages[0].extract_text()

    clock("2027-11-02 10:00")
    elected = as_role(Role.ELECTED, gem)
    assert "C'est à redire" in words(elected.get(reverse("governance:who")))
    elected.post(reverse("governance:say_who"), answers | {"budget": "adherents"})
    page = words(elected.get(reverse("governance:who")))
    assert "Ce qui a changé depuis 2026" in page
    assert "Un texte dit autre chose" not in page
    assert WhoDoesWhat.objects.count() == 2


def test_not_knowing_is_an_answer(gem: Gem, elected: Client) -> None:
    answer = elected.post(reverse("governance:say_who"), dict.fromkeys(CODES, UNKNOWN))
    assert answer.status_code == 302
    page = words(elected.get(reverse("governance:who")))
    assert "Nous ne savons pas" in page
    assert "Un texte dit autre chose" not in page


def test_a_wrong_answer_is_said_and_the_others_are_kept(gem: Gem, elected: Client) -> None:
    answers = dict.fromkeys(CODES, "parrain") | {"cles": "le voisin"}
    answer = elected.post(reverse("governance:say_who"), answers)
    assert answer.status_code == 422
    assert "Choisissez une réponse de la liste." in words(answer)
    assert answer.context["form"]["budget"].value() == "parrain"


def test_signs_of_a_tired_board_are_for_elected_people_only(
    gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    omar = make_person(gem, "Omar", "D")
    for rank in range(3):
        task = Task.objects.create(gem=gem, kind="cles", title=f"T{rank}")
        task.holders.create(person=omar, started_on=date(2026, 1, 1))
    page = words(elected.get(reverse("governance:autonomy")))
    assert "Une même personne tient trois tâches ou plus." in page
    assert "Aucune réunion n'est notée depuis trois mois." in page
    assert "Omar" not in page
    assert "Demander à la FiGEM de nous appeler" in page
    for role in (Role.MEMBER, Role.ANIMATOR, Role.VOLUNTEER):
        other = words(as_role(role, gem).get(reverse("governance:autonomy")))
        assert "Besoin de souffler" not in other
    make_meeting(gem, date(2026, 10, 1), state="tenue")
    assert "Aucune réunion" not in words(elected.get(reverse("governance:autonomy")))


# --- Rules ---

ANSWERS = st.fixed_dictionaries({code: st.sampled_from(ACTORS) for code in CODES})


@given(ANSWERS, ANSWERS)
def test_every_question_is_somebodys_once(before: dict[str, str], after: dict[str, str]) -> None:
    shared = [text for questions in by_actor(after).values() for text in questions]
    assert sorted(shared) == sorted(one.text for one in content().questions)
    against = {one.code for one in contradictions(after)}
    assert all(after[code] in one.against for code in against
        for one in content().questions if one.code == code)  # fmt: skip
    moved = changed(before, after)
    assert all(before[code] != after[code] for code in moved)
    assert changed(after, after) == []


@given(st.dictionaries(st.sampled_from([*CODES, "autre"]), st.text(max_size=12)))
def test_answers_that_do_not_exist_are_not_known(sent: dict[str, str]) -> None:
    read = read_answers(sent)
    assert list(read) == CODES
    assert set(read.values()) <= set(ACTORS)


def test_every_contradiction_has_its_words_and_its_source() -> None:
    assert (len(content().steps), len(CODES), len(ACTORS)) == (6, 20, 7)
    for one in content().questions:
        assert set(one.against) <= set(ACTORS) - {UNKNOWN, "ensemble", "adherents"}
        assert bool(one.against) == bool(one.said) == bool(one.source)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (BoardFacts(1, date(2026, 10, 1), 0, 3), []),
        (BoardFacts(3, date(2026, 10, 1), 0, 3), [Tired.HEAVY]),
        (BoardFacts(0, None, 2, 1), [Tired.QUIET, Tired.LATE, Tired.ALONE]),
        (BoardFacts(0, date(2026, 7, 16), 1, 0), []),
        (BoardFacts(0, date(2026, 7, 15), 1, 0), [Tired.QUIET]),
    ],
)
def test_signs(facts: BoardFacts, found: list[Tired]) -> None:
    assert signs(facts, TODAY) == found


@pytest.mark.parametrize(
    ("reviewed", "due"), [(None, True), (date(2025, 10, 15), False), (date(2025, 10, 14), True)]
)
def test_who_does_what_is_said_again_after_a_year(reviewed: date | None, due: bool) -> None:
    assert is_to_review(reviewed, TODAY) is due
