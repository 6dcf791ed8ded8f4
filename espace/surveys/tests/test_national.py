"""A survey of the federation: drawn up, published, opened by GEM, anonymised tables."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Role
from espace.core.idempotency import new_key
from espace.groups.models import Gem, TerritoryMandate
from espace.groups.tests.factories import make_account, make_actor, make_gem
from espace.indicators import measures
from espace.indicators.rules import year_period
from espace.surveys.actions import close_round, draw_codes, drop, open_round
from espace.surveys.models import Answer, NationalSurvey, Round
from espace.surveys.rules import published, questionnaire

QUESTIONS = "Le local est agréable.\n? Que changer au local ?\n"
ENGLISH = "The place is pleasant.\n? What would you change?"


@pytest.fixture
def team(clock: Callable[[str], Any], enter: Callable[..., Client]) -> Client:
    clock("2026-10-14 14:00")
    account = make_account()
    TerritoryMandate.objects.create(
        account=account, role=Role.FEDERATION, territory="nation", started_on=date(2024, 1, 1)
    )
    return enter(account)


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'")


def drawn(team: Client, **more: str) -> NationalSurvey:
    data = {
        "titre": "Notre local", "questions": QUESTIONS, "echelle": "accord", "langue": "en",
        "titre_traduit": "Our place", "questions_traduites": ENGLISH, "cle": str(new_key()), **more,
    }  # fmt: skip
    answer = team.post(reverse("surveys:draw"), data)
    assert answer.status_code == 302, words(answer)
    return NationalSurvey.objects.get()


def gesture(team: Client, survey: NationalSurvey, name: str) -> Any:
    return team.post(reverse("surveys:national", args=[survey.pk]), {"geste": name})


def finished(gem: Gem, survey: NationalSurvey, low: int, high: int) -> Round:
    """Return a round that is over: ``low`` people disagree, ``high`` agree, one writes."""
    actor = make_actor(Role.ELECTED, gem)
    made = open_round(
        actor=actor, gem_id=gem.pk, invited=30, closes_on=None, key=new_key(),
        national_id=survey.pk,
    )  # fmt: skip
    assert made
    codes = draw_codes(actor=actor, gem_id=gem.pk, round_id=made, number=low + high)
    for rank, code in enumerate(codes):
        said = {"q1": "1" if rank < low else "4"} | ({} if rank else {"q2": "Une  fenêtre"})
        drop(code=code, answers=said)
    close_round(actor=actor, gem_id=gem.pk, round_id=made)
    return Round.objects.get(pk=made)


@pytest.mark.django_db
def test_a_survey_is_drafted_published_and_never_changes_after(
    team: Client, as_role: Callable[..., Client]
) -> None:
    survey = drawn(team)
    bureau = as_role(Role.ELECTED, make_gem())
    assert "Notre local" not in words(bureau.get(reverse("surveys:home")))
    for _twice in range(2):
        gesture(team, survey, "publier")
    assert gesture(team, survey, "retirer").status_code == 404
    assert "Notre local" in words(bureau.get(reverse("surveys:home")))
    gesture(team, survey, "terminer")
    assert "Notre local" not in words(bureau.get(reverse("surveys:home")))
    assert bureau.get(reverse("surveys:nationals")).status_code == 403
    assert bureau.post(reverse("surveys:national", args=[survey.pk])).status_code == 403


@pytest.mark.django_db
def test_a_published_survey_has_a_next_version(team: Client) -> None:
    first = drawn(team)
    gesture(team, first, "publier")
    page = team.get(f"{reverse('surveys:draw')}?depuis={first.pk}")
    start = page.context["form"].initial
    assert start["questions"].splitlines() == ["Le local est agréable.", "? Que changer au local ?"]
    data = {
        "titre": start["titre"], "questions": "Le local est grand.", "echelle": "souvent",
        "cle": str(new_key()), "depuis": str(first.pk),
    }  # fmt: skip
    team.post(reverse("surveys:draw"), data)
    second = NationalSurvey.objects.get(version=2)
    first.refresh_from_db()
    assert second.content["questions"][0]["text"] == {"fr": "Le local est grand."}
    assert first.content["questions"][0]["text"]["fr"] == "Le local est agréable."


@pytest.mark.django_db
def test_a_draft_is_dropped(team: Client) -> None:
    survey = drawn(team)
    gesture(team, survey, "retirer")
    assert not NationalSurvey.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("titre", "", "Il manque le titre."),
        ("questions", "\n", "Écrivez au moins une question."),
        ("questions", "Q\n" * 31, "30 questions au plus."),
        ("langue", "anglais", "Un code de langue a deux lettres."),
        ("questions_traduites", "One line", "Il faut autant de lignes dans les deux langues."),
    ],
)
def test_a_bad_draft_is_said_and_kept(team: Client, field: str, typed: str, said: str) -> None:
    data = {
        "titre": "Notre local", "questions": QUESTIONS, "echelle": "accord", "langue": "en",
        "questions_traduites": ENGLISH, "cle": str(new_key()), field: typed,
    }  # fmt: skip
    answer = team.post(reverse("surveys:draw"), data)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not NationalSurvey.objects.exists()


@pytest.mark.django_db
def test_a_gem_opens_it_and_people_answer_in_their_language(
    team: Client, as_role: Callable[..., Client]
) -> None:
    survey = drawn(team)
    gesture(team, survey, "publier")
    gem = make_gem()
    bureau = as_role(Role.ELECTED, gem)
    data = {"invites": "12", "cle": str(new_key()), "nationale": str(survey.pk)}
    bureau.post(reverse("surveys:open"), data)
    row = Round.objects.get()
    assert row.national == survey
    again = bureau.post(reverse("surveys:open"), data | {"cle": str(new_key())}, follow=True)
    assert "existe déjà" in words(again)
    yearly = {"invites": "12", "cle": str(new_key())}
    assert bureau.post(reverse("surveys:open"), yearly).status_code == 302
    assert Round.objects.count() == 2
    actor = make_actor(Role.ELECTED, gem)
    codes = draw_codes(actor=actor, gem_id=gem.pk, round_id=row.pk, number=6)
    page = words(Client().post(reverse("surveys:answer"), {"code": codes[0], "langue": "en"}))
    assert "The place is pleasant." in page
    assert "Que changer au local" in words(
        Client().post(reverse("surveys:answer"), {"code": codes[0]})
    )
    for code in codes:
        Client().post(
            reverse("surveys:answer"),
            {"code": code, "etape": "envoyer", "q1": "4", "q2": "Une fenêtre"},
        )
    bureau.post(reverse("surveys:close", args=[row.pk]))
    results = words(as_role(Role.MEMBER, gem).get(reverse("surveys:round", args=[row.pk])))
    assert "Plutôt oui : 6 sur 6." in results
    assert results.count("Une fenêtre") == 6


@pytest.mark.django_db
def test_tables_are_published_from_eight_gem_on_and_without_small_counts(team: Client) -> None:
    survey = drawn(team)
    gesture(team, survey, "publier")
    address = reverse("surveys:national", args=[survey.pk])
    for rank in range(7):
        finished(make_gem(f"GEM {rank}"), survey, 2, 6)
    assert "Pas encore de tableau" in words(team.get(address))
    finished(make_gem("GEM 8"), survey, 2, 7)
    page = words(team.get(address))
    assert "Pas encore de tableau" not in page
    rows = team.get(reverse("surveys:tables", args=[survey.pk])).content.decode("utf-8-sig")
    # 16 people disagree and 49 agree, to the nearest five.
    assert "Pas du tout;15" in rows
    assert "Tout à fait;50" in rows
    assert "Une fenêtre" not in page + rows


@pytest.mark.django_db
def test_the_figures_of_the_year_ignore_national_surveys(team: Client) -> None:
    survey = drawn(team)
    gesture(team, survey, "publier")
    gem = make_gem()
    finished(gem, survey, 3, 6)
    asked = year_period(2026)
    found = measures.measure(gem.pk, [asked], ["IMP-01"], date(2027, 1, 20))["IMP-01", asked]
    assert found.value is None
    assert Answer.objects.filter(words="Une fenêtre").count() == 1


FIRST = questionnaire().questions[0]


@given(st.lists(st.integers(1, 4), max_size=200), st.integers(0, 30))
def test_no_published_count_is_small_and_all_are_rounded(levels: list[int], gems: int) -> None:
    found = published(FIRST, levels, gems)
    assert gems >= 8 or not found
    assert all(count % 5 == 0 for _label, count in found)
    assert all(count == 0 or count >= 10 for _label, count in found)
    if found:
        assert all(levels.count(level) == 0 or levels.count(level) >= 11 for level in range(1, 5))


# --- The survey of the year, in the whole country ---


def year_round(gem: Gem, closed_on: date, low: int, high: int) -> None:
    """Write a finished survey: ``low`` people at the first level, ``high`` at the top."""
    row = Round.objects.create(
        gem=gem, year=closed_on.year, questionnaire=questionnaire().name, invited_count=30,
        state="terminee", opened_on=closed_on, closed_on=closed_on, sheets=low + high,
    )  # fmt: skip
    for one in questionnaire().questions:
        levels = [level for level, _label in one.levels]
        scores = [levels[0]] * low + [levels[-1]] * high
        Answer.objects.bulk_create(
            Answer(round=row, question=one.code, score=score) for score in scores
        )


def rolling(team: Client) -> Any:
    return team.get(reverse("surveys:rolling"))


@pytest.mark.django_db
def test_the_country_is_counted_over_twelve_whole_months(
    team: Client, as_role: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    gems = [make_gem() for _n in range(8)]
    for gem in gems[:7]:
        year_round(gem, date(2026, 3, 12), low=2, high=5)
    year_round(gems[7], date(2026, 10, 2), low=2, high=5)
    assert "Pas encore de tableau" in words(rolling(team))
    # Next month, October is over: eight GEM, sixteen people low, forty high, both to five.
    Round.objects.filter(gem=gems[7]).update(closed_on=date(2026, 9, 30))
    year_round(gems[0], date(2025, 10, 1), low=0, high=90)
    year_round(make_gem(practice=True), date(2026, 3, 12), low=90, high=0)
    with django_assert_max_num_queries(12):
        page = rolling(team)
    assert page.context["page"].answered == 8
    assert page.context["page"].drawn == 8
    assert "Mois comptés : octobre 2025 à septembre 2026." in words(page)
    text, bars = page.context["page"].tables[0]
    assert [count for _label, count in bars if count] == [15, 40]
    table = words(team.get(reverse("surveys:rolling_tables")))
    assert text in table
    assert ";40" in table
    assert as_role(Role.ELECTED, gems[0]).get(reverse("surveys:rolling")).status_code == 403
