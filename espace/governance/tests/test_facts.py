"""Meetings and decisions as figures of the catalogue, counted by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from espace.governance.choices.meetings import AgendaBy, DecisionState, MeetingKind, MeetingState
from espace.governance.models import Meeting
from espace.governance.tests.factories import make_decision, make_meeting
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem
from espace.indicators import measures
from espace.indicators.rules import year_period

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 20)


def held(gem: Gem, day: date, kind: MeetingKind, present: int, **values: object) -> Meeting:
    return make_meeting(
        gem, day, kind=kind, state=MeetingState.TENUE, members_present=present, **values
    )


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    """A year: two members' meetings, an assembly, a board; one meeting only planned, one cancelled.

    Minutes: shared after 0, 2, 40 days and never; a plain version in two of the shared ones.
    """
    clock("2027-01-20 10:00")
    gem = make_gem(opened_on=date(2020, 1, 1))
    first = held(
        gem,
        date(2026, 2, 3),
        MeetingKind.REUNION_ADHERENTS,
        10,
        minutes_shared_on=date(2026, 2, 3),
        plain_minutes="En clair.",
        agenda_by=AgendaBy.ADHERENTS,
    )
    held(
        gem,
        date(2026, 3, 3),
        MeetingKind.REUNION_ADHERENTS,
        14,
        minutes_shared_on=date(2026, 3, 5),
        agenda_by=AgendaBy.SALARIES,
    )
    board = held(
        gem,
        date(2026, 4, 7),
        MeetingKind.CA,
        4,
        minutes_shared_on=date(2026, 5, 17),
        plain_minutes="En clair.",
        agenda_by=AgendaBy.ENSEMBLE,
    )
    assembly = held(gem, date(2026, 5, 12), MeetingKind.AG, 18, members_invited=40)
    Meeting.objects.filter(pk=assembly.pk).update(agenda_by=AgendaBy.SALARIES, non_members_voting=2)
    make_meeting(gem, date(2026, 6, 2), members_present=30)
    make_meeting(gem, date(2026, 7, 2), state=MeetingState.ANNULEE, members_present=30)
    make_decision(first, taken_by="adherents", state=DecisionState.FAITE, done_on=date(2026, 3, 1))
    make_decision(first, taken_by="salaries", subject="budget")
    make_decision(board, taken_by="ca", subject="local")
    make_decision(board)
    make_decision(board, taken_by="gestionnaire", removed=True)
    return gem


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("DEM-01", 2),
        ("DEM-02", 12),  # (10 + 14) / 2
        ("DEM-03", 45),  # 18 / 40, in percent
        ("DEM-04", 1),
        ("DEM-07", 50),  # two of four within fifteen days
        ("DEM-08", pytest.approx(66.67, abs=0.5)),  # two of three shared
        ("DEM-09", 50),  # two of four
        # Of four decisions kept, one was done within six months.
        ("DEM-11", 25),
        ("DEM-16", 2),
        # « autre » by the members, « local » by the board.
        ("DEM-18", 2),
        ("DEM-10", pytest.approx(66.67, abs=0.5)),  # two of three known
    ],
)
def test_a_figure_of_the_year_is_the_one_counted_by_hand(gem, code, by_hand):
    year = year_period(2026)
    found = measures.measure(gem.pk, [year], [code], TODAY)[code, year]
    assert float(found.value) == by_hand, found
