"""« Programme » through its pages, and the weeks written ahead."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.activities.actions.planning import plan_ahead
from espace.activities.choices import ActivityState, Animation, Family, Outcome, SeriesKind
from espace.activities.jobs import plan_all
from espace.activities.models import Activity, Attendance, Series, Slot
from espace.activities.queries.programme import programme_of_week
from espace.activities.rules.series import weekly_rule
from espace.activities.tests.factories import make_activity, make_series, make_slot
from espace.core.events import publish
from espace.groups.events import OpeningHoursChanged
from espace.groups.models import Gem, OpeningHours
from espace.groups.tests.factories import make_actor, make_gem, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)  # a Tuesday
WEEK = "/programme/?semaine=2026-W48"
ADD = "/programme/ajouter/"
COOKING = {"title": "Cuisine", "day": "2026-11-26", "starts_at": "14h30", "hours": "2 h"}
ONCE = {**COOKING, "rhythm": "0"}
EACH_WEEK = {**COOKING, "rhythm": "1"}


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def elected(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def test_adding_an_activity_once(gem: Gem, elected: Client) -> None:
    page = elected.post(ADD, {**ONCE, "key": uuid4()}, follow=True)
    activity = Activity.objects.get()
    assert (activity.date, activity.starts_at) == (date(2026, 11, 26), time(14, 30))
    assert (activity.hours, activity.family) == (Decimal(2), Family.AUTRE)
    assert "14 h 30 : Cuisine" in words(page)
    gem.refresh_from_db()
    assert gem.version == 1


def test_sending_twice_adds_one(gem: Gem, elected: Client) -> None:
    key = uuid4()
    for sent in (ONCE, ONCE, EACH_WEEK):
        elected.post(ADD, {**sent, "key": key})
    assert Activity.objects.count() == 1


def test_precisions_are_inherited_by_each_occurrence(gem: Gem, elected: Client) -> None:
    more = {
        "family": "repas_cuisine",
        "place": "ville",
        "place_detail": "Salle des fêtes",
        "idea_from": "adherents",
        "led_by": "adherent",
        "open_to_public": "on",
        "families_welcome": "on",
        "seats": "12",
        "price": "2,50",
    }
    elected.post(ADD, {**EACH_WEEK, **more, "key": uuid4()})
    rows = Activity.objects.all()
    assert {(r.place_detail, r.seats, r.price_cents, r.led_by) for r in rows} == {
        ("Salle des fêtes", 12, 250, "adherent")
    }
    # Thursdays from the 26th to eight weeks after it, both included.
    assert [row.date for row in rows] == [date(2026, 11, 26) + timedelta(weeks=n) for n in range(9)]
    page = words(elected.get(f"/programme/activites/{rows[0].pk}/"))
    assert "Prix pour un adhérent : 2,50 €" in page.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Il manque le titre."),
        ("title", "x" * 81, "Ce titre est trop long"),
        ("day", "31/02/2026", "Ce jour n'existe pas."),
        ("day", "0001-01-01", "Vérifiez l'année."),
        ("starts_at", "midi", "Cette heure n'est pas comprise."),
        ("hours", "longtemps", "Cette durée n'est pas comprise."),
        ("hours", "99999999999", "Cette durée n'est pas comprise."),
        ("seats", "99999999999999", "Vérifiez ce nombre"),
        ("seats", "douze", "Écrivez un nombre"),
        ("price", "-2", "Un prix ne peut pas être négatif."),
        ("price", "1e99", "Vérifiez ce prix"),
        ("last_on", "2026-11-01", "La fin vient avant le début."),
    ],
)
def test_what_cannot_be_read_is_kept_and_explained(
    elected: Client, field: str, typed: str, sentence: str
) -> None:
    page = elected.post(ADD, {**EACH_WEEK, "key": uuid4(), field: typed})
    assert sentence in words(page)
    assert "Ce que vous avez écrit est gardé." in words(page)
    assert 'value="Cuisine"' in page.content.decode() or field == "title"
    assert not Activity.objects.exists()


def test_members_read_and_do_not_write(gem: Gem, as_role: Callable[..., Client]) -> None:
    activity = make_activity(gem, TODAY)
    member = as_role(Role.MEMBER, gem)
    page = member.get("/programme/")
    assert "14 h : Cuisine" in words(page)
    assert "Ajouter une activité" not in words(page)
    assert member.get(ADD).status_code == 403
    assert member.post(ADD, {**ONCE, "key": uuid4()}).status_code == 403
    url = f"/programme/activites/{activity.pk}/"
    assert member.get(url).status_code == 200
    for verb in ("changer", "annuler", "remettre"):
        assert member.post(f"{url}{verb}/", {"reason": ""}).status_code == 403


def test_another_gem_sees_nothing(gem: Gem, as_role: Callable[..., Client]) -> None:
    activity, slot = make_activity(gem, TODAY), make_slot(gem, TODAY)
    series = make_series(gem, TODAY)
    other = as_role(Role.ELECTED, make_gem("GEM du Port"))
    for url in (
        f"activites/{activity.pk}/",
        f"activites/{activity.pk}/changer/",
        f"activites/{activity.pk}/annuler/",
        f"series/{series.pk}/",
        f"series/{series.pk}/arreter/",
        f"ouvertures/{slot.pk}/",
    ):
        assert other.get(f"/programme/{url}").status_code == 404
    assert other.post(f"/programme/activites/{activity.pk}/remettre/").status_code == 404
    assert "Cuisine" not in words(other.get(WEEK))


def test_cancelling_says_why_and_can_be_undone(gem: Gem, elected: Client) -> None:
    activity = make_activity(gem, TODAY)
    url = f"/programme/activites/{activity.pk}/"
    page = elected.post(f"{url}annuler/", {"reason": "Animatrice absente"}, follow=True)
    assert "Cette activité est annulée. Animatrice absente" in words(page)
    assert "Annulée" in words(elected.get(WEEK))
    page = elected.post(f"{url}remettre/", follow=True)
    assert "annulée" not in words(page)
    activity.refresh_from_db()
    assert (activity.state, activity.cancelled_reason) == (ActivityState.PREVUE, "")


def test_moving_one_day_keeps_the_series(gem: Gem, elected: Client) -> None:
    elected.post(ADD, {**EACH_WEEK, "key": uuid4()})
    first, second = Activity.objects.order_by("date")[:2]
    Attendance.objects.create(gem=gem, date=first.date, person=make_person(gem), activity=first)
    url = f"/programme/activites/{first.pk}/changer/"
    elected.post(url, {**COOKING, "day": "2026-11-27"})
    plan_ahead(actor=SYSTEM, gem_id=gem.pk)
    first.refresh_from_db()
    assert first.date == date(2026, 11, 27)
    assert first.attendance.get().date == date(2026, 11, 27)
    assert not Activity.objects.filter(date=date(2026, 11, 26)).exists()
    page = elected.post(url, {**COOKING, "day": second.date.isoformat()})
    assert "Cette activité a déjà lieu ce jour-là." in words(page)


def test_changing_the_following_times(gem: Gem, elected: Client) -> None:
    elected.post(ADD, {**EACH_WEEK, "key": uuid4()})
    series = Series.objects.get()
    kept = Activity.objects.get(date=date(2026, 12, 10))
    elected.post(f"/programme/activites/{kept.pk}/annuler/", {"reason": "fête"})
    sent = {
        "title": "Cuisine du monde",
        "starts_at": "10 h",
        "hours": "3 h",
        "from_day": "2026-12-03",
        "rhythm": "2",
        "step": "2",
        "weekdays": "5",
    }
    assert elected.post(f"/programme/series/{series.pk}/", sent).status_code == 302
    rows = [(r.date, r.title, r.state) for r in Activity.objects.filter(date__lt="2026-12-31")]
    assert rows == [
        (date(2026, 11, 26), "Cuisine", "prevue"),
        (date(2026, 12, 4), "Cuisine du monde", "prevue"),
        (date(2026, 12, 10), "Cuisine", "annulee"),
        (date(2026, 12, 18), "Cuisine du monde", "prevue"),
    ]
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 0


def test_stopping_keeps_what_is_past_or_counted(gem: Gem, elected: Client) -> None:
    series = make_series(gem, date(2026, 11, 3))
    past = make_activity(gem, date(2026, 11, 3), series=series)
    counted = make_activity(gem, TODAY, series=series)
    Attendance.objects.create(gem=gem, date=TODAY, head_count=4, activity=counted)
    coming = make_activity(gem, date(2026, 12, 1), series=series)
    elected.post(f"/programme/series/{series.pk}/arreter/", {"from_day": "2026-11-24"})
    assert set(Activity.objects.values_list("pk", flat=True)) == {past.pk, counted.pk}
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 0
    assert not Activity.objects.filter(pk=coming.pk).exists()


# --- Openings ---


def test_an_opening_more_and_one_at_the_same_hour(gem: Gem, elected: Client) -> None:
    sent = {
        "day": "2026-11-28",
        "starts_at": "14 h",
        "hours": "3 h",
        "animation": "autogeree",
        "rhythm": "0",
        "key": str(uuid4()),
    }
    url = "/programme/ajouter-une-ouverture/"
    page = elected.post(url, sent, follow=True)
    assert "Ouvert de 14 h à 17 h, tenu par des adhérents" in words(page)
    page = elected.post(url, {**sent, "key": str(uuid4())})
    assert "Une ouverture commence déjà à cette heure ce jour-là." in words(page)
    page = elected.post(url, {**sent, "rhythm": "1"})
    assert "Dites jusqu'à quel jour." in words(page)
    elected.post(url, {**sent, "day": "2026-11-29", "rhythm": "2", "key": str(uuid4())})
    assert Slot.objects.count() == 1 + 5


def test_changing_one_opening(gem: Gem, elected: Client) -> None:
    slot = make_slot(gem, TODAY)
    url = f"/programme/ouvertures/{slot.pk}/"
    sent = {"starts_at": "11 h", "hours": "2", "animation": "avec_salarie"}
    page = elected.post(url, {**sent, "outcome": Outcome.FERME_SALARIE_ABSENT}, follow=True)
    assert "Fermé, salarié absent" in words(page)
    slot.refresh_from_db()
    assert (slot.starts_at, slot.changed_by_hand) == (time(11), True)
    make_slot(gem, TODAY, 15)
    assert "Une ouverture commence déjà" in words(elected.post(url, {**sent, "starts_at": "15h"}))


def open_on(gem: Gem, weekday: int, start: int = 10, end: int = 17) -> OpeningHours:
    return OpeningHours.objects.create(
        gem=gem, weekday=weekday, starts_at=time(start), ends_at=time(end)
    )


def days_open(gem: Gem) -> list[tuple[date, int]]:
    rows = Slot.objects.filter(gem=gem, date__lt=TODAY + timedelta(weeks=2))
    return [(day, at.hour) for day, at in rows.values_list("date", "starts_at")]


def test_openings_follow_the_usual_hours_of_the_profile(gem: Gem) -> None:
    tuesday = open_on(gem, 2)
    publish(OpeningHoursChanged(gem.pk))
    assert days_open(gem) == [(TODAY, 10), (date(2026, 12, 1), 10)]
    held = Slot.objects.get(date=TODAY)
    Attendance.objects.create(gem=gem, date=TODAY, person=make_person(gem), slot=held)
    tuesday.delete()
    open_on(gem, 2, 14)
    publish(OpeningHoursChanged(gem.pk))
    publish(OpeningHoursChanged(gem.pk))
    assert days_open(gem) == [(TODAY, 10), (TODAY, 14), (date(2026, 12, 1), 14)]
    assert Series.objects.filter(last_on=None).count() == 1


def test_an_opening_added_to_the_programme_does_not_follow_the_profile(gem: Gem) -> None:
    saturday = date(2026, 11, 28)
    make_series(gem, saturday, kind=SeriesKind.OPENING, rule=weekly_rule(6, 2))
    open_on(gem, 2)
    publish(OpeningHoursChanged(gem.pk))
    plan_ahead(actor=SYSTEM, gem_id=gem.pk)
    assert (saturday, 14) in days_open(gem)


def test_planning_twice_adds_nothing_and_keeps_changes(gem: Gem) -> None:
    series = make_series(gem, TODAY)
    make_series(gem, TODAY, kind=SeriesKind.OPENING, starts_at=time(9))
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 18
    Activity.objects.filter(date=TODAY).update(title="Pastel", changed_by_hand=True)
    Slot.objects.filter(date=TODAY).update(starts_at=time(11), changed_by_hand=True)
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 0
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk, until=TODAY + timedelta(weeks=9)) == 2
    assert Activity.objects.filter(series=series, title="Pastel").count() == 1
    assert [s.starts_at for s in Slot.objects.filter(date=TODAY)] == [time(11)]


def test_each_day_plans_every_gem(clock: Callable[[str], Any]) -> None:
    gems = [make_gem("GEM A"), make_gem("GEM B")]
    for one in gems:
        make_series(one, TODAY, animation=Animation.AUTOGEREE)
    plan_all("2026-11-24")
    clock("2026-12-01 03:10")
    plan_all("2026-12-01")
    plan_all("2026-12-01")
    assert [one.activities.count() for one in gems] == [10, 10]


@pytest.mark.parametrize("count", [1, 3])
def test_a_week_asks_the_same_questions(
    gem: Gem, elected: Client, queries: Callable[..., Any], count: int
) -> None:
    for rank in range(count):
        make_activity(gem, TODAY, f"Atelier {rank}")
        make_slot(gem, TODAY, 10 + rank)
    with queries() as captured:
        programme_of_week(make_actor(Role.MEMBER, gem), gem.pk)
    assert len(captured) == 3
    page = elected.get(WEEK)
    assert len(list(html.fromstring(page.content).iter("*"))) < 350
