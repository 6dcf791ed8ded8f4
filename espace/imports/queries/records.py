"""Reads of the imports: which batch a person may open, and what a draft would change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from espace.accounts.access import SYSTEM, Actor
from espace.activities.queries.imported import Recorded, recorded_between
from espace.groups.queries.from_file import (
    GemOfFile,
    OnRoll,
    roll_for_file,
    usual_hours,
)
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.permissions import BRINGERS
from espace.imports.reading import Question, Reading, Unreadable, from_json
from espace.imports.rules.records import (
    KNOWN_LABELS,
    NO,
    UNDO_FOR,
    Attended,
    MonthLine,
    attended,
    crowded_labels,
    days_of,
    known_people,
    label_key,
    missing_heads,
    months_of,
    questions_to_ask,
)

SHOWN_BATCHES = 20


@dataclass(frozen=True, slots=True)
class People:
    """The people of a file who came: those of the roll (index to id), and the others."""

    known: dict[int, UUID]
    new: tuple[int, ...]
    crowded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What confirming a draft would do, before doing it. Days and months are dates.

    ``same_names`` are the labels that the file shares with the roll, whatever the answer was.
    """

    reading: Reading
    gem: GemOfFile
    questions: tuple[Question, ...]
    months: tuple[MonthLine, ...]
    new_names: tuple[str, ...]
    known_names: tuple[str, ...]
    same_names: tuple[str, ...]
    crowded: tuple[str, ...]
    presences: int
    already_there: int
    heads: int
    heads_already_there: int
    stick_days: int
    days_without_hours: int
    corrected_months: tuple[date, ...]
    finished_months: tuple[date, ...]
    unreadable: tuple[Unreadable, ...]

    @property
    def by_year(self) -> bool:
        """True when the lines are years, not months."""
        return any(line.whole_year for line in self.months)

    @property
    def has_visitors(self) -> bool:
        """True when some people of the file are not members."""
        return any(line.visitors for line in self.months)

    @property
    def is_empty(self) -> bool:
        """True when the file holds nobody."""
        return not self.months


def batches_visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """Imports of the GEM where the actor may bring files; a draft only for who made it."""
    if actor == SYSTEM:
        return ImportBatch.objects.all()
    gems = {grant.gem_id for grant in actor.grants if grant.role in BRINGERS and grant.gem_id}
    drafts = Q(state__in=(State.READING, State.DRAFT))
    return ImportBatch.objects.filter(gem_id__in=gems).filter(
        ~drafts | Q(made_by_id=actor.account_id, made_by__isnull=False)
    )


def find_batch(actor: Actor, batch_id: UUID) -> ImportBatch | None:
    """Return the import with its GEM, or None when it is not visible. One SQL query."""
    return batches_visible_to(actor).select_related("gem").filter(pk=batch_id).first()


def history(actor: Actor, gem_id: UUID) -> Sequence[ImportBatch]:
    """The last 20 imports of the GEM, newest first, without their drafts. One SQL query."""
    rows = batches_visible_to(actor).filter(gem_id=gem_id).select_related("made_by")
    return list(rows.defer("reading", "answers")[:SHOWN_BATCHES])


def is_undoable(batch: ImportBatch, now: datetime) -> bool:
    """True during the 30 days that follow the import."""
    if batch.state != State.DONE or batch.done_at is None:
        return False
    return now < batch.done_at + UNDO_FOR


def people_of(
    gem: GemOfFile, reading: Reading, what: Attended, roll: Sequence[OnRoll], same_people: bool
) -> People:
    """Tell the people of the file who are on the roll from the others; no SQL query.

    ``same_people`` is the answer to « are they the same persons? »: False matches nobody.
    Only those who came at least once count: an empty line makes nobody.
    """
    came = {person for person, _ in what.presences}
    labels = [(p.index, p.label) for p in reading.people if p.index in came]
    by_key = {label_key(person.label): person.id for person in roll}
    known = known_people(labels, by_key) if same_people else {}
    crowded = crowded_labels(
        [label for index, label in labels if index in known], [person.label for person in roll]
    )
    new = tuple(index for index, _ in labels if index not in known)
    return People(known, new, crowded)


