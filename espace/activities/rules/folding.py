"""When the first names of a month go, and what stays of its rows (docs/decisions/0043)."""

import calendar
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from espace.activities.rules.moments import last_day
from espace.activities.rules.months import LAST_DAYS

AFTER_FINISHED = 13
"""Months between « ce mois est fini » and the end of its first names."""
AT_THE_LATEST = 16
"""Months after the month itself, whatever the GEM said or did not say."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of one month that has first names."""

    month: date
    finished_on: date | None
    keep_until: date | None = None
    """The end of « annuler » for a file that brought some of them: until then nothing moves."""
    noted: bool = True
    """False when nobody is noted by name: someone came first, or held the place, without a row."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a head is counted once its name is gone: a day and its opening, or an activity."""

    date: date
    activity_id: UUID | None
    category: str
    slot_id: UUID | None


@dataclass(frozen=True, slots=True)
class Presence:
    """One row with a person."""

    person_id: UUID
    date: date
    activity_id: UUID | None
    category: str
    slot_id: UUID | None


def months_after(day: date, count: int) -> date:
    """Return the same day ``count`` months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def folds_on(names: Names, *, year_is_finished: bool) -> date:
    """Return the day from which the first names of a month go.

    13 months after the GEM finished it; while another month of the same year is not finished, its
    year is not complete, and it waits: 16 months after its own end at the latest.
    """
    latest = months_after(last_day(names.month), AT_THE_LATEST)
    due = latest
    if names.finished_on is not None and year_is_finished:
        due = min(months_after(names.finished_on, AFTER_FINISHED), latest)
    return max(due, names.keep_until or due)


def may_be_folded(day: date, today: date) -> bool:
    """Tell whether the month of ``day`` is old enough for its first names to be gone.

    A month may be finished from its last three days on: 13 months after that, never before.
    """
    return months_after(last_day(day) - timedelta(days=LAST_DAYS - 1), AFTER_FINISHED) <= today


def to_fold(months: Collection[Names], today: date) -> tuple[date, ...]:
    """Return the first days of the months whose first names go today, oldest first."""
    running = {names.month.year for names in months if names.noted and names.finished_on is None}
    return tuple(
        sorted(
            names.month
            for names in months
            if folds_on(names, year_is_finished=names.month.year not in running) <= today
        )
    )


def folded(rows: Iterable[Presence]) -> Mapping[Place, int]:
    """Return how many heads stay at each place, so that no count of visits moves.

    Someone counts once a day, whatever they did: a day known by its activities only gets one head.
    """
    listed = list(rows)
    heads = Counter(Place(r.date, r.activity_id, r.category, r.slot_id) for r in listed)
    came = {(row.person_id, row.date) for row in listed if row.activity_id is None}
    only_there = {
        (row.person_id, row.date): row.category
        for row in sorted(listed, key=lambda row: str(row.activity_id))
        if (row.person_id, row.date) not in came
    }
    heads.update(Place(day, None, category, None) for (_, day), category in only_there.items())
    return heads
