"""What an import would change: decisions on values, without database nor clock."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from espace.imports.reading import Choice, Kind, Question, QuestionKind, Reading

UNDO_FOR = timedelta(days=30)
DRAFT_FOR = timedelta(hours=24)
BACKGROUND_ROWS = 5_000
BACKGROUND_BYTES = 200_000
"""About 5,000 lines of a text file, more of a workbook: beyond, the worker reads the file."""
STALLED_AFTER = timedelta(minutes=3)
ASKED = 3
MEMBER = "adherent"
KNOWN_LABELS = "same_as_roll"
YES, NO = "oui", "non"

_LABEL = re.compile(
    r"^(?P<first>.+?)(?: (?P<initial>[^\s()]{1,2})\.)?(?: \((?P<number>[0-9]{1,4})\))?$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Name:
    """What the roll keeps of a label of the file."""

    first_name: str
    initial: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One line of the preview: a month, or a year when ``whole_year``."""

    start: date
    days: int
    people: int
    presences: int
    visitors: int
    whole_year: bool = False


@dataclass(frozen=True, slots=True)
class Attended:
    """What the file says, ready to be written.

    ``presences`` are (index of the person in the file, day); ``heads`` are (day, category) to a
    count of people without a name.
    """

    presences: tuple[tuple[int, date], ...] = ()
    heads: Mapping[tuple[date, str], int] = field(default_factory=dict)


def name_of(label: str) -> Name:
    """Split « Nadia B. (2) » into first name and initial; the number is given by the roll.

    The first name is cut at 40 signs, as the roll's is.
    """
    found = _LABEL.match(label.strip())
    if found is None:
        return Name("", "")
    return Name(found["first"][:40].strip(), found["initial"] or "")


def label_key(label: str) -> str:
    """Return the form under which two labels are the same: accents kept, case and spaces not."""
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())


def known_people(labels: Iterable[tuple[int, str]], roll: Mapping[str, UUID]) -> dict[int, UUID]:
    """People of the file whose label is that of one person of the roll: index to the roll's id.

    ``roll`` maps label keys to ids. The numbers of homonyms are part of labels, so nobody is
    matched twice. This is a guess to be asked, never applied alone (decisions.md, 2).
    """
    found: dict[int, UUID] = {}
    left = dict(roll)
    for index, label in labels:
        person = left.pop(label_key(label), None)
        if person is not None:
            found[index] = person
    return found


def crowded_labels(labels: Iterable[str], roll_labels: Iterable[str]) -> tuple[str, ...]:
    """Labels that several people of the roll share while the file has fewer of them.

    The file can't say which one came: the person who imports is told who was taken.
    """
    in_file = Counter(_shared(label) for label in labels)
    on_roll = Counter(_shared(label) for label in roll_labels)
    return tuple(sorted(s for s, count in in_file.items() if on_roll[s] > count))


def _shared(label: str) -> str:
    name = name_of(label)
    return f"{name.first_name} {name.initial}." if name.initial else name.first_name


def first_seen(first_day: date, gem_first_day: date | None) -> date | None:
    """Return the first coming of someone whom the file adds to the roll; None is « déjà là ».

    Those of a first import, and those seen before the GEM's first recorded day, were there
    before the GEM began to count: they are not newcomers.
    """
    if gem_first_day is None or first_day < gem_first_day:
        return None
    return first_day


def corrected_first_seen(
    kept: date | None, first_day: date, gem_first_day: date | None
) -> date | None:
    """Return the first coming of someone of the roll, once the file shows them on ``first_day``."""
    if kept is None or first_day >= kept:
        return kept
    return first_seen(first_day, gem_first_day)


def attended(reading: Reading, *, with_names: bool) -> Attended:
    """Return what to write: with sticks, the presences of a day become one count of heads."""
    heads: Counter[tuple[date, str]] = Counter()
    for visit in reading.visitors:
        heads[visit.day, visit.category.value] += visit.count
    counted = {sticks.day: sticks.count for sticks in reading.head_counts}
    presences = tuple((p.person, p.day) for p in reading.presences)
    if not with_names:
        for day, came in Counter(day for _, day in presences).items():
            counted[day] = max(came, counted.get(day, 0))
        presences = ()
    heads.update({(day, MEMBER): count for day, count in counted.items()})
    return Attended(presences, dict(heads))


