"""The days of a repetition rule (RFC 5545), computed in bounded time: at most once a day.

A rule made to hurt may never fall, or fall each second. Here each period is looked at once, from
the first day to the end of the window, so that the work never depends on what the rule says.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
OLDEST = 2000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY",
                    "BYSETPOS"))  # fmt: skip
_NUMBERS = re.compile(r"^[+-]?\d{1,3}(?:,[+-]?\d{1,3}){0,60}$")
_DAY = re.compile(r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$")
_UNTIL = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$")


class BadRuleError(ValueError):
    """The rule is not one we follow; ``often`` when it comes back several times a day."""

    def __init__(self, *, often: bool = False) -> None:
        super().__init__("rule")
        self.often = often


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in numbers; `days` are (rank or 0, week day from 0)."""

    freq: str
    interval: int
    months: frozenset[int]
    month_days: frozenset[int]
    days: tuple[tuple[int, int], ...]
    positions: frozenset[int]
    week_start: int


def rule_days(written: str, start: date | datetime, low: date, high: date) -> list[date]:
    """Return the days of the rule between `low` and `high`, both included.

    Raises BadRuleError for a rule of hours, minutes or seconds, that is over before it begins, or
    that can't be read.
    """
    parts = _parts(written)
    until = _until(parts.pop("UNTIL", ""), start)
    count = parts.pop("COUNT", "")
    most = _whole(count) if count else 0
    if count and not most:
        raise BadRuleError
    first = start.date() if isinstance(start, datetime) else start
    if until < first:
        raise BadRuleError
    end = min(until, high)
    found = []
    for number, day in enumerate(_from(_rule(parts, first), first, end), 1):
        if most and number > most:
            break
        if day >= low:
            found.append(day)
    return found


def _from(rule: Rule, first: date, end: date) -> Iterator[date]:
    """Days of the rule from `first` to `end`, period after period."""
    for period in _periods(rule, first, end):
        days = [day for day in period if _fits(rule, day)]
        if rule.positions:
            kept = {p - 1 if p > 0 else len(days) + p for p in rule.positions}
            days = [day for place, day in enumerate(days) if place in kept]
        for day in days:
            if first <= day <= end:
                yield day


def _periods(rule: Rule, first: date, end: date) -> Iterator[list[date]]:
    if rule.freq in ("DAILY", "WEEKLY"):
        back = (first.weekday() - rule.week_start) % 7 if rule.freq == "WEEKLY" else 0
        length = 7 if rule.freq == "WEEKLY" else 1
        day = first - timedelta(days=back)
        while day <= end:
            yield [day + timedelta(days=n) for n in range(length)]
            day += timedelta(days=length * rule.interval)
        return
    step = rule.interval * (12 if rule.freq == "YEARLY" else 1)
    month = first.year * 12 + (first.month - 1 if rule.freq == "MONTHLY" else 0)
    while month <= end.year * 12 + end.month - 1:
        months = range(month, month + (12 if rule.freq == "YEARLY" else 1))
        yield [day for m in months for day in _days_of_month(rule, m // 12, m % 12 + 1)]
        month += step


def _days_of_month(rule: Rule, year: int, month: int) -> list[date]:
    if rule.months and month not in rule.months:
        return []
    return [date(year, month, n) for n in range(1, calendar.monthrange(year, month)[1] + 1)]


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    last = calendar.monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - last - 1} & rule.month_days:
        return False
    if not rule.days:
        return True
    return any(
        weekday == day.weekday() and (not rank or rank in _ranks(rule, day, last))
        for rank, weekday in rule.days
    )


def _ranks(rule: Rule, day: date, last: int) -> tuple[int, int]:
    """The rank of a day among those of its week day, from the start and from the end."""
    if rule.freq == "MONTHLY" or rule.months:
        return (day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1)
    place = day.timetuple().tm_yday
    length = 366 if calendar.isleap(day.year) else 365
    return (place - 1) // 7 + 1, -((length - place) // 7 + 1)


def _rule(parts: dict[str, str], first: date) -> Rule:
    """The rule in numbers, completed from its first day as the RFC says."""
    freq = parts["FREQ"]
    months = _numbers(parts.get("BYMONTH", ""))
    month_days = _numbers(parts.get("BYMONTHDAY", ""))
    days = _days(parts.get("BYDAY", ""), freq)
    positions = _numbers(parts.get("BYSETPOS", ""))
    if positions and freq not in ("MONTHLY", "YEARLY"):
        raise BadRuleError
    if not days and not month_days and freq != "DAILY":
        if freq == "WEEKLY":
            days = ((0, first.weekday()),)
        else:
            month_days = frozenset((first.day,))
            if freq == "YEARLY" and not months:
                months = frozenset((first.month,))
    week_start = parts.get("WKST", "MO")
    if week_start not in WEEKDAYS:
        raise BadRuleError
    return Rule(
        freq,
        _whole(parts.get("INTERVAL", "1")),
        months,
        month_days,
        days,
        positions,
        WEEKDAYS.index(week_start),
    )


def _numbers(written: str) -> frozenset[int]:
    return frozenset(int(number) for number in written.split(",")) if written else frozenset()


def _days(written: str, freq: str) -> tuple[tuple[int, int], ...]:
    days = []
    for one in written.split(",") if written else ():
        found = _DAY.match(one)
        if not found:
            raise BadRuleError
        rank = int(found[1] or 0) if freq in ("MONTHLY", "YEARLY") else 0
        days.append((rank, WEEKDAYS.index(found[2])))
    if len(days) > 40:
        raise BadRuleError
    return tuple(days)


def _parts(written: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in written.upper().replace(" ", "").split(";"):
        if not piece:
            continue
        name, _, value = piece.partition("=")
        parts[name] = value
    if parts.get("FREQ") not in FREQUENCIES:
        raise BadRuleError(often=parts.get("FREQ") in ("HOURLY", "MINUTELY", "SECONDLY"))
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        if "," in parts.pop(name, ""):
            raise BadRuleError(often=True)
    if any(name.startswith("BY") and name not in _PARTS for name in parts):
        raise BadRuleError
    kept = {name: value for name, value in parts.items() if name in _PARTS}
    if not 1 <= _whole(kept.get("INTERVAL", "1")) <= 1_000:
        raise BadRuleError
    for name, value in kept.items():
        if name.startswith("BY") and name != "BYDAY" and not _NUMBERS.match(value):
            raise BadRuleError
    return kept


def _whole(written: str) -> int:
    return int(written) if written.isdigit() and len(written) < 6 else 0


def _until(written: str, start: date | datetime) -> date:
    """The last day of a rule, in the zone of its start."""
    if not written:
        return date.max
    found = _UNTIL.match(written)
    if not found:
        raise BadRuleError
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None or not isinstance(start, datetime):
            return day
        moment = datetime.combine(day, time(int(found[4]), int(found[5]), int(found[6])))
        if found[7] and start.tzinfo is not None:
            aware = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(start.tzinfo)
            moment = aware.replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise BadRuleError from None
    return day_before_hour(moment, start)


def day_before_hour(moment: datetime, start: datetime) -> date:
    """The last day whose hour of start is not after `moment`."""
    if moment.time() >= start.time().replace(tzinfo=None):
        return moment.date()
    return moment.date() - timedelta(days=1) if moment.date() > date.min else moment.date()
