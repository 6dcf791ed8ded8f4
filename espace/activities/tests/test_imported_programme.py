"""A programme that came with a file, and taking it back."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed
from espace.activities.actions.imported_programme import (
    ImportedActivity,
    ImportedOpening,
    ImportedSeries,
    ProgrammeAdded,
    add_imported_programme,
    undo_imported_programme,
)
from espace.activities.actions.planning import plan_ahead
from espace.activities.actions.programme import Description
from espace.activities.choices import SeriesKind
from espace.activities.models import Activity, Attendance, Series, Slot
from espace.activities.rules.recurrence import pattern
from espace.activities.tests.factories import make_activity
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
COOKING = Description("Cuisine", time(14), Decimal(2))
MEETING = Description("Réunion", time(10), Decimal("1.5"))
OLD = date(2019, 1, 8)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


def bring_in(gem: Gem, role: Role = Role.ELECTED, **values: Any) -> ProgrammeAdded:
    return add_imported_programme(
        actor=make_actor(role, gem),
        gem_id=gem.pk,
        batch_id=values.pop("batch_id", uuid4()),
        series=[
            ImportedSeries(
                SeriesKind.ACTIVITY,
                MEETING,
                pattern("FREQ=MONTHLY;BYDAY=1TU", OLD),
                except_on=(date(2026, 12, 1),),
            ),
            ImportedSeries(SeriesKind.OPENING, COOKING, pattern("FREQ=WEEKLY", OLD)),
        ],
        activities=[ImportedActivity(TODAY, COOKING), ImportedActivity(OLD, COOKING)],
        openings=[ImportedOpening(TODAY, time(9), Decimal(3))],
        **values,
    )


def test_a_calendar_comes_in_from_today_on(gem: Gem) -> None:
    added = bring_in(gem)
    assert added == ProgrammeAdded(
        series=1, activities=1, openings=1, already_there=0, left_to_usual_hours=1
    )
    meetings = Activity.objects.filter(title="Réunion").values_list("date", flat=True)
    assert list(meetings) == [date(2027, 1, 5)]
    assert plan_ahead(actor=SYSTEM, gem_id=gem.pk) == 0
    again = bring_in(gem)
    assert (again.series, again.activities, again.openings, again.already_there) == (0, 0, 0, 3)


def test_taking_it_back_leaves_what_someone_used(gem: Gem) -> None:
    batch = uuid4()
    mine = make_activity(gem, TODAY, "Peinture")
    bring_in(gem, batch_id=batch)
    cooking = Activity.objects.get(title="Cuisine")
    Attendance.objects.create(gem=gem, date=TODAY, head_count=3, activity=cooking)
    gone = undo_imported_programme(
        actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, batch_id=batch
    )
    assert gone == 2
    assert set(Activity.objects.values_list("pk", flat=True)) == {mine.pk, cooking.pk}
    assert not Series.objects.exists()
    assert not Slot.objects.exists()


def test_a_member_brings_nothing_in(gem: Gem) -> None:
    with pytest.raises(NotAllowed):
        bring_in(gem, Role.MEMBER)
    with pytest.raises(NotAllowed):
        undo_imported_programme(actor=make_actor(Role.MEMBER, gem), gem_id=gem.pk, batch_id=uuid4())
