"""Moving between periods: links said in words, never beyond today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.indicators.rules import (
    Period,
    month_period,
    months_up_to,
    quarter_period,
    shift_date,
    year_period,
)

MONTHS_LISTED = 12
QUARTERS_LISTED = 4
YEARS_LISTED = 3


@dataclass(frozen=True)
class Step:
    """A link to the same page over another period."""

    label: str
    period: Period


@dataclass(frozen=True)
class Group:
    """Several steps of one length: months, quarters, years."""

    title: str | Promise
    steps: tuple[Step, ...]


def steps(period: Period, today: date) -> tuple[Step, ...]:
    """Return the period just before and, when it has begun, the one just after."""
    before = period.previous()
    after = _after(period)
    found = [Step(before.label_fr(), before)]
    if after.start <= today:
        found.append(Step(after.label_fr(), after))
    return tuple(found)


def choices(today: date) -> tuple[Group, ...]:
    """Return the periods one press away: 12 months, 4 quarters, 3 years, the latest first."""
    first = today.replace(day=1)
    quarters = (shift_date(first, -3 * back, "month") for back in range(QUARTERS_LISTED))
    return (
        Group(_("Un mois"), _steps(reversed(months_up_to(today, MONTHS_LISTED)))),
        Group(
            _("Un trimestre"),
            _steps(quarter_period(day.year, (day.month + 2) // 3) for day in quarters),
        ),
        Group(
            _("Une année"), _steps(year_period(today.year - back) for back in range(YEARS_LISTED))
        ),
    )


def _steps(periods: Iterable[Period]) -> tuple[Step, ...]:
    return tuple(Step(period.label_fr(), period) for period in periods)


def _after(period: Period) -> Period:
    if period == month_period(period.start):
        return period.shift(1, "month")
    if period.whole_months:
        return period.shift(len(period.months()), "month")
    return period.shift((period.end - period.start).days + 1, "day")
