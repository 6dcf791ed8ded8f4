"""Activities and openings out of a programme or an agenda, answers applied: pure, repeatable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from espace.imports.reading.dates import fold
from espace.imports.reading.model import (
    Drawn,
    Planned,
    QuestionKind,
    Reading,
    SheetSummary,
    Source,
)
from espace.imports.reading.owners import NO

SHOWN = 3
EVERY_WEEK, ONE_WEEK = "chaque-semaine", "une-semaine"
DAYS_BACK, DAYS_AHEAD = 396, 366


def window(today: date) -> tuple[date, date]:
    """The first and the last day that may be brought in: 13 months back, 12 months ahead."""
    return today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)


def resolve(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """Return the reading of a programme computed from its source and `answers`."""
    source = reading.source
    asked = {q.kind: answers.get(q.id, q.default) for q in source.questions}
    refused = asked.get(QuestionKind.GROUP_TITLE) == NO
    weekly = asked.get(QuestionKind.WEEKLY) == EVERY_WEEK
    first = asked.get(QuestionKind.FIRST_WEEK)
    monday = date.fromisoformat(first) if first else None
    planned = () if refused else _planned(source, monday, weekly)
    busy = {one.day for one in planned}
    closed = () if refused else tuple(sorted({day for day, _ in source.closed} - busy))
    return replace(
        reading,
        planned=planned,
        opened=() if refused else source.opened,
        closed_days=closed,
        unreadable=source.unreadable,
        questions=source.questions[:SHOWN],
        understood=_summaries(source, monday),
        answers=tuple(sorted(answers.items())),
    )


def undated_groups(source: Source) -> list[int]:
    """Groups whose days have no date, in order: each one is a week."""
    return sorted({one.group for one in source.drawn if one.day is None})


def _day(one: Drawn, monday: date | None, steps: Mapping[int, int]) -> date | None:
    if one.day is not None:
        return one.day
    if monday is None:
        return None
    return monday + timedelta(days=one.weekday + 7 * steps[one.group])


def _planned(source: Source, monday: date | None, weekly: bool) -> tuple[Planned, ...]:
    """Every activity with its day, once each, in order."""
    steps = {group: step for step, group in enumerate(undated_groups(source))}
    found: dict[tuple[date, int, str], Planned] = {}
    for one in source.drawn:
        day = _day(one, monday, steps)
        if day is not None:
            key = (day, one.activity.start, fold(one.activity.title))
            found.setdefault(key, Planned(day, one.activity, weekly and one.day is None))
    return tuple(found[key] for key in sorted(found))


def _summaries(source: Source, monday: date | None) -> tuple[SheetSummary, ...]:
    steps = {group: step for step, group in enumerate(undated_groups(source))}
    rows = []
    for index, block in enumerate(source.groups):
        drawn = [one for one in source.drawn if one.group == index]
        days = [day for one in drawn if (day := _day(one, monday, steps)) is not None]
        first, last = min(days, default=None), max(days, default=None)
        rows.append(SheetSummary(block.sheet, block.what, first, last, len(set(days)), len(drawn)))
    return tuple(rows)
