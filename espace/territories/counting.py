"""Counts one GEM from its facts, for its places."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from espace.groups.queries.counted import CountedGem
from espace.indicators.queries import measure_for_sums, summed, summed_over
from espace.indicators.rules import Period
from espace.territories import rules

ALL_DAYS = date(1900, 1, 1)
Rows = Mapping[Period, rules.GemCells]


def count_gem(gem: CountedGem, since: date = ALL_DAYS) -> Rows:
    """Return what a GEM brings to its places over each kept period that ``since`` may change.

    Six SQL statements whatever the number of periods, as many more for old ones.
    """
    known = summed()
    periods = rules.kept_periods(gem.today, gem.opened_on, gem.closed_on)
    stale = rules.stale_since(periods, since)
    found: dict[Period, dict[str, rules.GemCell]] = {period: {} for period in stale}
    for months, asked in groupby(sorted(stale, key=_length), _length):
        measured = measure_for_sums(gem.id, list(asked), gem.today, summed_over(months))
        for (code, period), measure in measured.items():
            cell = rules.gem_cell(known[code], measure)
            if cell is not None:
                found[period][code] = cell
    return found


def _length(period: Period) -> int:
    return len(period.months())
