"""Usual opening hours: what makes a week that one can read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

HOUR = re.compile(r"(\d{1,2}) ?(?:h|:|\.)? ?(\d{2})?", re.ASCII)


class HoursProblem(StrEnum):
    """Why an opening cannot be added."""

    ENDS_BEFORE = "ends_before"
    OVERLAPS = "overlaps"


@dataclass(frozen=True)
class Hours:
    """One opening of a week day (1 Monday to 7 Sunday)."""

    weekday: int
    starts_at: time
    ends_at: time


def problem(new: Hours, others: Iterable[Hours]) -> HoursProblem | None:
    """Tell why ``new`` cannot stand beside ``others``; None when it can.

    Two openings of a day may touch (12:00 and 12:00), never overlap: a passage would count twice.
    """
    if new.ends_at <= new.starts_at:
        return HoursProblem.ENDS_BEFORE
    for other in others:
        same_day = other.weekday == new.weekday
        if same_day and new.starts_at < other.ends_at and other.starts_at < new.ends_at:
            return HoursProblem.OVERLAPS
    return None


def weekly_minutes(openings: Iterable[Hours]) -> int:
    """Return how long the place is open in a usual week, in minutes."""
    return sum(
        (each.ends_at.hour - each.starts_at.hour) * 60 + each.ends_at.minute - each.starts_at.minute
        for each in openings
    )


def read_hour(text: str) -> time | None:
    """Return the hour one typed: « 14 », « 14h », « 14 h 30 », « 14:30 »; None when it is none."""
    found = HOUR.fullmatch(" ".join(text.lower().split()))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
