"""Calendars that telephones read (RFC 5545): written by the library, on the GEM's own clock."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar
import segno
from django.utils.safestring import SafeString, mark_safe
from icalendar import vDuration, vRecur

from espace.activities.queries.calendar import Calendar, ComingBack, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
READ_AGAIN = timedelta(hours=4)
YEARS_AHEAD = 3
"""How far the changes of the clocks are written in a file; telephones know them besides."""
_BIRTH = datetime(2020, 1, 1, tzinfo=UTC)


def calendar_file(calendar: Calendar) -> bytes:
    """Return the events, each with its own unchanging id: a moved or cancelled one is replaced."""
    zone = ZoneInfo(calendar.time_zone)
    file = _empty(calendar.name, calendar.time_zone)
    for event in calendar.events:
        file.add_component(_event(event, zone))
    return _whole(file, calendar.time_zone, [event.date for event in calendar.events])


def series_file(series: ComingBack) -> bytes:
    """Return a series as one event with its rule, its days taken away, and its changed days."""
    zone = ZoneInfo(series.time_zone)
    file = _empty(series.name, series.time_zone)
    first = _event(series.first, zone, normal=False)
    at = series.first.starts_at
    rule = vRecur.from_ical(series.rule)
    if series.last_on is not None:
        rule["UNTIL"] = [_moment(series.last_on, at, zone).astimezone(UTC)]
    first.add("rrule", rule)
    removed = [_moment(day, at, zone) for day in series.except_on]
    if removed:
        first.add("exdate", removed)
    file.add_component(first)
    for day, event in series.changed:
        changed = _event(event, zone)
        if day is not None:
            changed["uid"] = series.first.uid
            changed.add("recurrence-id", _moment(day, at, zone))
        file.add_component(changed)
    days = [series.first.date, *(event.date for _day, event in series.changed)]
    return _whole(file, series.time_zone, days)


def qr_drawing(address: str) -> SafeString:
    """Return the QR code of ``address``, black on white in every theme, to stand in a page."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=5, border=3, light="#fff"))  # noqa: S308 (a drawing)


def _empty(name: str, time_zone: str) -> icalendar.Calendar:
    file = icalendar.Calendar()
    file.add("prodid", "-//Programme//FR")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", time_zone)
    file.add("refresh-interval", vDuration(READ_AGAIN), parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", vDuration(READ_AGAIN))
    return file


def _event(event: Event, zone: ZoneInfo, *, normal: bool = True) -> icalendar.Event:
    start = _moment(event.date, event.starts_at, zone)
    # Through the world's clock: an hour that a change of the clocks skips becomes one that exists.
    end = (start.astimezone(UTC) + timedelta(minutes=int(event.hours * 60))).astimezone(zone)
    found = icalendar.Event()
    found.add("uid", event.uid)
    found.add("dtstamp", event.changed_at.astimezone(UTC))
    found.add("last-modified", event.changed_at.astimezone(UTC))
    found.add("sequence", max(int((event.changed_at - _BIRTH).total_seconds()), 0))
    found.add("dtstart", start.astimezone(UTC).astimezone(zone) if normal else start)
    if end.fold and not start.fold:
        # The hour comes twice that night, and a calendar cannot say which one: say how long.
        found.add("duration", end.astimezone(UTC) - start.astimezone(UTC))
    else:
        found.add("dtend", end)
    found.add("summary", event.title)
    if event.place:
        found.add("location", event.place)
    if event.details:
        found.add("description", "\n".join(event.details))
    found.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    # What the group does leaves one's own time free.
    found.add("transp", "TRANSPARENT")
    return found


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)


def _whole(file: icalendar.Calendar, time_zone: str, days: Iterable[date]) -> bytes:
    years = sorted({day.year for day in days})
    if years:
        file.subcomponents.insert(0, _clock(time_zone, years[0], years[-1] + YEARS_AHEAD))
    return bytes(file.to_ical())


@lru_cache(maxsize=256)
def _clock(time_zone: str, first: int, last: int) -> icalendar.Timezone:
    """The changes of the clocks between two years, written once for all."""
    return icalendar.Timezone.from_tzid(
        time_zone, first_date=date(first, 1, 1), last_date=date(last, 1, 1)
    )
