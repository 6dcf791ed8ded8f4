"""Applies the answers of the person to what was read: pure, repeatable, reversible.

The reading keeps its source (before the answers), so an answer can be changed later and giving
the same answers twice changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from espace.imports.reading import memberships, weeks
from espace.imports.reading.model import (
    Category,
    HeadCount,
    Kind,
    Presence,
    Question,
    QuestionKind,
    Reading,
    SheetSummary,
    Source,
    Unreadable,
    VisitorCount,
)
from espace.imports.reading.owners import NO, YES, owners, people_of

__all__ = ["NO", "SHOWN", "YES", "apply_answers", "resolve"]

Move = Callable[[date], date | None]
SHOWN = 3


def apply_answers(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """Return the reading with these answers over those given before.

    Unknown question ids are ignored (an old page may send them); a value that is not one of the
    choices raises ValueError. Giving the guesses back, or the same answers twice, changes nothing.
    """
    known = {question.id: question for question in reading.source.questions}
    merged = dict(reading.answers)
    for key, value in answers.items():
        question = known.get(key)
        if question is None:
            continue
        if value not in {choice.value for choice in question.choices}:
            raise ValueError(f"not a choice of question {key}")
        merged[key] = value
    kept = {key: value for key, value in merged.items() if value != known[key].default}
    return resolve(reading, kept)


def resolve(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """Return the reading computed from its source, the guesses and `answers`."""
    source = reading.source
    if reading.kind is Kind.MEMBERS:
        return memberships.resolve(reading, answers)
    if reading.kind in (Kind.PROGRAMME, Kind.CALENDAR):
        return weeks.resolve(reading, answers)
    chosen = {q.id: answers.get(q.id, q.default) for q in source.questions}
    asked = [(q, chosen[q.id]) for q in source.questions]
    moves, lost = _moves(source, asked)
    if any(q.kind is QuestionKind.GROUP_TITLE and value == NO for q, value in asked):
        moves = dict.fromkeys(range(len(source.groups)), _nowhere)
        lost = []
    owner = owners(source, asked)
    guests = _guests(source, asked, owner)
    marks = _marks(source, moves, owner)
    people, index = people_of(source, owner, guests)
    named = sorted({(day, index[p]) for p, day, _ in marks if p not in guests})
    return replace(
        reading,
        people=people,
        presences=tuple(Presence(person, day) for day, person in named),
        visitors=_visitors(source, moves, marks, guests),
        head_counts=_head_counts(source, moves),
        closed_days=_closed(source, moves, {day for day, _ in named}),
        unreadable=source.unreadable + tuple(lost),
        questions=source.questions[:SHOWN],
        understood=_summaries(source, moves, marks),
        finished_months=_finished(source, moves, marks, asked),
        answers=tuple(sorted(answers.items())),
    )


def _nowhere(day: date) -> date | None:
    return None


def _moves(
    source: Source, asked: Iterable[tuple[Question, str]]
) -> tuple[dict[int, Move], list[Unreadable]]:
    """How each group's days move; and the lines lost because the new day does not exist."""
    steps: dict[int, list[Move]] = defaultdict(list)
    drop_future = False
    for question, value in asked:
        if question.kind is QuestionKind.FUTURE:
            drop_future = value == NO
        if value == question.default:
            continue
        step = _step(question, value)
        if step is not None:
            for group in question.payload:
                steps[group].append(step)

    def along(chain: list[Move]) -> Move:
        def move(day: date) -> date | None:
            moved: date | None = day
            for step in chain:
                if moved is not None:
                    moved = step(moved)
            if drop_future and moved is not None and moved > source.today:
                return None
            return moved

        return move

    moves = {group: along(steps[group]) for group in range(len(source.groups))}
    lost = {
        (mark.group, mark.day)
        for mark in source.marks
        if steps[mark.group] and along_all(steps[mark.group], mark.day) is None
    }
    reason = "Ce jour n'existe pas avec votre réponse : {}."
    lines = [
        Unreadable(source.groups[group].sheet, 0, reason.format(f"{day.day}/{day.month:02d}"))
        for group, day in sorted(lost)
    ]
    return moves, lines


def along_all(chain: list[Move], day: date) -> date | None:
    """Return the day after every step, None as soon as one has no such day."""
    moved: date | None = day
    for step in chain:
        if moved is None:
            return None
        moved = step(moved)
    return moved


