"""What stays of someone's presences once the person is erased: heads, without a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Row:
    """One presence of a person: a day, or an activity of that day."""

    date: date
    activity_id: UUID | None
    category: str
    batch_id: UUID | None
    slot_id: UUID | None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a head is counted. An imported file keeps its own counts, so that it can be undone."""

    date: date
    activity_id: UUID | None
    category: str
    batch_id: UUID | None


def heads_left(rows: Iterable[Row]) -> dict[Head, tuple[int, UUID | None]]:
    """Return how many heads to add, and at which opening, for the presences of one person.

    A person counts once a day whatever they did: a day known by its activities only gets the head
    that its activities stood for.
    """
    left: dict[Head, tuple[int, UUID | None]] = {}
    days: set[date] = set()
    others: dict[date, Row] = {}
    for row in rows:
        # The counts of a file are of days, never of activities.
        batch = row.batch_id if row.activity_id is None else None
        _count(left, Head(row.date, row.activity_id, row.category, batch), row.slot_id)
        if row.activity_id is None:
            days.add(row.date)
        else:
            others[row.date] = row
    for day, row in others.items():
        if day not in days:
            _count(left, Head(day, None, row.category, None), row.slot_id)
    return left


def _count(left: dict[Head, tuple[int, UUID | None]], head: Head, slot_id: UUID | None) -> None:
    count, slot = left.get(head, (0, None))
    left[head] = (count + 1, slot or slot_id)
