"""What a list of members would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from espace.groups.queries.from_file import GemOfFile, OnRoll, roll_for_file, years_of_members
from espace.imports.queries.records import People
from espace.imports.reading import Question, Reading, ReadMembership, Unreadable
from espace.imports.rules.members import YearLine, wanted_memberships, years_of
from espace.imports.rules.records import (
    crowded_labels,
    known_people,
    label_key,
    questions_to_ask,
)


@dataclass(frozen=True, slots=True)
class MembersPreview:
    """What confirming a list of members would do, before doing it.

    ``same_names`` are the labels that the file shares with the roll, whatever the answer was.
    """

    reading: Reading
    gem: GemOfFile
    questions: tuple[Question, ...]
    new_names: tuple[str, ...]
    known_names: tuple[str, ...]
    same_names: tuple[str, ...]
    crowded: tuple[str, ...]
    memberships: tuple[ReadMembership, ...]
    years: tuple[YearLine, ...]
    already_there: int
    unreadable: tuple[Unreadable, ...]

    @property
    def is_empty(self) -> bool:
        """True when nothing would be added."""
        return not self.new_names and not self.memberships


def match_members(reading: Reading, roll: Sequence[OnRoll], same_people: bool) -> People:
    """Tell the people of the list who are on the roll from the others; no SQL query."""
    labels = [(person.index, person.label) for person in reading.people]
    by_key = {label_key(person.label): person.id for person in roll}
    known = known_people(labels, by_key) if same_people else {}
    crowded = crowded_labels(
        [label for index, label in labels if index in known], [person.label for person in roll]
    )
    new = tuple(index for index, _ in labels if index not in known)
    return People(known, new, crowded)


def members_preview(gem: GemOfFile, reading: Reading, same_people: bool) -> MembersPreview:
    """Return what adding this list to the GEM would do. Two SQL queries."""
    roll = roll_for_file(gem.id)
    people = match_members(reading, roll, same_people)
    maybe = match_members(reading, roll, True)
    label = {person.index: person.label for person in reading.people}
    same = tuple(label[index] for index in maybe.known)
    there: dict[UUID, frozenset[int]] = years_of_members(gem.id)
    wanted = wanted_memberships(reading, people.known, there)
    return MembersPreview(
        reading=reading,
        gem=gem,
        questions=questions_to_ask(reading, same),
        new_names=tuple(label[index] for index in people.new),
        known_names=tuple(label[index] for index in people.known),
        same_names=same,
        crowded=people.crowded,
        memberships=wanted,
        years=years_of(wanted),
        already_there=len(reading.memberships) - len(wanted),
        unreadable=reading.unreadable,
    )
