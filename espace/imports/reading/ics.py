"""Reads an agenda (.ics): titles and times only, on a bounded window and in bounded time.

Events are stripped before they are parsed (`agendalines`), rules are made safe (`agendarules`);
only then does the library expand them, in the zone they were written for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import recurring_ical_events  # type: ignore[import-untyped]  # the library has no types
from icalendar import Calendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from espace.imports.reading import agendalines, marks, text, weeks
from espace.imports.reading.activitytext import title_of
from espace.imports.reading.agendalines import RawEvent
from espace.imports.reading.agendarules import OLDEST, BadRuleError, rule_days
from espace.imports.reading.collect import Collected
from espace.imports.reading.grid import clean
from espace.imports.reading.marks import Sign
from espace.imports.reading.model import Activity, Drawn, Unreadable

MOST_EVENTS = 4_000
MOST_RULES = 200
MOST_DAYS = 3_000
MOST_UNREADABLE = 500
LONGEST_STAY = 31
ALL_DAY = (10 * 60, 6 * 60)
BAD_DATE = "La date de ce rendez-vous n'est pas lisible."
BAD_RULE = "La répétition de ce rendez-vous n'est pas lisible."
TOO_OFTEN = "Ce rendez-vous revient plusieurs fois par jour. Il n'est pas ajouté."
TOO_OLD = "Ce rendez-vous revient depuis avant l'an 2000. Il n'est pas ajouté."
TOO_LONG = "Ce rendez-vous a une ligne beaucoup trop longue. Il n'est pas ajouté."
NEAREST = "Nous gardons les 3 000 rendez-vous les plus proches d'aujourd'hui."
MOST_RDATES = 50
WINDOW = "Nous gardons 13 mois en arrière et 12 mois en avant."
_STAMP = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?")
_TZID = re.compile(r";TZID=\"?([^\";:]+)\"?", re.IGNORECASE)


@dataclass(slots=True)
class _Kept:
    """One event worth parsing: its text, its first day, and the days its rule gives."""

    raw: RawEvent
    day: date
    repeats: bool
    days: list[date] = field(default_factory=list)


def read_agenda(
    data: bytes, today: date, known: Collection[str], time_zone: str, found: Collected
) -> None:
    """Collect the activities of an agenda, in the GEM's own time."""
    zone = ZoneInfo(time_zone)
    reader = _Agenda(today, known, zone, found)
    reader.keep(text.decode(data))
    reader.expand()


