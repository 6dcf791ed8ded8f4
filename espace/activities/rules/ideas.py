"""What an idea is once it is written: one short sentence; and the secret of a GEM's own box."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

LONGEST_IDEA = 140
MOST_AT_ONCE = 40
"""Ideas copied from paper in one go: a box that was never opened holds about that many."""
MOST_IN_THE_BOX = 500
"""Beyond that nobody reads them: someone is playing with the link."""
DAYS_TO_UNDO = 30
KEPT_IDEAS = timedelta(days=395)
"""Thirteen months: what was not chosen in four seasons may be said again."""
TOKEN_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105  (an alphabet, not a secret)
"""No letter that looks like another: some people type the address of the poster."""
TOKEN_LENGTH = 12
USUAL_START = time(14)

_BULLET = re.compile(r"^\s*(?:[-–—•*·▪☐□]+|\d{1,2}\s*[.)°/-])\s+")
_HIDDEN_SIGNS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day when the place is open, from when, and how many activities it has already."""

    date: date
    starts_at: time
    ends_at: time
    activities: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is proposed."""

    date: date
    starts_at: time


def tidy_idea(text: str) -> str:
    """Return ``text`` on one line, without invisible signs; empty when nothing can be read."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if sign.isspace() else sign for sign in composed)
    visible = (
        sign
        for sign in spaced
        if sign == _JOINER or unicodedata.category(sign) not in _HIDDEN_SIGNS
    )
    line = " ".join("".join(visible).split())
    return line if any(_tells_something(sign) for sign in line) else ""


def _tells_something(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign) == "So"


def ideas_of_lines(text: str) -> list[str]:
    """Return one idea per line, without its dash or its number; empty lines are left out."""
    lines = (tidy_idea(_BULLET.sub("", line)) for line in text.splitlines())
    return [line for line in lines if line]


def is_token(text: str) -> bool:
    """Tell whether ``text`` may be the secret of a box: nothing else is looked for."""
    return len(text) == TOKEN_LENGTH and set(text) <= set(TOKEN_LETTERS)


def title_of(idea: str, longest: int) -> str:
    """Return an idea as the title of an activity, cut between two words when it is too long."""
    if len(idea) <= longest:
        return idea
    whole, space, _rest = idea[:longest].rpartition(" ")
    return (whole if space else idea[: longest - 1]).rstrip(" ,;:–-") + "…"


def proposed_moments(days: Sequence[OpenDay], count: int, today: date) -> list[Moment]:
    """Propose a day and an hour for ``count`` activities, the emptiest days to come first.

    The hour is two in the afternoon when the place is open then, else when it opens. Without any
    open day to come, today is proposed for all: whoever fills the form says better.
    """
    coming = [day for day in days if day.date > today] or [OpenDay(today, USUAL_START, USUAL_START)]
    load = {day.date: day.activities for day in coming}
    moments = []
    for _rank in range(count):
        day = min(coming, key=lambda one: (load[one.date], one.date))
        load[day.date] += 1
        fits = day.starts_at <= USUAL_START < day.ends_at
        moments.append(Moment(day.date, USUAL_START if fits else day.starts_at))
    return moments


def may_be_undone(answered_on: date | None, today: date) -> bool:
    """Tell whether an idea put in the programme may still be taken out: thirty days long."""
    return answered_on is not None and (today - answered_on).days <= DAYS_TO_UNDO


def more_than_the_box_takes(held: int, more: int) -> bool:
    """Tell whether the box would be fuller than anyone reads."""
    return held + more > MOST_IN_THE_BOX
