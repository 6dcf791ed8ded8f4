"""Work of each day asks for the next day's, once."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django_tasks_db.models import DBTaskResult

from espace.core import daily

pytestmark = pytest.mark.django_db


def asked(name: str) -> list[tuple[str, datetime]]:
    """Return the day and earliest instant of the waiting jobs of that name."""
    rows = [(row.args_kwargs["args"], row.run_after) for row in DBTaskResult.objects.order_by("id")]
    return sorted((args[1], after) for args, after in rows if args[0] == name)


def test_the_first_day_is_asked_once(clock: Callable[[str], datetime]) -> None:
    clock("2026-11-22 09:00")
    daily.begin()
    daily.begin()
    assert [day for day, _ in asked(daily.DAY_JOB)] == ["2026-11-22"]


def test_a_day_asks_its_jobs_and_the_next_day(clock: Callable[[str], datetime]) -> None:
    clock("2026-11-22 09:00")
    daily.run_day("2026-11-22")
    daily.run_day("2026-11-22")
    ((next_day, after),) = asked(daily.DAY_JOB)
    assert next_day == "2026-11-23"
    assert after.isoformat() == "2026-11-23T03:10:00+00:00"
    assert {day for day, _ in asked("activities.plan_all")} == {"2026-11-22"}
