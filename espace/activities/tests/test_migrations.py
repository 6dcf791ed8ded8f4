"""Series of before rules, brought forward and back by the migrations themselves."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from espace.groups.tests.factories import make_gem

BEFORE = ("activities", "0004_activities_by_gem_and_day")
AFTER = ("activities", "0005_rules_of_series")
TUESDAY = date(2026, 11, 24)
SAID = {"kind": "activity", "title": "Peinture", "starts_at": time(14), "hours": 2}


def go(to: tuple[str, str]) -> Any:
    """Migrate to there; return the table of series as it is there."""
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    apps = executor.loader.project_state([to]).apps
    return apps.get_model("activities", "Series")


@pytest.fixture
def _back_to_now() -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_back_to_now")
def test_series_of_before_become_rules_and_back() -> None:
    gem = make_gem()
    old = go(BEFORE).objects
    for weekday, every in ((2, 1), (4, 2)):
        old.create(gem_id=gem.pk, weekday=weekday, every_weeks=every, first_on=TUESDAY, **SAID)
    new = go(AFTER).objects
    assert sorted(new.values_list("rule", "first_on")) == [
        ("FREQ=WEEKLY;BYDAY=TU", TUESDAY),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", date(2026, 11, 26)),
    ]
    new.create(gem_id=gem.pk, rule="FREQ=MONTHLY;BYDAY=4TU", first_on=TUESDAY, **SAID)
    rows = go(BEFORE).objects.order_by("every_weeks", "weekday", "last_on")
    kept = [(row.weekday, row.every_weeks, row.last_on is None) for row in rows]
    # The old form cannot say « each month »: that one ends the day one goes back.
    assert sorted(kept) == [(2, 1, False), (2, 1, True), (4, 2, True)]