class _Agenda:
    """One agenda, from its lines to its days."""

    def __init__(
        self, today: date, known: Collection[str], zone: ZoneInfo, found: Collected
    ) -> None:
        self.today, self.known, self.zone, self.found = today, known, zone, found
        self.low, self.high = weeks.window(today)
        self.group = found.open_group("", "Agenda")
        self.kept: list[_Kept] = []
        self.private = self.cancelled = self.unnamed = self.unread = 0

    def keep(self, written: str) -> None:
        """Sort out the events by their first day, before any parsing."""
        for raw in agendalines.events(written):
            self.found.rows_read += 1
            for said in sorted(raw.dropped):
                self.found.drop(said)
            if raw.value("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
                self.private += 1
            elif raw.too_long or raw.value("RDATE").count(",") >= MOST_RDATES:
                self._leave(raw, TOO_LONG)
            elif (day := _first_day(raw)) is None:
                self._leave(raw, BAD_DATE)
            else:
                repeats = bool(raw.value("RRULE") or raw.value("RDATE"))
                if repeats and day.year < OLDEST:
                    self._leave(raw, TOO_OLD)
                elif self._may_count(raw, day, repeats):
                    self.kept.append(_Kept(raw, day, repeats))
        self.found.note(WINDOW)
        self.kept = _nearest(self.kept, self.today)
        rules = [one for one in self.kept if one.repeats]
        self.kept = rules[:MOST_RULES] + [one for one in self.kept if not one.repeats]
        if len(rules) > MOST_RULES:
            self.found.note(
                f"Cet agenda a {len(rules)} répétitions. "
                f"Nous en gardons {MOST_RULES}, les plus proches d'aujourd'hui."
            )
        if len(self.kept) > MOST_EVENTS:
            self.found.note(
                f"Cet agenda est très grand. Nous gardons les {MOST_EVENTS} rendez-vous "
                "les plus proches d'aujourd'hui."
            )
            self.kept = self.kept[:MOST_EVENTS]

    def _may_count(self, raw: RawEvent, day: date, repeats: bool) -> bool:
        if day > self.high and not raw.value("RECURRENCE-ID"):
            return False
        if repeats or raw.value("RECURRENCE-ID"):
            return True
        return day >= self.low - timedelta(days=LONGEST_STAY)

    def expand(self) -> None:
        """Write each day of each event that is left, the nearest to today when there are many."""
        self._follow_rules()
        calendar = Calendar()
        for one in sorted(self.kept, key=lambda one: one.raw.line):
            event = self._parsed(one)
            if event is not None:
                calendar.add_component(event)
        drawn = [day for event in self._occurrences(calendar) for day in self._days(event)]
        drawn.sort(key=lambda d: (abs(((d.day or self.today) - self.today).days), str(d.day)))
        if len(drawn) > MOST_DAYS:
            self.found.note(NEAREST)
        kept = drawn[:MOST_DAYS]
        self.found.drawn += sorted(kept, key=lambda d: (str(d.day), d.activity.start))
        self._tell()

    def _follow_rules(self) -> None:
        """Give each event that comes back its days, within what can be expanded in time."""
        places: list[tuple[int, int, date]] = []
        for place, one in enumerate(self.kept):
            if not one.raw.value("RRULE"):
                continue
            try:
                start = _moment(one.raw, "DTSTART", self.zone)
                days = rule_days(one.raw.value("RRULE"), start, self.low, self.high)
            except BadRuleError as bad:
                self._leave(one.raw, TOO_OFTEN if bad.often else BAD_RULE)
                one.raw.lines.clear()
            except ValueError:
                self._leave(one.raw, BAD_DATE)
                one.raw.lines.clear()
            else:
                places += [(abs((day - self.today).days), place, day) for day in days]
        self.kept, before = [one for one in self.kept if one.raw.lines], self.kept
        if len(places) > MOST_DAYS:
            self.found.note(NEAREST)
        for _, place, day in sorted(places)[:MOST_DAYS]:
            before[place].days.append(day)

    def _tell(self) -> None:
        for count, one, many in (
            (self.private, "rendez-vous privé", "rendez-vous privés"),
            (self.cancelled, "rendez-vous annulé", "rendez-vous annulés"),
            (
                self.unnamed,
                "rendez-vous qui ne dit qu'un nom",
                "rendez-vous qui ne disent qu'un nom",
            ),
        ):
            if count:
                self.found.drop(f"{count} {one if count == 1 else many}")
        if self.unread > MOST_UNREADABLE:
            self.found.note(f"{self.unread} rendez-vous ne sont pas lisibles.")

    def _leave(self, raw: RawEvent, reason: str) -> None:
        self.unread += 1
        if self.unread <= MOST_UNREADABLE:
            self.found.unreadable.append(Unreadable("", raw.line, reason))

    def _parsed(self, one: _Kept) -> Any | None:
        """Return the event as the library wants it; None, and a reason, when it can't be read."""
        raw = one.raw
        try:
            start = _moment(raw, "DTSTART", self.zone)
            lines = [_line(n, p, v) for n, p, v in raw.lines if n not in ("RRULE", "CLASS")]
            lines += _as_dates(raw, start, one.days)
            if not raw.value("UID"):
                lines.append(f"UID:line-{raw.line}")
            body = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])
            whole = f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n"
            event = Calendar.from_ical(whole).walk("VEVENT")[0]
            if event.errors or not _is_moment(event.get("DTSTART")):
                raise ValueError("unreadable")
        except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError):
            self._leave(raw, BAD_DATE)
        else:
            return event
        return None

    def _occurrences(self, calendar: Calendar) -> Iterator[Any]:
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        start = datetime.combine(self.low, time.min, self.zone)
        end = datetime.combine(self.high + timedelta(days=1), time.min, self.zone)
        yield from query.between(start, end)

    def _days(self, event: Any) -> list[Drawn]:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            self.cancelled += 1
            return []
        days = self._span(event)
        said = clean(str(event.get("SUMMARY", "")))
        if marks.sign_of(said) is Sign.CLOSED:
            self.found.closed += [(day, self.group) for day, _, _, _ in days]
            return []
        title, _ = title_of(said, self.known)
        if not title:
            self.unnamed += 1
            return []
        return [
            Drawn(Activity(title, start, minutes, guessed), day.weekday(), day, self.group)
            for day, start, minutes, guessed in days
        ]

    def _span(self, event: Any) -> list[tuple[date, int, int, bool]]:
        """Days of one occurrence: (day, start, minutes, guessed); several when it lasts."""
        start, end = event.start, event.end
        if not isinstance(start, datetime):
            last = max(start, (end - timedelta(days=1)) if isinstance(end, date) else start)
            return self._whole_days(start, last)
        minutes = max(0, int(_elapsed(start, end).total_seconds()) // 60)
        start, end = self._local(start), self._local(end)
        if minutes > 24 * 60:
            last = end.date() if end.time() > time.min else end.date() - timedelta(days=1)
            return self._whole_days(start.date(), last)
        if not self.low <= start.date() <= self.high:
            return []
        guessed = minutes == 0
        return [(start.date(), start.hour * 60 + start.minute, minutes or 60, guessed)]

    def _whole_days(self, first: date, last: date) -> list[tuple[date, int, int, bool]]:
        last = min(last, first + timedelta(days=LONGEST_STAY))
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [(day, *ALL_DAY, True) for day in days if self.low <= day <= self.high]

    def _local(self, moment: date | datetime) -> datetime:
        """The moment on the GEM's clock, without its zone."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time.min)
        if moment.tzinfo is None:
            return moment
        return moment.astimezone(self.zone).replace(tzinfo=None)


def _elapsed(start: datetime, end: date | datetime) -> timedelta:
    """The time that really passes, also over the nights when clocks change."""
    if not isinstance(end, datetime):
        return timedelta(0)
    if start.tzinfo is None or end.tzinfo is None:
        return end.replace(tzinfo=None) - start.replace(tzinfo=None)
    utc = ZoneInfo("UTC")
    return end.astimezone(utc) - start.astimezone(utc)


def _as_dates(raw: RawEvent, start: date | datetime, days: Sequence[date]) -> list[str]:
    """The days of a rule as explicit dates, at the hour and in the zone of its start."""
    if not days:
        return []
    if not isinstance(start, datetime):
        return ["RDATE;VALUE=DATE:" + ",".join(f"{day:%Y%m%d}" for day in sorted(days))]
    zone = zone_of(raw.parameters("DTSTART"))
    utc = raw.value("DTSTART").endswith("Z")
    hour = f"{start:T%H%M%S}{'Z' if utc else ''}"
    kept = f";TZID={zone}" if zone and not utc else ""
    return [f"RDATE{kept}:" + ",".join(f"{day:%Y%m%d}{hour}" for day in sorted(days))]


def _nearest(kept: Sequence[_Kept], today: date) -> list[_Kept]:
    """Nearest to today first; what comes back is judged by its rule, so it goes before."""
    return sorted(kept, key=lambda o: (not o.repeats, abs((o.day - today).days), o.raw.line))


def _first_day(raw: RawEvent) -> date | None:
    found = _STAMP.match(raw.value("DTSTART"))
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _moment(raw: RawEvent, name: str, zone: ZoneInfo) -> date | datetime:
    """The start as a day, or as a moment in the zone it is written for."""
    found = _STAMP.match(raw.value(name))
    if not found:
        raise ValueError(name)
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None:
        return day
    moment = datetime.combine(day, time(int(found[4]), int(found[5]), int(found[6] or 0)))
    if found[7]:
        return moment.replace(tzinfo=ZoneInfo("UTC"))
    written = zone_of(raw.parameters(name))
    return moment.replace(tzinfo=ZoneInfo(written)) if written else moment


def zone_of(parameters: str) -> str:
    """Return the zone that parameters name, as we know it; empty when unknown: local time."""
    found = _TZID.search(parameters)
    return _known_zone(found[1].strip()) if found else ""


@lru_cache(maxsize=500)
def _known_zone(written: str) -> str:
    known = _zones()
    if written in known:
        return written
    if written in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[written])
    tail = "/".join(written.strip("/").split("/")[-2:])
    return tail if tail in known else ""


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _line(name: str, parameters: str, value: str) -> str:
    """Write a line again with nothing but its zone and its kind of value."""
    if name in ("DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"):
        zone = zone_of(parameters)
        kept = f";TZID={zone}" if zone else ""
        if re.search(r";VALUE=DATE(?![-\w])", parameters, re.IGNORECASE) or re.fullmatch(
            r"\d{8}(?:,\d{8})*", value
        ):
            kept = ";VALUE=DATE"
        elif ";RANGE=THISANDFUTURE" in parameters.upper():
            kept += ";RANGE=THISANDFUTURE"
        return f"{name}{kept}:{value}"
    return f"{name}:{value}"


def _is_moment(value: Any) -> bool:
    return isinstance(getattr(value, "dt", None), date)
