"""The exact counts of a month, GEM by GEM, as they are on the day of the closing."""

from collections.abc import Mapping, Sequence
from datetime import date

from espace.disclosure.rules import published
from espace.disclosure.rules.closing import GemPeople, People
from espace.groups.queries.counted import CountedGem
from espace.indicators.queries import measure_for_sums, people_for_sums
from espace.indicators.rules import Measure, Period, State

# The last category of each breakdown is what is left: nobody falls between two.
AGES = {
    "moins_35": "person.age_band in ('moins_25','25_34')",
    "35_49": "person.age_band = '35_49'",
    "50_plus": "person.age_band in ('50_64','65_plus')",
}
SEXES = {"femme": "person.gender = 'femme'", "homme": "person.gender = 'homme'"}
FINISHED = (State.OK,)
# Memberships are not of the day sheet: a month not finished changes nothing to them.
KNOWN = (State.OK, State.RUNNING)


def freeze(gem: CountedGem, months: Sequence[Period], today: date) -> list[GemPeople]:
    """Return what one GEM brings to the closing of each month, in their order.

    Three SQL queries, or four, whatever the number of months. People and passages count once the
    GEM finished the month (decision 3).
    """
    codes = (*published.PEOPLE_MEASURES, published.PASSAGES)
    measured = measure_for_sums(gem.id, months, today, codes)
    bands = people_for_sums(gem.id, published.PEOPLE_MEASURES, AGES | SEXES, months, today)
    return [_of_month(gem, month, measured, bands) for month in months]


def _of_month(
    gem: CountedGem,
    month: Period,
    measured: Mapping[tuple[str, Period], Measure],
    bands: Mapping[tuple[str, str, Period], int],
) -> GemPeople:
    people = {}
    for code in published.PEOPLE_MEASURES:
        one = measured[code, month]
        states = KNOWN if code in published.STOCK_MEASURES else FINISHED
        if one.value is None or one.state not in states:
            continue
        total = int(one.value)
        people[code] = People(
            ages=_with_the_rest(total, [bands[code, category, month] for category in AGES]),
            sexes=_with_the_rest(total, [bands[code, category, month] for category in SEXES]),
        )
    passages = measured[published.PASSAGES, month]
    is_known = passages.value is not None and passages.state in FINISHED
    return GemPeople(
        gem=str(gem.id),
        region=gem.region_code,
        departement=gem.departement_code,
        people=people,
        passages=int(passages.value or 0) if is_known else None,
    )


def _with_the_rest(total: int, bands: list[int]) -> tuple[int, ...]:
    return (*bands, total - sum(bands))
