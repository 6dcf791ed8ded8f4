"""Tasks taken and passed, offices that move by a decision, deadlines that are not lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Role
from espace.binder.tests.factories import make_row
from espace.core.idempotency import new_key
from espace.governance.kept.tasks import KEEPER
from espace.governance.models import BudgetEvent, Task, TaskHolder
from espace.governance.queries.tasks import proposed
from espace.governance.rules.tasks import AHEAD, Deadline, statutory, waiting
from espace.governance.tests.factories import make_decision, make_meeting
from espace.groups.models import Gem, Person
from espace.groups.tests.factories import make_gem, make_person
from espace.indicators import measures
from espace.indicators.rules import parse_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem(opened_on=date(2015, 1, 1), joined_on=date(2025, 9, 1))


@pytest.fixture
def elected(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'").replace("\xa0", " ")


def move(client: Client, task: Task, **data: object) -> Any:
    return client.post(reverse("governance:move_task", args=[task.pk]), data, follow=True)


def held(task: Task) -> list[Person | None]:
    return [one.person for one in task.holders.filter(ended_on__isnull=True)]


def test_proposed_sheets_come_once_and_can_be_changed(gem: Gem, elected: Client) -> None:
    for _twice in range(2):
        elected.post(reverse("governance:propose_tasks"))
    assert Task.objects.filter(gem=gem).count() == len(proposed()) >= 12
    task = Task.objects.get(title="Les clés du local")
    data = {"sorte": "cles", "nom": "Les clés", "prochaine": "20/10/2026", "cle": str(new_key())}
    elected.post(reverse("governance:change_task", args=[task.pk]), data)
    page = words(elected.get(reverse("governance:tasks")))
    assert "Les clés" in page
    assert "prochaine date : 20 octobre" in page
    answer = elected.post(reverse("governance:remove_task", args=[task.pk]))
    assert "La fiche est retirée." in words(answer)
    elected.post(reverse("governance:remove_task", args=[task.pk]), {"geste": "remettre"})
    task.refresh_from_db()
    assert not task.removed


def test_a_member_takes_a_task_and_passes_it_in_one_tap(
    gem: Gem, enter: Callable[..., Client], as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.MEMBER, gem)
    task = Task.objects.create(gem=gem, kind="cles", title="Les clés")
    assert move(client, task, geste="prendre").status_code == 404
    account_id = client.session["_auth_user_id"]
    line = make_person(gem, "Nadia", "B", account_id=account_id)
    assert "Merci" in words(move(client, task, geste="prendre"))
    move(client, task, geste="prendre")
    assert held(task) == [line]
    assert "Je la passe" in words(client.get(reverse("governance:task", args=[task.pk])))
    assert "Merci pour le temps donné" in words(move(client, task, geste="passer"))
    assert held(task) == []
    assert TaskHolder.objects.get().ended_on == date(2026, 10, 14)
    other = make_person(gem, "Omar", "D")
    assert move(client, task, geste="prendre", personne=str(other.pk)).status_code == 200
    assert held(task) == []


def test_the_bureau_moves_a_task_for_someone_without_an_account(gem: Gem, elected: Client) -> None:
    task = Task.objects.create(gem=gem, kind="caisse", title="La caisse")
    omar, lise = make_person(gem, "Omar", "D"), make_person(gem, "Lise", "M")
    for person in (omar, lise):
        move(elected, task, geste="prendre", personne=str(person.pk))
    assert set(held(task)) == {omar, lise}
    move(elected, task, geste="passer", personne=str(omar.pk))
    assert held(task) == [lise]
    stranger = make_person(make_gem("GEM du Canal"), "Zoé", "A")
    move(elected, task, geste="prendre", personne=str(stranger.pk))
    assert held(task) == [lise]


@pytest.mark.parametrize("kind", ["presidence", "tresorerie", "secretariat", "banque"])
def test_an_office_moves_only_by_a_minuted_decision(
    kind: str, gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    task = Task.objects.create(gem=gem, kind=kind, title="Rôle")
    omar = make_person(gem, "Omar", "D")
    page = words(elected.get(reverse("governance:task", args=[task.pk])))
    assert "Notez d'abord la décision" in page
    refused = words(move(elected, task, geste="prendre", personne=str(omar.pk)))
    assert "Ce rôle bouge par une décision notée." in refused
    theirs = make_decision(make_meeting(make_gem("GEM du Canal"), date(2026, 10, 1)), "Élire X")
    data = {"personne": str(omar.pk), "decision": str(theirs.pk)}
    assert "n'est plus là" in words(move(elected, task, geste="prendre", **data))
    ours = make_decision(make_meeting(gem, date(2026, 10, 1)), "Élire Omar")
    data["decision"] = str(ours.pk)
    move(elected, task, geste="prendre", **data)
    assert held(task) == [omar]
    assert task.holders.get().decision == ours
    move(elected, task, geste="passer", personne=str(omar.pk))
    assert held(task) == [omar]
    move(elected, task, geste="passer", **data)
    assert held(task) == []
    member = as_role(Role.MEMBER, gem)
    make_person(gem, "Nadia", "B", account_id=member.session["_auth_user_id"])
    assert "Ce rôle bouge" in words(move(member, task, geste="prendre"))


def test_tasks_held_are_the_roles_of_the_catalogue(gem: Gem, elected: Client) -> None:
    for rank, kind in enumerate(("cles", "accueil", "presidence")):
        task = Task.objects.create(gem=gem, kind=kind, title=kind)
        task.holders.create(person=make_person(gem, f"P{rank}", "B"), started_on=date(2026, 1, 1))
    asked = parse_period("2026-10")
    found = measures.measure(gem.pk, [asked], ["DEM-12", "ENT-06", "ENT-10"], date(2026, 10, 31))
    # The president is a mandate, not a task: two people.
    assert found["DEM-12", asked].numerator == 2
    assert found["ENT-06", asked].numerator == 0
    assert found["ENT-10", asked].value is True


def test_erasing_someone_keeps_the_task_without_a_name(gem: Gem, elected: Client) -> None:
    task = Task.objects.create(gem=gem, kind="cles", title="Les clés")
    omar = make_person(gem, "Omar", "D")
    task.holders.create(person=omar, started_on=date(2026, 1, 1))
    assert KEEPER.show_line
    assert KEEPER.erase_line
    assert KEEPER.show_line(omar.pk)[0].rows
    assert KEEPER.erase_line(omar.pk) == 1
    page = words(elected.get(reverse("governance:tasks")))
    assert "Omar" not in page
    assert "quelqu'un qui est parti" in page


def test_the_list_costs_the_same_with_one_task_and_with_ten(gem: Gem, elected: Client) -> None:
    costs = []
    elected.get(reverse("governance:tasks"))
    for number in (1, 9):
        for rank in range(number):
            task = Task.objects.create(gem=gem, kind="cles", title=f"T{number}{rank}")
            task.holders.create(
                person=make_person(gem, f"P{number}{rank}", "B"), started_on=date(2026, 1, 1)
            )
        with CaptureQueriesContext(connection) as counted:
            elected.get(reverse("governance:tasks"))
        costs.append(len(counted))
    assert costs[0] == costs[1] <= 10


@pytest.mark.parametrize(("field", "typed"), [("nom", ""), ("nom", "x" * 61), ("quoi", "x" * 401)])
def test_a_bad_sheet_is_said_and_kept(field: str, typed: str, gem: Gem, elected: Client) -> None:
    data = {"sorte": "cles", "nom": "Clés", "quand": "mardi", "cle": str(new_key()), field: typed}
    answer = elected.post(reverse("governance:add_task"), data)
    assert answer.status_code == 422
    assert "mardi" in words(answer)
    assert not Task.objects.exists()


# --- The calendar ---


def calendar(client: Client) -> str:
    return words(client.get(reverse("governance:calendar")))


def test_the_calendar_says_what_is_due_and_forgets_what_is_met(
    gem: Gem, elected: Client, as_role: Callable[..., Client]
) -> None:
    make_row(gem, "documents", ends_on=date(2026, 11, 1))
    page = calendar(elected)
    assert "Envoyer le bilan 2025 à l'ARS" in page
    assert "La date est passée : 28 février 2026." in page
    assert "Lu dans le texte de 2016. À vérifier avec votre ARS." in page
    assert "Renouveler : Assurance" in page
    assert "Tenir l'assemblée générale de 2026" in page
    home = words(elected.get(reverse("governance:decide")))
    assert "Renouveler : Assurance" in home
    assert "bilan 2026" not in home
    assert "Renouveler" not in words(as_role(Role.MEMBER, gem).get(reverse("governance:decide")))

    make_meeting(gem, date(2026, 5, 12), kind="ag", state="tenue")
    BudgetEvent.objects.create(gem=gem, year=2025, kind="comptes_votes_ag", date=date(2026, 5, 12))
    answer = words(elected.post(reverse("governance:calendar"), {"echeance": "bilan:2026"}))
    assert "C'est noté comme fait." in answer
    for gone in ("assemblée générale de 2026", "comptes de 2025", "bilan 2025"):
        assert gone not in calendar(elected)
    data = {"echeance": "bilan:2026", "geste": "reprendre"}
    elected.post(reverse("governance:calendar"), data)
    assert "bilan 2025" in calendar(elected)
    wrong = elected.post(reverse("governance:calendar"), {"echeance": "bilan:1999"})
    assert wrong.status_code == 404
    assert as_role(Role.MEMBER, gem).get(reverse("governance:calendar")).status_code == 403


DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAY, st.dates(date(2010, 1, 1), date(2026, 1, 1)), st.sets(st.integers(0, 8)))
def test_no_deadline_is_lost_before_it_is_met(today: date, since: date, ranks: set[int]) -> None:
    every = [*statutory(today, since=since), Deadline("fin", "fin:bail", today, "Bail")]
    met = {one.key for rank, one in enumerate(every) if rank in ranks}
    left = waiting(every, met, today)
    near = {one.key for one in every if one.due_on <= today + AHEAD}
    assert {one.key for one in left} == near - met
    assert [one.due_on for one in left] == sorted(one.due_on for one in left)


@given(DAY)
def test_each_deadline_is_said_every_day_from_ninety_days_before(today: date) -> None:
    """Walking the days one after the other, nothing appears late without having been announced."""
    since = date(2010, 1, 1)
    tomorrow = today + timedelta(days=1)
    before = {one.key for one in waiting(statutory(today, since=since), (), today)}
    after = {one.key: one for one in waiting(statutory(tomorrow, since=since), (), tomorrow)}
    assert all(after[key].due_on > tomorrow + timedelta(days=90) for key in after.keys() - before)
