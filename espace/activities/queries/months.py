"""A month of a GEM: is it finished, and what is missing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import Section
from espace.activities.models import FinishedMonth, MonthCard
from espace.activities.queries.access import local_now
from espace.activities.queries.day_sheet import daily_heads, missing_of
from espace.activities.queries.folding import folded_on
from espace.activities.queries.month_card import unanswered_sections
from espace.activities.rules.moments import next_month, previous_month
from espace.activities.rules.months import Missing, may_finish
from espace.activities.rules.time_spent import TimeSpent, time_spent
from espace.groups.queries.for_sheets import sheet_gem


@dataclass(frozen=True, slots=True)
class MonthState:
    """``finished_on`` None while the month runs; ``following`` None when it has not begun.

    ``folded_on`` is when its first names went: it may then be neither finished nor opened again.
    """

    month: date
    finished_on: date | None
    folded_on: date | None
    may_finish: bool
    missing: Missing
    previous: date
    following: date | None
    minutes_spent: int | None
    card_unanswered: tuple[Section, ...]
    """Parts of the month card that nobody answered."""

    @property
    def nothing_missing(self) -> bool:
        return self.missing.nothing and not self.card_unanswered


@dataclass(frozen=True, slots=True)
class YearOfWriting:
    """What a year took to write down; ``years`` are those with a finished month."""

    year: int
    spent: TimeSpent
    months: tuple[tuple[date, int | None], ...]
    years: tuple[int, ...]


def month_state(actor: Actor, gem_id: UUID, month: date) -> MonthState:
    """Return the state of the month of ``month``. Twelve SQL queries at most. Raises NotAllowed."""
    require(actor, "activities.finish_month", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    first = month.replace(day=1)
    rows = FinishedMonth.objects.filter(gem_id=gem_id, month=first)
    finished_on, minutes = rows.values_list("finished_on", "minutes_spent").first() or (None, None)
    following = next_month(first)
    return MonthState(
        month=first,
        finished_on=finished_on,
        folded_on=folded_on(gem_id, first, today),
        may_finish=may_finish(first, today),
        missing=missing_of(gem_id, first, today),
        previous=previous_month(first),
        following=following if following <= today else None,
        minutes_spent=minutes,
        card_unanswered=() if finished_on else unanswered_sections(gem_id, first),
    )


def year_of_writing(actor: Actor, gem_id: UUID, year: int | None) -> YearOfWriting:
    """Return the time spent in ``year``, or in the last one finished. Five SQL queries.

    Raises NotAllowed.
    """
    require(actor, "activities.see_month_card", gem_id)
    finished = FinishedMonth.objects.filter(gem_id=gem_id, finished_on__isnull=False).order_by()
    rows = sorted(finished.values_list("month", "minutes_spent"))
    years = tuple(sorted({month.year for month, _minutes in rows}))
    chosen = year or (years[-1] if years else local_now(sheet_gem(gem_id)).year)
    months = tuple(row for row in rows if row[0].year == chosen)
    return YearOfWriting(
        chosen,
        time_spent(
            [minutes for _month, minutes in months],
            days=_days_counted(gem_id, chosen, {month for month, _minutes in months}),
            cards=_cards_written(gem_id, {month for month, _minutes in months}),
        ),
        months,
        years,
    )


def _days_counted(gem_id: UUID, year: int, months: set[date]) -> int:
    days = daily_heads(gem_id, date(year, 1, 1), date(year, 12, 31))
    return sum(1 for day in days if day.replace(day=1) in months)


def _cards_written(gem_id: UUID, months: set[date]) -> int:
    return MonthCard.objects.filter(gem_id=gem_id, month__in=months).count()
