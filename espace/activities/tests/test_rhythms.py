"""« Cela revient » through its two steps: five words, then the answers and the dates."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.activities.actions.planning import plan_ahead
from espace.activities.models import Activity, Attendance, Series, Slot
from espace.activities.queries.rhythms import say_rhythm, say_rule
from espace.activities.tests.factories import make_activity, make_series, make_slot
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
ADD = "/programme/ajouter/"
# A first Tuesday.
MEETING = {"title": "Réunion", "day": "2026-12-01", "starts_at": "14h", "hours": "1 h 30"}


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


def sent_again(response: Any, press: str = "", **changes: Any) -> dict[str, Any]:
    """What a browser sends from the form of this page, with some answers changed."""
    form = html.fromstring(response.content).xpath("//main//form")[0]
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    if press:
        values[press] = "1"
    return values | changes


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "Chaque mardi"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "Chaque lundi et jeudi"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Du lundi au vendredi"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "Toutes les 2 semaines, le samedi"),
        ("FREQ=MONTHLY;BYDAY=1TU", "Chaque premier mardi du mois"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "Chaque premier mardi et troisième mardi du mois"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Chaque dernier vendredi du mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Chaque mois, le 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "Chaque mois, le 1er et le 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Chaque mois, le dernier jour"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH", "Tous les 3 mois, le deuxième jeudi"),
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=10", "Chaque année, le 10 octobre"),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=1SA", "Chaque année, le premier samedi d'octobre"),
        ("FREQ=YEARLY;BYMONTH=6;BYDAY=-1SU", "Chaque année, le dernier dimanche de juin"),
        ("FREQ=DAILY", "Chaque jour"),
        ("FREQ=DAILY;INTERVAL=10", "Tous les 10 jours"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "À des jours particuliers"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "À des jours particuliers"),
        ("FREQ=YEARLY;BYDAY=20MO", "À des jours particuliers"),
        ("n'importe quoi", "À des jours particuliers"),
    ],
)
def test_a_rule_is_said_in_plain_words(rule: str, said: str) -> None:
    assert say_rule(rule) == said


def test_an_end_is_said_too() -> None:
    said = say_rhythm("FREQ=WEEKLY;BYDAY=TU", date(2026, 12, 24))
    assert said == "Chaque mardi, jusqu'au 24 décembre 2026"


def test_each_month_asks_which_day_and_shows_the_dates(gem: Gem, elected: Client) -> None:
    page = elected.post(ADD, {**MEETING, "rhythm": "mois", "key": uuid4()})
    assert "Chaque premier mardi du mois" in words(page)
    for day in ("1 décembre 2026", "5 janvier 2027", "2 février 2027", "6 avril 2027"):
        assert f"Mardi {day}" in words(page)
    assert not Series.objects.exists()
    page = elected.post(ADD, sent_again(page), follow=True)
    assert "C'est dans le programme. Chaque premier mardi du mois." in words(page)
    series = Series.objects.get()
    assert (series.rule, series.first_on) == ("FREQ=MONTHLY;BYDAY=1TU", date(2026, 12, 1))
    assert series.title == "Réunion"
    days = list(Activity.objects.values_list("date", flat=True))
    assert days == [date(2026, 12, 1), date(2027, 1, 5)]


def test_another_date_may_be_looked_at_first(gem: Gem, elected: Client) -> None:
    page = elected.post(ADD, {**MEETING, "rhythm": "mois", "key": uuid4()})
    page = elected.post(ADD, sent_again(page, "voir", month_rank="date", month_day="15", times="3"))
    said = words(page)
    assert "Chaque mois, le 15, jusqu'au 15 février 2027" in said
    assert said.count("2027") == 3
    assert not Series.objects.exists()
    elected.post(ADD, sent_again(page))
    series = Series.objects.get()
    assert (series.rule, series.last_on) == ("FREQ=MONTHLY;BYMONTHDAY=15", date(2027, 2, 15))


def test_another_rhythm_on_several_days(gem: Gem, elected: Client) -> None:
    page = elected.post(ADD, {**MEETING, "rhythm": "autre", "key": uuid4()})
    assert "Chaque mardi" in words(page)
    answers = {"weekdays": ["2", "4"], "every": "2", "last_on": "31/12/2026"}
    page = elected.post(ADD, sent_again(page, "voir", **answers))
    assert "Toutes les 2 semaines, le mardi et le jeudi, jusqu'au 31 décembre 2026" in words(page)
    elected.post(ADD, sent_again(page))
    assert list(Activity.objects.values_list("date", flat=True)) == [
        date(2026, 12, day) for day in (1, 3, 15, 17, 29, 31)
    ]


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"unit": "an", "every": "1"}, "FREQ=YEARLY;BYMONTH=12;BYDAY=1TU"),
        ({"unit": "jour", "every": "3"}, "FREQ=DAILY;INTERVAL=3"),
        ({"unit": "mois", "every": "2", "month_rank": "-1"}, "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1TU"),
    ],
)
def test_other_rhythms(elected: Client, answers: dict[str, str], rule: str) -> None:
    page = elected.post(ADD, {**MEETING, "rhythm": "autre", "key": uuid4()})
    elected.post(ADD, sent_again(page, **answers))
    assert Series.objects.get().rule == rule


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"every": "0"}, "Écrivez 1 ou plus."),
        ({"every": "1000000000"}, "Vérifiez ce nombre : 52 au plus."),
        ({"times": "1000000000"}, "Vérifiez le nombre de fois : 1 000 au plus."),
        ({"unit": "an", "every": "40"}, "C'est trop rare pour un rythme."),
        ({"last_on": "31/12/9999"}, "Vérifiez l'année."),
        ({"last_on": "2026-11-01"}, "La fin vient avant le début."),
        ({"unit": "seconde"}, "Sélectionnez un choix valide."),
    ],
)
def test_absurd_rhythms_are_refused_and_kept(
    elected: Client, answers: dict[str, str], sentence: str
) -> None:
    page = elected.post(ADD, {**MEETING, "rhythm": "autre", "key": uuid4()})
    page = elected.post(ADD, sent_again(page, **answers))
    said = words(page)
    assert sentence in said
    assert "Ce que vous avez écrit est gardé." in said
    assert not Series.objects.exists()


def test_coming_back_to_the_first_step_keeps_the_answers(elected: Client) -> None:
    page = elected.post(ADD, {**MEETING, "rhythm": "mois", "open_to_public": "on", "key": uuid4()})
    page = elected.post(ADD, sent_again(page, "retour"))
    form = html.fromstring(page.content).xpath("//main//form")[0]
    assert form.fields["title"] == "Réunion"
    assert form.fields["rhythm"] == "mois"
    assert form.inputs["open_to_public"].checked
    assert not form.inputs["families_welcome"].checked
    assert not Series.objects.exists()


def test_looking_at_the_dates_of_something_weekly_or_single(elected: Client) -> None:
    page = elected.post(ADD, {**MEETING, "rhythm": "1", "voir": "1", "key": uuid4()})
    assert "Chaque mardi" in words(page)
    assert "Mardi 29 décembre 2026" in words(page)
    page = elected.post(ADD, {**MEETING, "rhythm": "0", "voir": "1", "key": uuid4()})
    assert "Une seule fois" in words(page)
    elected.post(ADD, sent_again(page))
    assert Activity.objects.count() == 1


def test_following_times_may_change_their_rhythm_or_only_their_words(
    gem: Gem, elected: Client
) -> None:
    series = make_series(gem, date(2026, 11, 3), rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    url = f"/programme/series/{series.pk}/"
    page = elected.get(url)
    assert "Toutes les 2 semaines, le mardi" in words(page)
    # Kept as before from a day between two: the beat of every other week goes on.
    elected.post(url, sent_again(page, title="Pastel", from_day="2026-11-25"))
    new = Series.objects.get(title="Pastel")
    assert (new.first_on, new.rule) == (date(2026, 12, 1), series.rule)
    url = f"/programme/series/{new.pk}/"
    page = elected.post(url, sent_again(elected.get(url), rhythm="mois", from_day="2027-01-01"))
    page = elected.post(url, sent_again(page, month_rank="-1", month_weekday="5"))
    assert page.status_code == 302
    last = Series.objects.exclude(pk__in=[series.pk, new.pk]).get()
    assert (last.rule, last.first_on) == ("FREQ=MONTHLY;BYDAY=-1FR", date(2027, 1, 29))
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 0


def test_a_day_taken_away_does_not_come_back(gem: Gem, elected: Client) -> None:
    series = make_series(gem, TODAY)
    plan_ahead(actor=SYSTEM, gem_id=gem.pk)
    first = Activity.objects.get(date=date(2026, 12, 8))
    page = elected.post(f"/programme/activites/{first.pk}/annuler/", {"enlever": "1"}, follow=True)
    assert "C'est enlevé du programme." in words(page)
    plan_ahead(actor=SYSTEM, gem_id=gem.pk)
    series.refresh_from_db()
    assert series.except_on == ["2026-12-08"]
    assert not Activity.objects.filter(date=first.date).exists()
    counted = Activity.objects.get(date=date(2026, 12, 1))
    Attendance.objects.create(gem=gem, date=counted.date, head_count=3, activity=counted)
    page = elected.post(
        f"/programme/activites/{counted.pk}/annuler/", {"enlever": "1"}, follow=True
    )
    assert "Des personnes y sont notées." in words(page)
    assert Activity.objects.filter(pk=counted.pk).exists()


# --- Outings and cancelled with a reason ---

OUTING = {
    **MEETING,
    "title": "Marché",
    "day": "2026-11-28",
    "rhythm": "0",
    "place": "ville",
    "place_detail": "Marché de Noël",
    "meeting_point": "devant le GEM",
    "back_at": "17 h",
    "led_by": "adherent",
    "price": "3",
}


def test_an_outing_says_where_to_meet_and_counts_as_opening_hours(
    gem: Gem, elected: Client
) -> None:
    elected.post(ADD, {**OUTING, "key": uuid4()})
    activity = Activity.objects.get()
    page = words(elected.get(f"/programme/activites/{activity.pk}/"))
    assert "Lieu : Marché de Noël (en ville)" in page
    assert "Rendez-vous : devant le GEM, à 14 h" in page
    assert "Retour vers 17 h" in page
    assert "Prix pour un adhérent : 3 €" in page
    slot = Slot.objects.get()
    assert (slot.outing_id, slot.date, slot.starts_at) == (activity.pk, activity.date, time(14))
    assert (float(slot.hours), slot.animation) == (1.5, "autogeree")
    # Hours, not an open door.
    week = words(elected.get("/programme/?semaine=2026-W48"))
    assert "14 h : sortie, Marché, Marché de Noël, 3 €" in week
    assert "Ouvert de 14 h" not in week
    assert elected.get(f"/programme/ouvertures/{slot.pk}/").status_code == 404
    url = f"/programme/activites/{activity.pk}"
    elected.post(f"{url}/annuler/", {"why": "meteo", "reason": "orage annoncé"})
    assert not Slot.objects.exists()
    assert "Annulée : La météo : orage annoncé" in words(
        elected.get("/programme/?semaine=2026-W48")
    )
    elected.post(f"{url}/remettre/")
    assert Slot.objects.filter(outing=activity).exists()
    elected.post(f"{url}/changer/", {**OUTING, "day": "2026-11-29", "starts_at": "10 h"})
    assert Slot.objects.values_list("date", "starts_at").get() == (date(2026, 11, 29), time(10))


def test_an_outing_while_the_place_is_open_is_counted_once(gem: Gem, elected: Client) -> None:
    make_slot(gem, date(2026, 11, 28), 10)
    elected.post(ADD, {**OUTING, "key": uuid4()})
    assert Slot.objects.count() == 1
    make_activity(gem, TODAY, place="nature")
    sent = {"day": "2026-11-29", "starts_at": "14 h", "hours": "3 h", "animation": "autogeree"}
    elected.post(ADD, {**OUTING, "day": "2026-11-29", "key": uuid4()})
    assert Slot.objects.filter(outing__isnull=False).count() == 1
    page = elected.post(
        "/programme/ajouter-une-ouverture/", {**sent, "rhythm": "0", "key": uuid4()}
    )
    assert page.status_code == 302
    assert not Slot.objects.filter(outing__isnull=False).exists()


def test_outings_that_come_back_are_hours_too(gem: Gem) -> None:
    make_series(gem, TODAY, place="nature", title="Marche")
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 9
    assert Slot.objects.filter(outing__isnull=False).count() == 9
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 0
    assert Slot.objects.count() == 9


def test_two_outings_at_once_are_counted_once_even_when_one_was_used(
    gem: Gem, elected: Client
) -> None:
    elected.post(ADD, {**OUTING, "key": uuid4()})
    first = Activity.objects.get()
    slot = Slot.objects.get()
    Attendance.objects.create(gem=gem, date=slot.date, head_count=2, slot=slot)
    elected.post(f"/programme/activites/{first.pk}/annuler/", {"reason": ""})
    elected.post(ADD, {**OUTING, "title": "Musée", "key": uuid4()})
    assert Slot.objects.get().pk == slot.pk
    assert first.date - TODAY == timedelta(days=4)


def test_the_poster_does_not_say_open_for_an_outing(gem: Gem, elected: Client) -> None:
    elected.post(ADD, {**OUTING, "key": uuid4()})
    page = words(elected.get("/programme/affiche/?semaine=2026-W48"))
    assert "Marché" in page
    assert "15 h 30" not in page
