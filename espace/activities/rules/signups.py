"""Places in an activity: who has one, who waits, and until when one may ask."""

from dataclasses import dataclass
from datetime import date

KEPT_DAYS = 30
"""Sign-ups are forgotten this long after the day: they say who meant to come, not who came."""
MOST_ON_A_LIST = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands on a list: a place, or a number on the waiting list (0 with a place)."""

    waiting_number: int
    waited: bool = False

    @property
    def has_place(self) -> bool:
        return self.waiting_number == 0

    @property
    def place_came_free(self) -> bool:
        """True for someone who waited and now has a place."""
        return self.waited and self.has_place


def standing(position: int, seats: int | None, *, waited: bool = False) -> Standing:
    """Return where the person at ``position`` (1 is the first) stands; no ``seats``, no limit."""
    return Standing(max(0, position - seats) if seats is not None else 0, waited)


def seats_left(asked: int, seats: int | None) -> int | None:
    """Return how many places are free, None without a limit."""
    return None if seats is None else max(0, seats - asked)


def has_list(seats: int | None, sign_up: bool) -> bool:
    """Tell whether one signs up: a number of places always makes a list."""
    return sign_up or seats is not None


def is_open(day: date, today: date, *, cancelled: bool) -> bool:
    """Tell whether one may still sign up or take one's place back: until the day is over."""
    return not cancelled and today <= day
