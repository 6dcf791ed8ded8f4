"""A year of planning, night after night: what people changed stays, whatever the rule."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.activities.actions.planning import plan_ahead, rhythm_of
from espace.activities.actions.programme import (
    Description,
    cancel_activity,
    change_activity,
    change_series,
    remove_activity,
    stop_series,
)
from espace.activities.choices import ActivityState
from espace.activities.models import Activity, Series
from espace.activities.rules.recurrence import pattern
from espace.activities.rules.series import HORIZON, occurrences
from espace.activities.tests.factories import make_series
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 6)
RULES = [
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=DAILY;INTERVAL=10",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
]


def of(row: Activity) -> dict[str, Any]:
    return {"actor": make_actor(Role.ELECTED, row.gem), "gem_id": row.gem_id, "activity_id": row.pk}


def said(row: Activity, title: str) -> Description:
    return Description(title, row.starts_at, row.hours)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Guadeloupe", "Indian/Reunion"])
def test_a_year_of_nights_keeps_what_people_did(
    clock: Callable[[str], Any], rule: str, zone: str
) -> None:
    clock(f"{FIRST} 11:00")
    gem = make_gem(time_zone=zone)
    kept = pattern(rule, FIRST)
    series = make_series(gem, kept.first_on, rule=kept.rule)
    rng = random.Random(rule)
    moved: dict[Any, date] = {}
    cancelled: set[Any] = set()
    removed: set[date] = set()
    for week in range(52):
        today = FIRST + timedelta(weeks=week)
        clock(f"{today} 15:10")
        plan_ahead(actor=SYSTEM, gem_id=gem.pk)
        assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 0
        free = Activity.objects.filter(gem=gem, changed_by_hand=False, date__gt=today)
        row = free.order_by("date").first()
        if row is None or rng.random() < 0.5:
            continue
        gesture = rng.choice(["move", "cancel", "remove"])
        if gesture == "move":
            day = row.date + timedelta(days=1)
            if not Activity.objects.filter(series=series, date=day).exists():
                change_activity(**of(row), day=day, description=said(row, "Déplacée"))
                moved[row.pk] = day
        elif gesture == "cancel":
            cancel_activity(**of(row), reason="", why="meteo")
            cancelled.add(row.pk)
        else:
            removed.add(row.date)
            remove_activity(**of(row))
    clock(f"{FIRST + timedelta(weeks=52)} 15:10")
    plan_ahead(actor=SYSTEM, gem_id=gem.pk)
    series.refresh_from_db()
    rows = list(Activity.objects.filter(series=series))
    planned = [row.moved_from or row.date for row in rows]
    end = FIRST + timedelta(weeks=52) + HORIZON
    assert sorted(planned) == occurrences(rhythm_of(series), FIRST, end)
    assert not removed & set(planned)
    assert {row.pk: row.date for row in rows if row.title == "Déplacée"} == moved
    assert {row.pk for row in rows if row.state == ActivityState.ANNULEE} == cancelled
    assert series.except_on == sorted(day.isoformat() for day in removed)


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.mark.parametrize("rule", RULES[:5])
def test_following_times_and_stopping_with_any_rule(
    gem: Gem, clock: Callable[[str], Any], rule: str
) -> None:
    clock("2026-01-06 11:00")
    kept = pattern(rule, FIRST)
    series = make_series(gem, kept.first_on, rule=kept.rule)
    plan_ahead(actor=SYSTEM, gem_id=gem.pk, until=date(2026, 12, 31))
    actor = make_actor(Role.ELECTED, gem)
    before = set(Activity.objects.filter(date__lt="2026-06-01").values_list("pk", flat=True))
    row = Activity.objects.filter(date__gte="2026-06-01").order_by("date")[0]
    cancel_activity(**of(row), reason="")
    new_id = change_series(
        actor=actor,
        gem_id=gem.pk,
        series_id=series.pk,
        from_day=date(2026, 6, 1),
        description=said(row, "Autrement"),
    )
    plan_ahead(actor=SYSTEM, gem_id=gem.pk, until=date(2026, 12, 31))
    days = sorted(row.date for row in Activity.objects.all())
    assert days == occurrences(rhythm_of_first(kept), FIRST, date(2026, 12, 31))
    assert (
        set(
            Activity.objects.filter(title="Peinture", date__lt="2026-06-01").values_list(
                "pk", flat=True
            )
        )
        == before
    )
    stop_series(actor=actor, gem_id=gem.pk, series_id=new_id, from_day=date(2026, 9, 1))
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk, until=date(2026, 12, 31)) == 0
    assert not Activity.objects.filter(date__gte="2026-09-01").exists()
    assert Series.objects.get(pk=new_id).last_on == date(2026, 8, 31)


def rhythm_of_first(kept: Any) -> Any:
    return rhythm_of(Series(rule=kept.rule, first_on=kept.first_on, except_on=[]))
