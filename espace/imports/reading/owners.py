"""Who joins whom, by the answers about persons that may be the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from espace.imports.reading.model import Question, QuestionKind, ReadPerson, Source

YES, NO = "oui", "non"


def owners(source: Source, asked: Iterable[tuple[Question, str]]) -> list[int]:
    """For each person of the source, the one whose label and days they join."""
    owner = list(range(len(source.people)))

    def top(person: int) -> int:
        while owner[person] != person:
            person = owner[person]
        return person

    for question, value in asked:
        if question.kind is not QuestionKind.SAME_PERSON or value == NO:
            continue
        if value == YES:
            pairs = list(zip(question.payload[::2], question.payload[1::2], strict=True))
        else:
            pairs = [(question.payload[0], question.payload[int(value)])]
        for short, full in pairs:
            if top(short) != top(full):
                owner[top(short)] = top(full)
    return [top(person) for person in range(len(owner))]


def people_of(
    source: Source, owner: list[int], guests: Mapping[int, str]
) -> tuple[tuple[ReadPerson, ...], dict[int, int]]:
    """People in order of first appearance, homonyms numbered; source index to final index."""
    seen: Counter[str] = Counter()
    people: list[ReadPerson] = []
    index: dict[int, int] = {}
    for person in owner:
        if person in index or person in guests:
            continue
        label = source.people[person].label
        seen[label] += 1
        shown = label if seen[label] == 1 else f"{label} ({seen[label]})"
        index[person] = len(people)
        people.append(ReadPerson(len(people), shown))
    return tuple(people), index
