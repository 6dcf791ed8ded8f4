"""Cuts an agenda (.ics) into events stripped of all that is not kept, before any parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

KEPT = frozenset(
    ("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS",
     "SUMMARY", "CLASS", "SEQUENCE")
)  # fmt: skip
SAID = {
    "ATTENDEE": "Les personnes invitées et les organisateurs",
    "ORGANIZER": "Les personnes invitées et les organisateurs",
    "CONTACT": "Les personnes invitées et les organisateurs",
    "DESCRIPTION": "Les descriptions, avec leurs liens et leurs téléphones",
    "X-ALT-DESC": "Les descriptions, avec leurs liens et leurs téléphones",
    "COMMENT": "Les descriptions, avec leurs liens et leurs téléphones",
    "URL": "Les descriptions, avec leurs liens et leurs téléphones",
    "CONFERENCE": "Les descriptions, avec leurs liens et leurs téléphones",
    "LOCATION": "Les lieux",
    "GEO": "Les lieux",
    "ATTACH": "Les fichiers joints",
}
ALARMS = "Les alarmes"
LONGEST = 20_000
_NAME = re.compile(r"^([A-Za-z0-9-]+)((?:;[^:\";]*(?:\"[^\"]*\"[^:\";]*)*)*):(.*)$", re.DOTALL)


@dataclass(slots=True)
class RawEvent:
    """One event: the place of its first line, and the lines kept as (name, parameters, value)."""

    line: int
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    too_long: bool = False

    def value(self, name: str) -> str:
        """Return the first value of that name, empty when there is none."""
        return next((value for n, _, value in self.lines if n == name), "")

    def parameters(self, name: str) -> str:
        """Return the parameters of the first line of that name."""
        return next((params for n, params, _ in self.lines if n == name), "")


def unfolded(written: str) -> Iterator[tuple[int, str]]:
    """Return the logical lines with their number; a line that begins with a space goes on."""
    current: list[str] = []
    start = 0
    for number, line in enumerate(written.splitlines(), 1):
        if line[:1] in (" ", "\t") and current:
            current.append(line[1:])
            continue
        if current:
            yield start, "".join(current)
        current, start = [line], number
    if current:
        yield start, "".join(current)


def events(written: str) -> Iterator[RawEvent]:
    """Return the events in order, with only the lines that are kept."""
    event: RawEvent | None = None
    inside: list[str] = []
    for number, line in unfolded(written):
        head = line[:40].strip().upper()
        if head.startswith("BEGIN:"):
            name = head[6:]
            if name == "VEVENT":
                event, inside = RawEvent(number), []
            elif event is not None:
                inside.append(name)
                if name == "VALARM":
                    event.dropped.add(ALARMS)
            continue
        if head.startswith("END:"):
            if head[4:] == "VEVENT" and event is not None:
                yield event
                event = None
            elif inside:
                inside.pop()
            continue
        if event is None or inside:
            continue
        _add(event, line)


def _add(event: RawEvent, line: str) -> None:
    name = re.split(r"[:;]", line[:60], maxsplit=1)[0].upper().rpartition(".")[2]
    if name in SAID:
        event.dropped.add(SAID[name])
    if name not in KEPT:
        return
    if len(line) > LONGEST:
        event.too_long = True
        return
    found = _NAME.match(line[line.upper().index(name) :])
    if found:
        event.lines.append((name, found[2], found[3].strip()))
