"""Decisions of the binder, in plain Python: what ends soon, what to look at between partners."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=90)
MARKS = (7, 30, 90)
"""Days before an end when it is said again (issue: reminders at 90, 30 and 7 days)."""


class Urgency(StrEnum):
    """How near an end is."""

    OVER = "over"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    LATER = "later"


def urgency(ends_on: date, today: date) -> Urgency:
    """Return how near an end is; the day itself is still before the end."""
    left = (ends_on - today).days
    if left < 0:
        return Urgency.OVER
    for days, found in zip(MARKS, (Urgency.WEEK, Urgency.MONTH, Urgency.QUARTER), strict=True):
        if left <= days:
            return found
    return Urgency.LATER


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends on a day."""

    what: str
    ends_on: date


def ending_soon(ends: Iterable[Ending], today: date) -> list[Ending]:
    """Return what is over or ends within 90 days, the nearest first. Nothing over is dropped."""
    near = [one for one in ends if urgency(one.ends_on, today) != Urgency.LATER]
    return sorted(near, key=lambda one: (one.ends_on, one.what))


class Remark(StrEnum):
    """Something to talk about between partners; the source of each is in the dossier (7.3)."""

    SAME_SPONSOR = "same_sponsor"
    """OB-17: the sponsor can't be the manager, but for a brain-injury GEM."""
    TWO_SPONSORS = "two_sponsors"
    NO_SPONSOR = "no_sponsor"
    """OB-13: a sponsor, with a signed agreement."""
    NO_SPONSOR_AGREEMENT = "no_sponsor_agreement"
    MANAGER_WITHOUT_AGREEMENT = "manager_without_agreement"
    """OB-18: delegation is allowed by agreement."""


@dataclass(frozen=True, slots=True)
class Place:
    """A partner as the rules see it."""

    name: str
    tie: str
    has_agreement: bool


def remarks(
    places: Sequence[Place], *, sponsor: str, manager: str, brain_injury: bool
) -> list[Remark]:
    """Return what to talk about: never a fault, and nothing is refused for it.

    ``sponsor`` and ``manager`` are the names on the GEM's card; empty when unknown.
    """
    sponsors = {_plain(one.name) for one in places if one.tie == "parrain"}
    managers = {_plain(one.name) for one in places if one.tie == "gestionnaire"}
    sponsors |= {_plain(sponsor)} - {""}
    managers |= {_plain(manager)} - {""}
    found = []
    if sponsors & managers and not brain_injury:
        found.append(Remark.SAME_SPONSOR)
    if len(sponsors) > 1:
        found.append(Remark.TWO_SPONSORS)
    if not sponsors:
        found.append(Remark.NO_SPONSOR)
    elif not any(one.has_agreement for one in places if one.tie == "parrain"):
        found.append(Remark.NO_SPONSOR_AGREEMENT)
    if managers and not any(one.has_agreement for one in places if one.tie == "gestionnaire"):
        found.append(Remark.MANAGER_WITHOUT_AGREEMENT)
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
