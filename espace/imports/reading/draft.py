"""A reading as JSON and back, without loss: the draft kept between two pages."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from espace.imports.reading.model import (
    Activity,
    Category,
    Choice,
    Drawn,
    Fee,
    Group,
    HeadCount,
    Joined,
    Kind,
    Mark,
    Opened,
    Paid,
    Planned,
    Presence,
    Question,
    QuestionKind,
    Reading,
    ReadMembership,
    ReadPerson,
    SheetSummary,
    Source,
    SourcePerson,
    Unreadable,
    Visit,
    VisitorCount,
)

VERSION = 2


def to_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as dicts, lists, text, numbers and None only."""
    source = reading.source
    return {
        "version": VERSION,
        "kind": reading.kind.value,
        "title_group": reading.title_group,
        "people": [[p.index, p.label] for p in reading.people],
        "presences": [[p.person, p.day.isoformat()] for p in reading.presences],
        "visitors": [_flat(v.day, v.category, v.count) for v in reading.visitors],
        "head_counts": [_flat(h.day, h.count) for h in reading.head_counts],
        "closed_days": _flat(*reading.closed_days),
        "memberships": [
            _flat(m.person, m.year, m.started_on, m.fee_cents, m.is_first)
            for m in reading.memberships
        ],
        "planned": [_flat(p.day, p.weekly) + _activity_out(p.activity) for p in reading.planned],
        "opened": [_flat(o.day, o.start, o.minutes) for o in reading.opened],
        "unreadable": [_flat(u.sheet, u.line, u.reason) for u in reading.unreadable],
        "questions": [_question_out(q) for q in reading.questions],
        "dropped": list(reading.dropped),
        "notes": list(reading.notes),
        "understood": [
            _flat(s.sheet, s.what, s.first_day, s.last_day, s.people, s.presences)
            for s in reading.understood
        ],
        "finished_months": list(reading.finished_months),
        "rows_read": reading.rows_read,
        "answers": [list(pair) for pair in reading.answers],
        "source": {
            "people": [_flat(p.label, p.guest_as) for p in source.people],
            "groups": [[g.sheet, g.what] for g in source.groups],
            "marks": [_flat(m.person, m.day, m.group) for m in source.marks],
            "visits": [_flat(v.day, v.category, v.count, v.group) for v in source.visits],
            "head_counts": [_flat(*h) for h in source.head_counts],
            "closed": [_flat(*c) for c in source.closed],
            "joined": [_flat(j.person, j.day, j.first) for j in source.joined],
            "fees": [_flat(f.person, f.year, f.paid, f.cents, f.day, f.group) for f in source.fees],
            "drawn": [
                _flat(d.weekday, d.day, d.group) + _activity_out(d.activity) for d in source.drawn
            ],
            "opened": [_flat(o.day, o.start, o.minutes) for o in source.opened],
            "unreadable": [_flat(u.sheet, u.line, u.reason) for u in source.unreadable],
            "questions": [_question_out(q) for q in source.questions],
            "today": source.today.isoformat(),
        },
    }


def from_json(data: dict[str, Any]) -> Reading:
    """Return the reading that `to_json` wrote; ValueError when another version wrote it."""
    if data.get("version") != VERSION:
        raise ValueError("draft written by another version")
    return Reading(
        kind=Kind(data["kind"]),
        title_group=data["title_group"],
        people=tuple(ReadPerson(i, label) for i, label in data["people"]),
        presences=tuple(Presence(p, date.fromisoformat(d)) for p, d in data["presences"]),
        visitors=tuple(
            VisitorCount(date.fromisoformat(d), Category(c), n) for d, c, n in data["visitors"]
        ),
        head_counts=tuple(HeadCount(date.fromisoformat(d), n) for d, n in data["head_counts"]),
        closed_days=tuple(date.fromisoformat(d) for d in data["closed_days"]),
        memberships=tuple(
            ReadMembership(person, year, date.fromisoformat(day), cents, first)
            for person, year, day, cents, first in data["memberships"]
        ),
        planned=tuple(
            Planned(date.fromisoformat(day), Activity(*said), weekly)
            for day, weekly, *said in data["planned"]
        ),
        opened=_opened_in(data["opened"]),
        unreadable=tuple(Unreadable(*u) for u in data["unreadable"]),
        questions=tuple(_question_in(q) for q in data["questions"]),
        dropped=tuple(data["dropped"]),
        notes=tuple(data["notes"]),
        understood=tuple(
            SheetSummary(sheet, what, _day(first), _day(last), people, presences)
            for sheet, what, first, last, people, presences in data["understood"]
        ),
        finished_months=tuple(data["finished_months"]),
        rows_read=data["rows_read"],
        answers=tuple((key, value) for key, value in data["answers"]),
        source=_source_in(data["source"]),
    )


def _source_in(data: dict[str, Any]) -> Source:
    return Source(
        people=tuple(
            SourcePerson(label, Category(guest) if guest else None)
            for label, guest in data["people"]
        ),
        groups=tuple(Group(*g) for g in data["groups"]),
        marks=tuple(Mark(p, date.fromisoformat(d), g) for p, d, g in data["marks"]),
        visits=tuple(
            Visit(date.fromisoformat(d), Category(c), n, g) for d, c, n, g in data["visits"]
        ),
        head_counts=tuple((date.fromisoformat(d), n, g) for d, n, g in data["head_counts"]),
        closed=tuple((date.fromisoformat(d), g) for d, g in data["closed"]),
        joined=tuple(Joined(p, date.fromisoformat(d), first) for p, d, first in data["joined"]),
        fees=tuple(
            Fee(person, year, Paid(paid), cents, _day(day), group)
            for person, year, paid, cents, day, group in data["fees"]
        ),
        drawn=tuple(
            Drawn(Activity(*said), weekday, _day(day), group)
            for weekday, day, group, *said in data["drawn"]
        ),
        opened=_opened_in(data["opened"]),
        unreadable=tuple(Unreadable(*u) for u in data["unreadable"]),
        questions=tuple(_question_in(q) for q in data["questions"]),
        today=date.fromisoformat(data["today"]),
    )


def _activity_out(said: Activity) -> list[object]:
    return [
        said.title, said.start, said.minutes, said.guessed, said.led_by, said.seats,
        said.price_cents, said.cancelled,
    ]  # fmt: skip


def _opened_in(rows: list[list[Any]]) -> tuple[Opened, ...]:
    return tuple(Opened(date.fromisoformat(day), start, minutes) for day, start, minutes in rows)


def _flat(*values: object) -> list[object]:
    return [_plain(value) for value in values]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _question_out(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "choices": [[c.value, c.label] for c in question.choices],
        "default": question.default,
        "kind": question.kind.value,
        "payload": list(question.payload),
    }


def _question_in(data: dict[str, Any]) -> Question:
    return Question(
        id=data["id"],
        text=data["text"],
        choices=tuple(Choice(*c) for c in data["choices"]),
        default=data["default"],
        kind=QuestionKind(data["kind"]),
        payload=tuple(data["payload"]),
    )
