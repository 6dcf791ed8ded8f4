"""The time a GEM spends writing things down, and what the yearly report then no longer takes.

The time spent is what the GEM said, per month, never per person. The time saved is supposed: the
two durations below were not measured. The page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

MINUTES_TO_COUNT_A_DAY = 3
"""Taking one day's paper sheet again and counting it by hand for the yearly report."""
MINUTES_TO_COUNT_A_MONTH = 20
"""Finding again one month's acts of help, referrals, newcomers and volunteers."""


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """``spent`` is the sum of the months that were said; ``usual`` the middle month, or None."""

    months_said: int
    spent: int
    usual: int | None
    days: int
    cards: int

    @property
    def saved(self) -> int:
        """Minutes that counting by hand would take for the same figures (supposed)."""
        return self.days * MINUTES_TO_COUNT_A_DAY + self.cards * MINUTES_TO_COUNT_A_MONTH


def time_spent(minutes: Sequence[int | None], *, days: int, cards: int) -> TimeSpent:
    """Add up a year: the minutes said by month, the days counted, the months whose card is there.

    A month left without an answer is not zero: it is in no sum.
    """
    said = [one for one in minutes if one is not None]
    return TimeSpent(len(said), sum(said), int(median(said)) if said else None, days, cards)


def say_minutes(minutes: int) -> str:
    """Return « 45 min », « 2 h » or « 2 h 05 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
