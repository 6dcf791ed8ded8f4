"""Makes a repetition rule (RFC 5545) safe: bounded in time, at most once a day, or refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
OLDEST = 2000
_PARTS_TEXT = """
FREQ INTERVAL COUNT UNTIL WKST BYDAY BYMONTH BYMONTHDAY BYYEARDAY BYWEEKNO BYSETPOS
"""
_PARTS = frozenset(_PARTS_TEXT.split())
_NUMBERS = re.compile(r"^[+-]?\d{1,3}(?:,[+-]?\d{1,3}){0,60}$")
_DAYS = re.compile(
    r"^(?:[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU))(?:,[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)){0,30}$"
)
_UNTIL = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$")


class BadRuleError(ValueError):
    """The rule is not one we follow; ``often`` when it comes back several times a day."""

    def __init__(self, *, often: bool = False) -> None:
        super().__init__("rule")
        self.often = often


def safe_rule(written: str, start: date | datetime, last: date) -> str | None:
    """Return the rule ended at `last` by an UNTIL, never by a count; None when it is over before.

    Raises BadRuleError for a rule of hours, minutes or seconds, or that can't be read.
    """
    parts = _parts(written)
    until = _until(parts.pop("UNTIL", ""), start)
    count = parts.pop("COUNT", "")
    end = _at_end_of(last, start)
    if until is not None and until < end:
        end = until
    if end < _comparable(start):
        return None
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    if count:
        if not count.isdigit() or not 1 <= int(count) <= 100_000:
            raise BadRuleError
        end = min(end, _end_of_count(rule, start, end, int(count)))
    return f"{rule};UNTIL={_written(end, start)}"


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
    kept = {name: value for name, value in parts.items() if name in _PARTS}
    if not 1 <= _whole(kept.get("INTERVAL", "1")) <= 1_000:
        raise BadRuleError
    for name, value in kept.items():
        if name == "BYDAY" and not _DAYS.match(value):
            raise BadRuleError
        if name.startswith("BY") and name != "BYDAY" and not _NUMBERS.match(value):
            raise BadRuleError
    return kept


def _whole(written: str) -> int:
    return int(written) if written.isdigit() and len(written) < 6 else 0


def _comparable(moment: date | datetime) -> datetime:
    """The moment as a naive local one, in its own zone."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time.min)


def _at_end_of(day: date, start: date | datetime) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


def _until(written: str, start: date | datetime) -> datetime | None:
    """The end of a rule as a naive moment in the zone of its start; None when it has none."""
    if not written:
        return None
    found = _UNTIL.match(written)
    if not found:
        raise BadRuleError
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return datetime.combine(day, time(23, 59, 59))
        moment = datetime.combine(day, time(int(found[4]), int(found[5]), int(found[6])))
    except ValueError:
        raise BadRuleError from None
    if not isinstance(start, datetime):
        return datetime.combine(day, time(23, 59, 59))
    if found[7] and start.tzinfo is not None:
        aware = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(start.tzinfo)
        return aware.replace(tzinfo=None)
    return moment


def _end_of_count(rule: str, start: date | datetime, end: datetime, count: int) -> datetime:
    """The moment of the last of `count` times, at most `end`."""
    first = _comparable(start)
    try:
        found = rrulestr(f"{rule};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=first)
    except ValueError:
        raise BadRuleError from None
    last = first
    for number, moment in enumerate(found, 1):
        last = moment
        if number >= count:
            return last
    return end


def _written(end: datetime, start: date | datetime) -> str:
    """The end as an UNTIL of the same kind as the start."""
    if not isinstance(start, datetime):
        return f"{end:%Y%m%d}"
    if start.tzinfo is None:
        return f"{end:%Y%m%dT%H%M%S}"
    aware = end.replace(tzinfo=start.tzinfo).astimezone(ZoneInfo("UTC"))
    return f"{aware + timedelta(0):%Y%m%dT%H%M%SZ}"