def rows_to_write(reading: Reading, *, with_names: bool) -> int:
    """How many rows adding this reading may write; 0 when it holds nothing."""
    what = attended(reading, with_names=with_names)
    counted = len(what.presences) + len(what.heads) + len(reading.planned) + len(reading.opened)
    listed = len(reading.people) if reading.kind is Kind.MEMBERS else 0
    return counted + listed + len(reading.memberships)


def months_of(reading: Reading) -> tuple[MonthLine, ...]:
    """One line per month of the file, oldest first; per year beyond 18 months."""
    lines = _lines(reading, lambda day: day.replace(day=1))
    if len(lines) <= 18:
        return lines
    return _lines(reading, lambda day: day.replace(month=1, day=1), whole_year=True)


def _lines(
    reading: Reading, start_of: Callable[[date], date], *, whole_year: bool = False
) -> tuple[MonthLine, ...]:
    days: dict[date, set[date]] = defaultdict(set)
    people: dict[date, set[int]] = defaultdict(set)
    counts: Counter[date] = Counter()
    visitors: Counter[date] = Counter()
    for presence in reading.presences:
        start = start_of(presence.day)
        days[start].add(presence.day)
        people[start].add(presence.person)
        counts[start] += 1
    for sticks in reading.head_counts:
        days[start_of(sticks.day)].add(sticks.day)
        counts[start_of(sticks.day)] += sticks.count
    for visit in reading.visitors:
        days[start_of(visit.day)].add(visit.day)
        visitors[start_of(visit.day)] += visit.count
    return tuple(
        MonthLine(s, len(days[s]), len(people[s]), counts[s], visitors[s], whole_year)
        for s in sorted(days)
    )


def days_of(what: Attended) -> list[date]:
    """Every day on which someone came, once, in order."""
    days = {day for _, day in what.presences}
    days |= {day for (day, _), count in what.heads.items() if count}
    return sorted(days)


def first_days(presences: Iterable[tuple[int, date]]) -> dict[int, date]:
    """The first day of each person of the file."""
    found: dict[int, date] = {}
    for person, day in presences:
        if person not in found or day < found[person]:
            found[person] = day
    return found


def missing_heads(
    what: Attended, already: Mapping[tuple[date, str], int], named: Mapping[date, int]
) -> int:
    """How many heads writing ``what`` would add: a count is completed, never added twice.

    ``already`` counts everyone recorded by (day, category); ``named`` the people of the file by
    day, who are written first.
    """
    total = 0
    for (day, category), count in what.heads.items():
        there = already.get((day, category), 0)
        if category == MEMBER:
            there = max(there, named.get(day, 0))
        total += max(0, count - there)
    return total


def questions_to_ask(reading: Reading, same_labels: Sequence[str]) -> tuple[Question, ...]:
    """Return at most three questions: who is who first, then what the reader could not tell.

    ``same_labels`` are those of the file that the roll holds too; several are to be listed beside
    the question. Every question accepts
    « je ne sais pas », which keeps the guess.
    """
    asked = list(reading.questions)
    if same_labels:
        asked.insert(0, _same_people(same_labels))
    return tuple(asked[:ASKED])


def _same_people(labels: Sequence[str]) -> Question:
    text = (
        f"{labels[0]} du fichier : est-ce {labels[0]} de votre carnet ?"
        if len(labels) == 1
        else f"{len(labels)} prénoms du fichier sont aussi dans votre carnet. "
        "Est-ce que ce sont les mêmes personnes ?"
    )
    choices = (
        Choice(YES, "Oui, les mêmes personnes"),
        Choice(NO, "Non, d'autres personnes"),
    )
    return Question(KNOWN_LABELS, text, choices, YES, QuestionKind.SAME_PERSON)