def _step(question: Question, value: str) -> Move | None:
    if question.kind is QuestionKind.YEAR:
        shift = int(value) - int(question.default)
        return lambda day: _day_or_none(day.year + shift, day.month, day.day)
    if question.kind is QuestionKind.MONTH:
        year, month = (int(part) for part in value.split("-"))
        return lambda day: _day_or_none(year, month, day.day)
    if question.kind is QuestionKind.DATE_ORDER:
        return lambda day: _day_or_none(day.year, day.day, day.month)
    return None


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _guests(
    source: Source, asked: Iterable[tuple[Question, str]], owner: list[int]
) -> dict[int, str]:
    """People counted as visitors: index of the source to category."""
    on_roll = {
        person
        for question, value in asked
        if question.kind is QuestionKind.VISITORS and value != question.default
        for person in question.payload
    }
    members = {
        owner[index]
        for index, person in enumerate(source.people)
        if person.guest_as is None or index in on_roll
    }
    return {
        owner[index]: person.guest_as
        for index, person in enumerate(source.people)
        if person.guest_as is not None and owner[index] not in members
    }


def _marks(
    source: Source, moves: Mapping[int, Move], owner: list[int]
) -> list[tuple[int, date, int]]:
    placed = []
    for mark in source.marks:
        day = moves[mark.group](mark.day)
        if day is not None:
            placed.append((owner[mark.person], day, mark.group))
    return placed


def _visitors(
    source: Source,
    moves: Mapping[int, Move],
    marks: Iterable[tuple[int, date, int]],
    guests: Mapping[int, str],
) -> tuple[VisitorCount, ...]:
    counts: Counter[tuple[date, str]] = Counter()
    for visit in source.visits:
        day = moves[visit.group](visit.day)
        if day is not None:
            counts[day, visit.category] += visit.count
    for person, day in {(p, d) for p, d, _ in marks if p in guests}:
        counts[day, guests[person]] += 1
    return tuple(
        VisitorCount(day, Category(category), count)
        for (day, category), count in sorted(counts.items())
    )


def _head_counts(source: Source, moves: Mapping[int, Move]) -> tuple[HeadCount, ...]:
    counts: dict[date, int] = {}
    for day, count, group in source.head_counts:
        moved = moves[group](day)
        if moved is not None:
            counts[moved] = max(count, counts.get(moved, 0))
    return tuple(HeadCount(day, count) for day, count in sorted(counts.items()))


def _closed(source: Source, moves: Mapping[int, Move], busy: set[date]) -> tuple[date, ...]:
    """Days said closed, unless someone was there."""
    days = {moves[group](day) for day, group in source.closed}
    return tuple(sorted(day for day in days if day is not None and day not in busy))


def _summaries(
    source: Source, moves: Mapping[int, Move], marks: Iterable[tuple[int, date, int]]
) -> tuple[SheetSummary, ...]:
    days: dict[int, set[tuple[int, date]]] = defaultdict(set)
    for person, day, group in marks:
        days[group].add((person, day))
    counted: dict[int, list[date]] = defaultdict(list)
    for day, _, group in source.head_counts:
        moved = moves[group](day)
        if moved is not None:
            counted[group].append(moved)
    rows = []
    for index, block in enumerate(source.groups):
        span = [day for _, day in days[index]] + counted[index]
        rows.append(
            SheetSummary(
                sheet=block.sheet,
                what=block.what,
                first_day=min(span, default=None),
                last_day=max(span, default=None),
                people=len({person for person, _ in days[index]}),
                presences=len(days[index]),
            )
        )
    return tuple(rows)


def _finished(
    source: Source,
    moves: Mapping[int, Move],
    marks: Iterable[tuple[int, date, int]],
    asked: Iterable[tuple[Question, str]],
) -> tuple[str, ...]:
    days = {day for _, day, _ in marks}
    days |= {moved for day, _, g in source.head_counts if (moved := moves[g](day)) is not None}
    months = sorted({f"{day.year:04d}-{day.month:02d}" for day in days})
    unfinished = any(q.kind is QuestionKind.MONTHS_COMPLETE and value == NO for q, value in asked)
    return tuple(months[:-1] if unfinished else months)
