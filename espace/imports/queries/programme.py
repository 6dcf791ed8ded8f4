"""What a programme or an agenda would change."""

from dataclasses import dataclass
from datetime import date, timedelta

from espace.activities.queries.imported import programme_between
from espace.activities.rules.series import weekly_rule
from espace.groups.queries.from_file import GemOfFile
from espace.imports.reading import Opened, Planned, Question, Reading, Unreadable
from espace.imports.rules.programme import Programmed, Sorted, WeekLines, sort_out, weeks_of
from espace.imports.rules.records import ASKED

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ProgrammePreview:
    """What confirming a programme would do, before doing it."""

    reading: Reading
    gem: GemOfFile
    questions: tuple[Question, ...]
    activities: tuple[Planned, ...]
    openings: tuple[Opened, ...]
    already_there: tuple[Planned, ...]
    openings_there: int
    in_finished_months: int
    weeks: tuple[WeekLines, ...]
    weekly: bool
    first_day: date | None
    unreadable: tuple[Unreadable, ...]
    same_names: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when nothing would be added."""
        return not self.activities and not self.openings

    @property
    def not_shown(self) -> int:
        """How many activities the preview leaves out of its list."""
        return max(0, len(self.activities) - MOST_SHOWN)


def sorted_programme(gem: GemOfFile, reading: Reading) -> Sorted:
    """Tell what is new in a file's programme. Four SQL queries at most."""
    days = [one.day for one in reading.planned] + [one.day for one in reading.opened]
    if not days:
        return sort_out((), (), Programmed())
    there = programme_between(gem.id, min(days), max(days) + timedelta(days=6))
    rules = {weekly_rule(weekday): weekday for weekday in range(1, 8)}
    known = Programmed(
        activities=there.activities,
        weekly=tuple(
            (rules[rule], start, title) for rule, start, title in there.weekly if rule in rules
        ),
        opened=there.opened,
        finished=there.finished_months,
    )
    return sort_out(reading.planned, reading.opened, known)


def programme_preview(gem: GemOfFile, reading: Reading) -> ProgrammePreview:
    """Return what adding this programme to the GEM's would do. Four SQL queries at most."""
    found = sorted_programme(gem, reading)
    return ProgrammePreview(
        reading=reading,
        gem=gem,
        questions=reading.questions[:ASKED],
        activities=found.activities,
        openings=found.openings,
        already_there=found.already_there,
        openings_there=found.openings_there,
        in_finished_months=found.in_finished_months,
        weeks=weeks_of(found.activities, found.openings, MOST_SHOWN),
        weekly=any(one.weekly for one in found.activities),
        first_day=min((one.day for one in found.activities), default=None),
        unreadable=reading.unreadable,
    )
