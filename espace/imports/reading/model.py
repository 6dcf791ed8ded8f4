"""What the reader hands back: plain, frozen values without any surname.

Everything here may be stored as a draft between two pages, so nothing here may carry a surname
or a piece of a column that is not kept (decisions 1 and 2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a file is about."""

    ATTENDANCE = "attendance"
    VISITS = "visits"
    MEMBERS = "members"
    PROGRAMME = "programme"
    CALENDAR = "calendar"
    BUDGET = "budget"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """People who come without being on the roll (values of the fact model)."""

    DISCOVERY = "decouverte"
    GUEST = "invite"
    VOLUNTEER = "benevole"


class QuestionKind(StrEnum):
    """How an answer acts on the reading; see `questions.resolve`."""

    GROUP_TITLE = "group_title"
    YEAR = "year"
    MONTH = "month"
    DATE_ORDER = "date_order"
    FUTURE = "future"
    SAME_PERSON = "same_person"
    VISITORS = "visitors"
    MONTHS_COMPLETE = "months_complete"
    LIST_YEAR = "list_year"
    UNPAID = "unpaid"
    WEEKLY = "weekly"
    FIRST_WEEK = "first_week"


class Paid(StrEnum):
    """What a list of members says of a fee."""

    YES = "yes"
    NO = "no"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """Someone of the file: first name + initial, homonyms end with a number in brackets."""

    index: int
    label: str


@dataclass(frozen=True, slots=True)
class Presence:
    """The person of that index was there that day. Given once per person and day."""

    person: int
    day: date


@dataclass(frozen=True, slots=True)
class VisitorCount:
    """How many people of a category, off the roll, came that day."""

    day: date
    category: Category
    count: int


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many people came that day, when the file counts with sticks only."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class ReadMembership:
    """The person of that index is a member that year; ``fee_cents`` None when nobody wrote it."""

    person: int
    year: int
    started_on: date
    fee_cents: int | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class Activity:
    """Something of a programme, without anybody's name; minutes are counted from midnight.

    ``guessed`` when the file gives no hour, or no end. ``led_by`` is "adherent", "salarie" or "".
    """

    title: str
    start: int
    minutes: int
    guessed: bool = False
    led_by: str = ""
    seats: int | None = None
    price_cents: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity of one day, or of every week from that day on when ``weekly``."""

    day: date
    activity: Activity
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An opening of one day; minutes are counted from midnight."""

    day: date
    start: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line or a cell left out; `line` counts from 1 as the spreadsheet shows it."""

    sheet: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer; `value` is what `apply_answers` expects."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file does not say; `default` is the guess already applied.

    `payload` holds indexes into `Source` (people, groups), their meaning follows `kind`.
    """

    id: str
    text: str
    choices: tuple[Choice, ...]
    default: str
    kind: QuestionKind
    payload: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """One line of the table "voici ce que nous avons compris"."""

    sheet: str
    what: str
    first_day: date | None
    last_day: date | None
    people: int
    presences: int


@dataclass(frozen=True, slots=True)
class Group:
    """A block of the file read in one go, so that a question can move all its days."""

    sheet: str
    what: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One presence before the answers; `person` indexes `Source.people`."""

    person: int
    day: date
    group: int


@dataclass(frozen=True, slots=True)
class Visit:
    """`count` people off the roll before the answers."""

    day: date
    category: Category
    count: int
    group: int


@dataclass(frozen=True, slots=True)
class SourcePerson:
    """A person before the answers; `guest_as` when the file calls them a visitor."""

    label: str
    guest_as: Category | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """The day a person of the list became a member, as the list says; ``first`` when it is
    the day of their very first membership."""

    person: int
    day: date
    first: bool


@dataclass(frozen=True, slots=True)
class Fee:
    """What the list says of one person's fee; ``year`` 0 is the year of the list, to be asked."""

    person: int
    year: int
    paid: Paid
    cents: int | None
    day: date | None
    group: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An activity of a grid before the answers; ``weekday`` 0 is Monday, ``day`` None: undated."""

    activity: Activity
    weekday: int
    day: date | None
    group: int


@dataclass(frozen=True, slots=True)
class Source:
    """All that the answers need to compute the reading again, and nothing more."""

    people: tuple[SourcePerson, ...] = ()
    groups: tuple[Group, ...] = ()
    marks: tuple[Mark, ...] = ()
    visits: tuple[Visit, ...] = ()
    head_counts: tuple[tuple[date, int, int], ...] = ()
    closed: tuple[tuple[date, int], ...] = ()
    joined: tuple[Joined, ...] = ()
    fees: tuple[Fee, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    opened: tuple[Opened, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    questions: tuple[Question, ...] = ()
    today: date = date.min


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says, once the answers given so far are applied.

    `presences` are unique and sorted by day then person. `finished_months` ("2026-09") are those
    the GEM says, or we believe, to be complete. `questions` are at most three; their guesses are
    already applied. `answers` keeps only those that differ from the guess. `dropped` says in
    French which columns or sheets were not kept; `notes` what else is worth telling.
    """

    kind: Kind
    title_group: str | None = None
    people: tuple[ReadPerson, ...] = ()
    presences: tuple[Presence, ...] = ()
    visitors: tuple[VisitorCount, ...] = ()
    head_counts: tuple[HeadCount, ...] = ()
    closed_days: tuple[date, ...] = ()
    memberships: tuple[ReadMembership, ...] = ()
    planned: tuple[Planned, ...] = ()
    opened: tuple[Opened, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    questions: tuple[Question, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    understood: tuple[SheetSummary, ...] = ()
    finished_months: tuple[str, ...] = ()
    rows_read: int = 0
    answers: tuple[tuple[str, str], ...] = ()
    source: Source = field(default_factory=Source)
