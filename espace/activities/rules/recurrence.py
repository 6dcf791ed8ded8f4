"""Rules of RFC 5545: which ones a GEM may keep, written in one way only, and their days.

The library (python-dateutil) says on which days a rule falls. This module only reads the text of a
rule, refuses what no programme needs and what would never end being computed, and writes it in one
order. A kept rule has neither COUNT nor UNTIL: the end of a series is a day, kept beside its rule.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from espace.activities.rules.moments import LAST_YEAR

LONGEST_RULE = 160
MOST_TIMES = 1000
"""More times than that is a series without an end, or a mistake."""
LONGEST_WAIT = 10
"""Years: a rule whose first day is further is refused."""
MOST_EVERY = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 60, "YEARLY": 10}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)


class Refused(StrEnum):
    """Why a rule cannot be kept."""

    UNREADABLE = "unreadable"
    TOO_OFTEN = "too_often"
    TOO_RARE = "too_rare"
    TOO_MANY = "too_many"
    NEVER = "never"
    NOT_A_PROGRAMME = "not_a_programme"


class RuleError(ValueError):
    """This rule cannot be kept; ``why`` says what is wrong with it."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Every:
    """What a rule says, in numbers: days are (rank or 0, week day 0 to 6)."""

    freq: str
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: str = "MO"

    def text(self) -> str:
        """Return the rule as RFC 5545 writes it, always in the same order."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        for name, numbers in (("BYMONTH", self.months), ("BYMONTHDAY", self.month_days)):
            if numbers:
                parts.append(f"{name}={_joined(numbers)}")
        if self.days:
            written = (f"{rank or ''}{WEEKDAYS[day]}" for rank, day in self.days)
            parts.append(f"BYDAY={','.join(written)}")
        if self.positions:
            parts.append(f"BYSETPOS={_joined(self.positions)}")
        if self.week_start != "MO":
            parts.append(f"WKST={self.week_start}")
        return ";".join(parts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule as somebody's calendar gives it: the rule, and what ended it."""

    every: Every
    times: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A series ready to keep: its rule, its first day, and its last one (None: without an end)."""

    rule: str
    first_on: date
    last_on: date | None


def pattern(
    rule: str,
    first_on: date,
    *,
    last_on: date | None = None,
    times: int | None = None,
    time_zone: str = "Europe/Paris",
    starts_at: time = time(0),
) -> Pattern:
    """Read a rule for a series that begins on ``first_on`` or on its first day after it.

    What the rule leaves unsaid (« every week ») is completed from ``first_on``. COUNT, UNTIL,
    ``times`` and ``last_on`` become one last day. Raises RuleError.
    """
    asked = read_rule(rule, time_zone, starts_at)
    every = completed(asked.every, first_on)
    first = first_day(every, first_on)
    ends = [end for end in (last_on, asked.until) if end is not None]
    for count in (times, asked.times):
        if count is not None:
            ends.append(_day_of_time(every, first, count))
    last = min(ends, default=None)
    if last is not None and last < first:
        raise RuleError(Refused.NEVER)
    return Pattern(every.text(), first, None if last and last.year > LAST_YEAR else last)


def read_rule(text: str, time_zone: str = "Europe/Paris", starts_at: time = time(0)) -> Asked:
    """Read the text of a rule, COUNT and UNTIL apart. Raises RuleError."""
    parts = _parts_of(text)
    times, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    return Asked(
        _every(parts),
        None if times is None else _times(times),
        None if until is None else _until(until, ZoneInfo(time_zone), starts_at),
    )


def completed(every: Every, day: date) -> Every:
    """Say in full what the rule takes from its first day. Raises RuleError."""
    days, month_days, months = every.days, every.month_days, every.months
    if every.freq == "WEEKLY" and not days:
        days = ((0, day.weekday()),)
    elif every.freq in ("MONTHLY", "YEARLY") and not days and not month_days:
        month_days = (day.day,)
        if every.freq == "YEARLY" and not months:
            months = (day.month,)
    full = Every(
        every.freq, every.interval, months, month_days, days, every.positions, every.week_start
    )
    _check(full)
    return full


def first_day(every: Every, day: date) -> date:
    """Return the first day of the rule from ``day`` on; its rhythm counts from there.

    Raises RuleError when it takes more than ten years.
    """
    each = Every(
        every.freq, 1, every.months, every.month_days, every.days, every.positions, every.week_start
    )
    found = next(_days_from(each.text(), day), None)
    if found is None or found.year > day.year + LONGEST_WAIT:
        raise RuleError(Refused.NEVER)
    return found


def days_between(
    rule: str, first_on: date, start: date, end: date, but: Collection[date] = ()
) -> Iterator[date]:
    """Yield the days of a kept rule from ``start`` to ``end``, both included, without ``but``."""
    if end < start or end < first_on:
        return
    found = _library(rule, first_on).replace(until=_midnight(end))
    for moment in found.between(_midnight(start), _midnight(end), inc=True):
        if moment.date() not in but:
            yield moment.date()


def next_day(rule: str, first_on: date, day: date) -> date | None:
    """Return the first day of a kept rule from ``day`` on; None when there is none."""
    found = _library(rule, first_on).after(_midnight(day), inc=True)
    return None if found is None else found.date()


def next_days(rhythm: Pattern, count: int) -> list[date]:
    """Return the first ``count`` days of a series, fewer when it ends before."""
    days = _days_from(rhythm.rule, rhythm.first_on)
    first = islice(days, count)
    return [day for day in first if rhythm.last_on is None or day <= rhythm.last_on]


def _day_of_time(every: Every, first: date, times: int) -> date:
    if not 1 <= times <= MOST_TIMES:
        raise RuleError(Refused.TOO_MANY)
    day = first
    for rank, found in enumerate(_days_from(every.text(), first), start=1):
        day = found
        if rank == times or day.year > LAST_YEAR:
            break
    return day


def _days_from(rule: str, day: date) -> Iterator[date]:
    for moment in _library(rule, day):
        yield moment.date()


def _library(rule: str, first_on: date) -> rrule:
    found = rrulestr(rule, dtstart=_midnight(first_on))
    if not isinstance(found, rrule):
        raise RuleError(Refused.UNREADABLE)
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _parts_of(text: str) -> dict[str, str]:
    tidy = text.strip().upper().removeprefix("RRULE:").strip(";")
    if not tidy or len(tidy) > LONGEST_RULE:
        raise RuleError(Refused.UNREADABLE)
    parts: dict[str, str] = {}
    for part in tidy.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise RuleError(Refused.UNREADABLE)
        parts[name] = value
    return parts


def _every(parts: dict[str, str]) -> Every:
    freq = parts.get("FREQ", "")
    if freq in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise RuleError(Refused.TOO_OFTEN)
    if freq not in MOST_EVERY:
        raise RuleError(Refused.UNREADABLE)
    if not set(parts) <= set(_PARTS):
        raise RuleError(Refused.NOT_A_PROGRAMME)
    interval = _number(parts.get("INTERVAL", "1"))
    if interval < 1:
        raise RuleError(Refused.UNREADABLE)
    if interval > MOST_EVERY[freq]:
        raise RuleError(Refused.TOO_RARE)
    week_start = parts.get("WKST", "MO")
    if week_start not in WEEKDAYS:
        raise RuleError(Refused.UNREADABLE)
    if freq != "WEEKLY" or interval == 1:
        week_start = "MO"
    every = Every(
        freq,
        interval,
        _numbers(parts, "BYMONTH", lambda n: 1 <= n <= 12),
        _numbers(parts, "BYMONTHDAY", lambda n: 1 <= abs(n) <= 31),
        _days(parts.get("BYDAY", "")),
        _numbers(parts, "BYSETPOS", lambda n: n != 0),
        week_start,
    )
    _check(every)
    return every


def _check(every: Every) -> None:
    """Refuse what the RFC forbids, and what never falls: computing it would not end."""
    ranks = [rank for rank, _day in every.days if rank]
    by_month = every.freq in ("MONTHLY", "YEARLY")
    if not by_month and (ranks or every.month_days or every.positions):
        raise RuleError(Refused.NOT_A_PROGRAMME)
    if every.month_days:
        lengths = [_LENGTHS[month - 1] for month in every.months or range(1, 13)]
        if ranks or min(abs(day) for day in every.month_days) > max(lengths):
            raise RuleError(Refused.NEVER)
    most = 52 if every.freq == "YEARLY" and not every.months else 5
    if any(abs(rank) > most for rank in ranks):
        raise RuleError(Refused.NEVER)
    if every.positions:
        if ranks or every.month_days or not every.days:
            raise RuleError(Refused.NOT_A_PROGRAMME)
        if min(abs(position) for position in every.positions) > 4 * len(every.days):
            raise RuleError(Refused.NEVER)


def _numbers(parts: dict[str, str], name: str, right: Callable[[int], bool]) -> tuple[int, ...]:
    if name not in parts:
        return ()
    numbers = {_number(one) for one in parts[name].split(",")}
    if not all(right(number) for number in numbers):
        raise RuleError(Refused.UNREADABLE)
    return tuple(sorted(numbers))


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for one in text.split(",") if text else ():
        day = _DAY.fullmatch(one)
        if day is None or (day[1] and int(day[1]) == 0):
            raise RuleError(Refused.UNREADABLE)
        found.add((int(day[1] or 0), WEEKDAYS.index(day[2])))
    return tuple(sorted(found, key=lambda pair: (pair[0] < 0, pair[0], pair[1])))


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise RuleError(Refused.UNREADABLE)
    return int(text)


def _times(text: str) -> int:
    times = _number(text)
    if not 1 <= times <= MOST_TIMES:
        raise RuleError(Refused.TOO_MANY)
    return times


def _until(text: str, zone: ZoneInfo, starts_at: time) -> date:
    """Return the last day that « UNTIL » allows to something that begins at ``starts_at``."""
    found = _UNTIL.fullmatch(text)
    if found is None:
        raise RuleError(Refused.UNREADABLE)
    try:
        day = datetime.strptime(found[1], "%Y%m%d")
        if not found[2]:
            return day.date()
        moment = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")
    except ValueError as error:
        raise RuleError(Refused.UNREADABLE) from error
    if moment.year > LAST_YEAR:
        return moment.date()
    if found[3]:
        moment = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None)
    late = moment.time() < starts_at
    return moment.date() - timedelta(days=1) if late else moment.date()


def _joined(numbers: Collection[int]) -> str:
    return ",".join(str(number) for number in numbers)
