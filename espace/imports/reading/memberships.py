"""Yearly memberships out of what a list of members says, answers applied: pure, repeatable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from espace.imports.reading.model import (
    Fee,
    Paid,
    Question,
    QuestionKind,
    Reading,
    ReadMembership,
    SheetSummary,
    Source,
)
from espace.imports.reading.owners import NO, YES, owners, people_of

SHOWN = 3


def is_kept(year: int, today: date) -> bool:
    """True for the years whose memberships may still be kept, and for the coming one."""
    return date(year + 2, 1, 31) >= today and year <= today.year + 1


def resolve(reading: Reading, answers: Mapping[str, str]) -> Reading:
    """Return the reading of a list of members computed from its source and `answers`."""
    source = reading.source
    asked = [(q, answers.get(q.id, q.default)) for q in source.questions]
    refused = any(q.kind is QuestionKind.GROUP_TITLE and value == NO for q, value in asked)
    owner = owners(source, asked)
    people, index = people_of(source, owner, {})
    found = {} if refused else _memberships(source, asked, [index[one] for one in owner])
    rows = tuple(found[key] for key in sorted(found))
    return replace(
        reading,
        people=() if refused else people,
        memberships=rows,
        unreadable=source.unreadable,
        questions=source.questions[:SHOWN],
        understood=_summaries(source, owner),
        answers=tuple(sorted(answers.items())),
    )


def _memberships(
    source: Source, asked: Iterable[tuple[Question, str]], place: list[int]
) -> dict[tuple[int, int], ReadMembership]:
    """Memberships by (person, year): those of the fees, then the year someone joined."""
    year, unpaid_count = 0, False
    for question, value in asked:
        if question.kind is QuestionKind.LIST_YEAR:
            year = int(value)
        elif question.kind is QuestionKind.UNPAID:
            unpaid_count = value == YES
    joined: dict[int, tuple[date, bool]] = {}
    for one in source.joined:
        who = place[one.person]
        if who not in joined or one.day < joined[who][0]:
            joined[who] = (one.day, one.first)
    found: dict[tuple[int, int], ReadMembership] = {}
    for fee in source.fees:
        if fee.paid is not Paid.YES and not unpaid_count:
            continue
        made = _of_fee(fee, place[fee.person], fee.year or year, joined, source.today)
        if made is not None:
            before = found.get((made.person, made.year))
            found[made.person, made.year] = made if before is None else _both(before, made)
    for who, (day, first) in joined.items():
        if first and is_kept(day.year, source.today) and (who, day.year) not in found:
            found[who, day.year] = ReadMembership(who, day.year, day, None, True)
    return found


def _of_fee(
    fee: Fee, who: int, year: int, joined: Mapping[int, tuple[date, bool]], today: date
) -> ReadMembership | None:
    if not year or not is_kept(year, today):
        return None
    day, first = joined.get(who, (None, False))
    began = day is not None and day.year == year
    start = date(year, 1, 1)
    if began and day is not None:
        start = day
    elif fee.day is not None and fee.day.year == year:
        start = fee.day
    return ReadMembership(who, year, start, fee.cents, began and first)


def _both(one: ReadMembership, other: ReadMembership) -> ReadMembership:
    """The same person and year written twice: the date and the fee that say most."""
    written = [m.started_on for m in (one, other) if m.started_on != date(m.year, 1, 1)]
    return replace(
        one,
        started_on=min(written, default=one.started_on),
        fee_cents=other.fee_cents if one.fee_cents is None else one.fee_cents,
        is_first=one.is_first or other.is_first,
    )


def _summaries(source: Source, owner: list[int]) -> tuple[SheetSummary, ...]:
    rows = []
    for index, block in enumerate(source.groups):
        fees = [fee for fee in source.fees if fee.group == index]
        people = len({owner[fee.person] for fee in fees})
        paid = len({owner[fee.person] for fee in fees if fee.paid is Paid.YES})
        rows.append(SheetSummary(block.sheet, block.what, None, None, people, paid))
    return tuple(rows)