def says_same_people(batch: ImportBatch) -> bool:
    """The answer about the roll; yes until told otherwise."""
    return bool(batch.answers.get(KNOWN_LABELS) != NO)


def draft_reading(batch: ImportBatch) -> Reading | None:
    """Return the reading a draft holds, or None when it is erased or from another version."""
    if batch.reading is None:
        return None
    try:
        return from_json(batch.reading)
    except ValueError:
        return None


def preview_of(gem: GemOfFile, reading: Reading, same_people: bool) -> Preview:
    """Return what adding this reading to the GEM would do. Six SQL queries at most."""
    what = attended(reading, with_names=gem.counts_with_names)
    days = days_of(what)
    there = recorded_between(gem.id, days[0], days[-1]) if days else NOTHING
    roll = roll_for_file(gem.id) if what.presences else []
    people = people_of(gem, reading, what, roll, same_people)
    maybe = people_of(gem, reading, what, roll, True)
    label = {person.index: person.label for person in reading.people}
    same = tuple(label[index] for index in maybe.known)
    kept_sticks = there.stick_days & {day for _, day in what.presences}
    wanted = [(person, day) for person, day in what.presences if day not in kept_sticks]
    already = sum((people.known.get(p), day) in there.presences for p, day in wanted)
    named = Counter(day for _, day in wanted)
    missing = missing_heads(what, there.heads, named)
    opened = usual_hours(gem.id) if days else {}
    months = sorted({day.replace(day=1) for day in days})
    complete = [date.fromisoformat(f"{month}-01") for month in reading.finished_months]
    return Preview(
        reading=reading,
        gem=gem,
        questions=questions_to_ask(reading, same),
        months=months_of(reading),
        new_names=tuple(label[index] for index in people.new),
        known_names=tuple(label[index] for index in people.known),
        same_names=same,
        crowded=people.crowded,
        presences=len(wanted) - already,
        already_there=already,
        heads=missing,
        heads_already_there=sum(what.heads.values()) - missing,
        stick_days=len(kept_sticks),
        days_without_hours=sum(
            day not in there.opened and day.isoweekday() not in opened for day in days
        ),
        corrected_months=tuple(m for m in months if m in there.finished_months),
        finished_months=tuple(m for m in complete if m not in there.finished_months),
        unreadable=reading.unreadable,
    )


NOTHING = Recorded(frozenset(), {}, frozenset(), frozenset(), ())


def given_answers(batch: ImportBatch, reading: Reading) -> dict[str, str]:
    """Return the answers given so far that differ from the guesses, by question."""
    return {**dict(reading.answers), **batch.answers}


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What the page of a finished import tells: counts, places of the lines left out."""

    counts: Mapping[str, int]
    unreadable: tuple[Unreadable, ...]
    dropped: tuple[str, ...]
    undo_until: date | None


def result_page(batch: ImportBatch) -> ResultPage:
    """Return what is kept of a finished import; counts are zero when nothing was added."""
    counts = dict.fromkeys(COUNTS, 0)
    counts.update({name: value for name, value in batch.result.items() if name in counts})
    return ResultPage(
        counts=counts,
        unreadable=tuple(Unreadable(*line) for line in batch.details.get("unreadable", [])),
        dropped=tuple(batch.details.get("dropped", [])),
        undo_until=(batch.done_at + UNDO_FOR).date() if batch.done_at else None,
    )


COUNTS = (
    "presences",
    "already_there",
    "heads",
    "heads_already_there",
    "days_left_with_sticks",
    "slots",
    "people",
    "unreadable",
    "months_corrected",
    "months_finished",
    "memberships",
    "activities",
    "series",
    "openings",
)
