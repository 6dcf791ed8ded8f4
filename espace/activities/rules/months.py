"""Finishing a month: when it may be done, and what is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from espace.activities.rules.moments import last_day, previous_month

LAST_DAYS = 3
"""A month may be finished from its last three days on: many GEM close before the 31st."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a month still lacks; both in order."""

    days_without_count: tuple[date, ...]
    """Days the GEM was open and nobody was noted."""
    days_to_come: tuple[date, ...]
    """Openings after today."""
    unsaid: tuple[date, ...] = ()
    """Days without a count of which nobody said that the GEM did open."""

    @property
    def nothing(self) -> bool:
        return not (self.days_without_count or self.days_to_come)


def what_is_missing(
    open_days: Collection[date],
    counted: Collection[date],
    today: date,
    said: Collection[date] = (),
) -> Missing:
    """Compare the days of opening with the days where someone was noted.

    Today lacks nothing: the day is not over. ``said`` are the days someone said were open.
    """
    empty = tuple(sorted(day for day in set(open_days) - set(counted) if day < today))
    return Missing(
        empty,
        tuple(sorted(day for day in set(open_days) if day > today)),
        tuple(day for day in empty if day not in set(said)),
    )


def may_finish(month: date, today: date) -> bool:
    """Tell whether the month of ``month`` is over, or in its last three days."""
    return today > last_day(month) - timedelta(days=LAST_DAYS)


def month_to_finish(today: date, finished: Collection[date], begun_on: date | None) -> date | None:
    """Return the first day of the month to offer to finish, or None.

    The month before first, then the running one in its last days. ``finished`` holds first days;
    ``begun_on`` is the first day anything was noted: no month before it is asked for.
    """
    if begun_on is None:
        return None
    for month in (previous_month(today), today.replace(day=1)):
        if month not in finished and last_day(month) >= begun_on and may_finish(month, today):
            return month
    return None
