"""Who comes on which day of the fictional life."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from espace.demonstration.rules.people import Character

USUAL_DAY = 10
SEASON: Mapping[int, float] = {1: 0.9, 7: 0.9, 8: 0.75, 12: 0.95, 10: 1.1}


def season(day: date) -> float:
    """Return how busy that month is, 1 being an ordinary one."""
    return SEASON.get(day.month, 1.0)


def who_comes(
    people: Sequence[Character], day: date, member_run: bool, busy: float, rng: Random
) -> list[int]:
    """Return the ranks of those who come on ``day``; a newcomer always comes the first day."""
    found = []
    for rank, person in enumerate(people):
        if not person.is_around(day):
            continue
        taste = 1.25 if day.isoweekday() in person.weekdays else 0.7
        chance = person.rhythm * taste * busy * season(day) * (0.8 if member_run else 1)
        if rng.random() < chance or person.arrived_on == day:
            found.append(rank)
    return found


def sticks(day: date, member_run: bool, busy: float, rng: Random) -> int:
    """Return how many sticks stand on the sheet of that day."""
    expected = USUAL_DAY * busy * season(day) * (0.7 if member_run else 1)
    return max(2, round(rng.gauss(expected, 2.5)))


def who_joins(present: Sequence[int], seats: int | None, rng: Random) -> list[int]:
    """Return who, among those present, takes part in one activity of the day."""
    share = rng.uniform(0.3, 0.65)
    joining = [rank for rank in present if rng.random() < share]
    return joining[:seats] if seats else joining


def visitors(festive: bool, rng: Random) -> dict[str, int]:
    """Return the heads of the day that are not members, by category; zeros are left out."""
    counts = {
        "decouverte": rng.choices((0, 1, 2, 3), (70, 22, 6, 2))[0],
        "benevole": rng.choices((0, 1, 2), (75, 20, 5))[0],
        "invite": rng.choices((0, 1, 2), (88, 8, 4))[0] + (rng.randint(3, 12) if festive else 0),
        "proche": rng.choices((0, 1), (90, 10))[0] + (rng.randint(2, 8) if festive else 0),
    }
    return {category: heads for category, heads in counts.items() if heads}
