"""What others may read of organisations, live: never of people (the monthly closing says those)."""

from collections.abc import Collection, Mapping

from espace.indicators.queries import summed
from espace.indicators.rules import Period
from espace.territories.choices import Level
from espace.territories.models import PlaceFigures
from espace.territories.rules import Figure, figure

FEWEST_GEM = 3
"""A figure of one or two GEM is a named GEM's: it leaves only when that GEM sends it."""


def organisation_figures(
    level: Level, places: Collection[str], period: Period, codes: Collection[str]
) -> Mapping[tuple[str, str], Figure]:
    """Return, by (place, code), the figures of organisations over a period. One SQL query.

    A figure of fewer than three GEM has no value. Raises KeyError for a code that is about people,
    or that does not add up.
    """
    known = {code: summed()[code] for code in codes}
    about_people = sorted(code for code, how in known.items() if how.about_people)
    if about_people:
        raise KeyError(f"about people: {about_people}")
    rows = PlaceFigures.objects.filter(
        level=level, code__in=places, start=period.start, end=period.end
    )
    cells = dict(rows.order_by().values_list("code", "cells"))
    found = {}
    for place in places:
        for code, how in known.items():
            one = figure(how, cells.get(place, {}).get(code))
            found[place, code] = one if one.gems >= FEWEST_GEM else Figure(None, one.gems, 0)
    return found
