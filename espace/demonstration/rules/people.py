"""Who is on a fictional roll: a first name, an initial, and how often that person comes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from espace.accounts.choices import Pictogram
from espace.demonstration.rules.names import MEN, WOMEN
from espace.demonstration.rules.network import Portrait
from espace.groups.choices import AgeBand, Gender

INITIALS = "ABBBCCDDEFGGHJKLLLMMMNOPPQRRSSTTVWYZ"
SIGNS = tuple(sign for sign in Pictogram if sign != Pictogram.NONE)

# Few come very often, many come rarely: (share of the roll, chance to come on an open day).
RHYTHMS = ((0.10, 0.60), (0.23, 0.28), (0.30, 0.09), (0.37, 0.035))
ALREADY_THERE = 0.58
SAY_THEIR_AGE = 0.6


@dataclass(frozen=True)
class Adhesion:
    """A yearly membership."""

    year: int
    started_on: date
    fee_cents: int
    is_first: bool


@dataclass(frozen=True)
class Character:
    """Someone on a fictional roll. ``arrived_on`` is None for those who were « déjà là »."""

    first_name: str
    initial: str
    number: int
    pictogram: Pictogram
    gender: Gender
    age_band: AgeBand
    arrived_on: date | None
    left_on: date | None
    rhythm: float
    weekdays: frozenset[int]
    memberships: tuple[Adhesion, ...]

    def is_around(self, day: date) -> bool:
        """Tell whether this person comes at all in that time of their life."""
        return (self.arrived_on is None or self.arrived_on <= day) and (
            self.left_on is None or day < self.left_on
        )


def characters(
    portrait: Portrait, open_days: Sequence[date], today: date, rng: Random
) -> list[Character]:
    """Return the roll of ``portrait``, most faithful first; arrivals fall on ``open_days``."""
    people = []
    seen: Counter[tuple[str, str]] = Counter()
    for rank in range(portrait.people):
        gender, first_name = _first_name(rng)
        # The two « Marie L. » that every group knows: each has a pictogram.
        initial = rng.choice(INITIALS)
        if rank in (3, 17):
            gender, first_name, initial = Gender.FEMME, "Marie", "L"
        seen[first_name, initial] += 1
        number = seen[first_name, initial]
        rhythm = _rhythm((rank + 0.5) / portrait.people) * rng.uniform(0.8, 1.2)
        arrived_on = None
        if open_days and rank >= 3 and rng.random() > ALREADY_THERE:
            arrived_on = open_days[min(len(open_days) - 1, int(rng.random() * len(open_days)))]
        left_on = _left_on(arrived_on or (open_days[0] if open_days else today), rank, today, rng)
        people.append(
            Character(
                first_name=first_name,
                initial=initial,
                number=number,
                pictogram=SIGNS[(rank * 5) % len(SIGNS)] if rank in (3, 17) else Pictogram.NONE,
                gender=gender if rng.random() < SAY_THEIR_AGE else Gender.NON_DIT,
                age_band=_age(portrait, rng) if rng.random() < SAY_THEIR_AGE else AgeBand.NON_DIT,
                arrived_on=arrived_on,
                left_on=left_on,
                rhythm=rhythm,
                weekdays=frozenset(rng.sample(range(1, 8), 4)),
                memberships=_memberships(portrait, rhythm, arrived_on, left_on, today, rng),
            )
        )
    return people


def _first_name(rng: Random) -> tuple[Gender, str]:
    if rng.random() < 0.47:
        return Gender.FEMME, rng.choice(WOMEN)
    return Gender.HOMME, rng.choice(MEN)


def _rhythm(place: float) -> float:
    """Return the chance to come on an open day, for someone at ``place`` (0 to 1) of the roll."""
    reached = 0.0
    for share, chance in RHYTHMS:
        reached += share
        if place < reached:
            return chance
    return RHYTHMS[-1][1]


def _left_on(here_from: date, rank: int, today: date, rng: Random) -> date | None:
    """Some stop coming: one in six, never the most faithful."""
    if rank < 8 or rng.random() > 0.17:
        return None
    stay = max(45, int((today - here_from).days * rng.uniform(0.3, 0.9)))
    left = here_from + timedelta(days=stay)
    return left if left < today else None


def _age(portrait: Portrait, rng: Random) -> AgeBand:
    bands = [AgeBand.MOINS_25, AgeBand.DE_25_34, AgeBand.DE_35_49, AgeBand.DE_50_64]
    weights = [25, 35, 25, 12, 3] if portrait.public_focus == "tsa_tnd" else [4, 12, 34, 38, 12]
    return rng.choices([*bands, AgeBand.PLUS_65], weights)[0]


def _memberships(
    portrait: Portrait,
    rhythm: float,
    arrived_on: date | None,
    left_on: date | None,
    today: date,
    rng: Random,
) -> tuple[Adhesion, ...]:
    """Up to three yearly memberships: those who come often nearly all join, others less."""
    chance = 0.95 if rhythm > 0.2 else 0.85 if rhythm > 0.06 else 0.6
    if rng.random() > chance:
        return ()
    if arrived_on is None:
        first_year = today.year - rng.choice((2, 2, 2, 3, 4, 5, 8))
        first_day = date(first_year, rng.randint(1, 11), rng.randint(1, 28))
    else:
        first_day = arrived_on + timedelta(days=rng.choice((0, 14, 30, 45, 60, 75, 100)))
        first_year = first_day.year
    found = []
    for year in range(max(first_year, today.year - 2), today.year + 1):
        is_first = year == first_year
        day = first_day if is_first else date(year, rng.choice((1, 1, 1, 2, 3)), rng.randint(2, 28))
        gone = left_on is not None and day > left_on
        if day > today or gone or (not is_first and rng.random() < 0.08):
            continue
        fee = portrait.fee_cents // 2 if is_first and day.month >= 9 else portrait.fee_cents
        found.append(Adhesion(year, day, fee, is_first))
    return tuple(found)
