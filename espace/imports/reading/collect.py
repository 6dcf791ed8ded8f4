"""What the shape readers bring together before people, questions and answers are settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from espace.imports.reading.model import Category, Drawn, Fee, Group, Joined, Opened, Unreadable
from espace.imports.reading.people import Roster


@dataclass(slots=True)
class Collected:
    """All that was found; `marks` are (slot of the roster, day, group)."""

    roster: Roster = field(default_factory=Roster)
    groups: list[Group] = field(default_factory=list)
    marks: list[tuple[int, date, int]] = field(default_factory=list)
    visits: list[tuple[date, Category, int, int]] = field(default_factory=list)
    head_counts: list[tuple[date, int, int]] = field(default_factory=list)
    closed: list[tuple[date, int]] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    guests: dict[int, Category] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    unreadable: list[Unreadable] = field(default_factory=list)
    dropped: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    guessed_years: dict[int, int] = field(default_factory=dict)
    guessed_months: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    swappable: list[int] = field(default_factory=list)
    rows_read: int = 0

    def open_group(self, sheet: str, what: str) -> int:
        """Return the number of a new group."""
        self.groups.append(Group(sheet, what))
        return len(self.groups) - 1

    def mark(self, slot: int, day: date, group: int) -> None:
        """Note that the person of that slot was there."""
        self.marks.append((slot, day, group))
        self.roster.slots[slot].days.add(day)

    def drop(self, what: str) -> None:
        """Say once that something is not kept."""
        self.dropped[what] = None

    def note(self, what: str) -> None:
        """Say once something worth telling."""
        self.notes[what] = None
