"""Years of life of one GEM of the fictional country: who is on its roll, which days who comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from espace.demonstration.rules.closures import Habits, closure_of, days
from espace.demonstration.rules.names import MEN, WOMEN
from espace.groups.choices import AgeBand, Gender

AGES = {
    AgeBand.MOINS_25: 6, AgeBand.DE_25_34: 16, AgeBand.DE_35_49: 30,
    AgeBand.DE_50_64: 28, AgeBand.PLUS_65: 8, AgeBand.NON_DIT: 12,
}  # fmt: skip
GENDERS = {Gender.FEMME: 43, Gender.HOMME: 49, Gender.AUTRE: 2, Gender.NON_DIT: 6}
# Chance to come on an open day: now and then, each week, twice a week, nearly each day.
RHYTHMS = {0.06: 25, 0.15: 30, 0.28: 25, 0.45: 20}
ON_THE_ROLL = 1.08
"""People around for one who comes in a usual month."""
YEARS_AROUND = 4
MEMBERS = 0.9
OPEN_DAYS = ((1, 2, 4, 5), (1, 2, 3, 5, 6), (2, 3, 4, 5, 6))
ACTIVITY_EVERY = 3
"""An activity every third open day."""
JOIN_IN = 0.5
FINISHED = 0.985


@dataclass(frozen=True)
class Someone:
    """Someone of a roll; ``first_seen_on`` is None for who was there before the years told."""

    first_name: str
    initial: str
    age_band: AgeBand
    gender: Gender
    rhythm: float
    first_seen_on: date | None
    last_day: date
    is_member: bool

    def is_around(self, day: date) -> bool:
        return (self.first_seen_on is None or self.first_seen_on <= day) and day <= self.last_day


@dataclass(frozen=True)
class OpenDay:
    """A day held: who came, by rank on the roll, and who joined its activity if it had one."""

    day: date
    came: tuple[int, ...]
    has_activity: bool
    joined: tuple[int, ...]


def draw_roll(people: int, first: date, last: date, chance: Random) -> list[Someone]:
    """Return a roll that keeps ``people`` coming in a usual month from ``first`` to ``last``."""
    around = round(people * ON_THE_ROLL)
    length = (last - first).days
    found = []
    for _ in range(around):
        # One place of the roll: someone, then whoever comes after they left.
        begins, is_first = first, True
        while begins <= last:
            stay = timedelta(days=int(chance.uniform(0.3, 2) * YEARS_AROUND * 365))
            ends = min(begins + stay, last)
            found.append(_someone(None if is_first else begins, ends, chance))
            begins, is_first = ends + timedelta(days=1 + chance.randrange(20)), False
            if length < 60:
                break
    return found


def _someone(first_seen_on: date | None, last_day: date, chance: Random) -> Someone:
    gender = chance.choices(list(GENDERS), list(GENDERS.values()))[0]
    return Someone(
        first_name=chance.choice(WOMEN if gender == Gender.FEMME else MEN),
        initial=chance.choice("ABCDEFGHIJKLMNOPQRSTVWXYZ"),
        age_band=chance.choices(list(AGES), list(AGES.values()))[0],
        gender=gender,
        rhythm=chance.choices(list(RHYTHMS), list(RHYTHMS.values()))[0],
        first_seen_on=first_seen_on,
        last_day=last_day,
        is_member=chance.random() < MEMBERS,
    )


def open_days(
    roll: Sequence[Someone], first: date, last: date, overseas: bool, chance: Random
) -> Iterator[OpenDay]:
    """Yield the days held from ``first`` to ``last``, in order."""
    weekdays = chance.choice(OPEN_DAYS)
    habits = Habits(chance.randrange(3), chance.randrange(5, 40), overseas)
    around: list[tuple[int, Someone]] = []
    rank_of_day = 0
    random = chance.random
    for day in days(first, last):
        if day.day == 1 or day == first:
            end = day + timedelta(days=31)
            around = [
                (rank, one)
                for rank, one in enumerate(roll)
                if one.is_around(day) or (one.first_seen_on and day < one.first_seen_on <= end)
            ]
        if day.isoweekday() not in weekdays or closure_of(day, habits, member_run=False):
            continue
        rank_of_day += 1
        came = tuple(rank for rank, one in around if random() < one.rhythm and one.is_around(day))
        has_activity = rank_of_day % ACTIVITY_EVERY == 0
        joined = tuple(rank for rank in came if random() < JOIN_IN) if has_activity else ()
        yield OpenDay(day, came, has_activity, joined)
