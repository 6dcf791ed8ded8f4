"""Hundreds of lists, grids and agendas drawn at random come back exactly as drawn."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from espace.imports.reading import Kind, Reading, UnreadableFile, read, to_json
from espace.imports.tests.files import SAMPLES
from espace.imports.tests.samples.lists import (
    LAST,
    SECRETS,
    draw_grid,
    draw_list,
    draw_rule,
)
from espace.imports.tests.samples.writers import write_csv, write_ods, write_xlsx

TODAY = date(2026, 11, 25)
FILES = 250
SERIES = 1_000
MUTATED = 1_000


def written(path: Path, random: Random, rows: list) -> Path:
    """The same table in any format."""
    form = random.random()
    if form < 0.6:
        return write_csv(path / "a.csv", rows)
    if form < 0.8:
        return write_ods(path / "a.ods", [("Feuille1", rows)])
    return write_xlsx(path / "a.xlsx", [("Feuille1", rows)])


def members_of(reading: Reading) -> list[tuple[str, tuple[int, ...]]]:
    years: dict[int, list[int]] = {person.index: [] for person in reading.people}
    for one in reading.memberships:
        years[one.person].append(one.year)
    return [(p.label.split(" (")[0], tuple(sorted(years[p.index]))) for p in reading.people]


def holds_no_secret(reading: Reading) -> bool:
    held = json.dumps(to_json(reading), ensure_ascii=False).casefold()
    secrets = [*SECRETS, *(last for last in LAST if len(last) > 5)]
    return not any(secret.casefold() in held for secret in secrets)


def test_lists_of_members_come_back_as_drawn(tmp_path: Path) -> None:
    for seed in range(FILES):
        random = Random(seed)
        drawn = draw_list(random)
        reading = read(written(tmp_path, random, drawn.rows), today=TODAY)
        assert (seed, reading.kind) == (seed, Kind.MEMBERS)
        assert (seed, members_of(reading)) == (seed, drawn.people)
        assert holds_no_secret(reading), seed
        assert reading.unreadable == ()


def test_weekly_grids_come_back_as_drawn(tmp_path: Path) -> None:
    for seed in range(FILES):
        random = Random(seed)
        drawn = draw_grid(random)
        reading = read(written(tmp_path, random, drawn.rows), today=TODAY)
        found = [
            (one.day, one.activity.start, one.activity.minutes, one.activity.title)
            for one in reading.planned
        ]
        assert (seed, reading.kind) == (seed, Kind.PROGRAMME)
        assert (seed, found) == (seed, sorted(drawn.activities))
        held = json.dumps(to_json(reading), ensure_ascii=False)
        assert not any(name in held for name in ("Nadia", "Karim", "Sylvie"))


def test_agendas_have_the_same_days_as_the_library(tmp_path: Path) -> None:
    paris = ZoneInfo("Europe/Paris")
    low, high = TODAY - timedelta(days=396), TODAY + timedelta(days=366)
    for seed in range(0, SERIES, 20):
        events = [an_event(Random(seed + n), seed + n) for n in range(20)]
        path = tmp_path / "a.ics"
        path.write_text("\r\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR", ""]))
        calendar = Calendar.from_ical(path.read_bytes())
        wanted = sorted(
            (local(event.start, paris), str(event["SUMMARY"]))
            for event in recurring_ical_events.of(calendar).between(low, high + timedelta(days=1))
        )
        found = [
            (one.day, one.activity.start, one.activity.title)
            for one in read(path, today=TODAY).planned
        ]
        expected = sorted(
            {(d.date(), d.hour * 60 + d.minute, t) for d, t in wanted if low <= d.date() <= high}
        )
        nearest = sorted(expected, key=lambda one: abs((one[0] - TODAY).days))
        far = abs((nearest[2_900][0] - TODAY).days) if len(nearest) > 2_900 else 10_000
        assert [one for one in sorted(found) if abs((one[0] - TODAY).days) < far] == [
            one for one in expected if abs((one[0] - TODAY).days) < far
        ], seed


def an_event(random: Random, number: int) -> str:
    start = date(2025, 6, 1) + timedelta(days=random.randrange(700))
    hour = random.choice(("090000", "143000", "200000"))
    zone = random.choice((";TZID=Europe/Paris", "", ";TZID=America/Martinique"))
    until = "" if zone else "Z"
    rule = draw_rule(random, start)
    if not zone:
        rule = rule.replace("20270301T120000Z", "20270301T120000")
        until = ""
    gone = start + timedelta(days=7)
    return "\r\n".join(
        (
            "BEGIN:VEVENT",
            f"UID:{number}",
            f"DTSTART{zone}:{start:%Y%m%d}T{hour}{until}",
            f"EXDATE{zone}:{gone:%Y%m%d}T{hour}{until}",
            "DURATION:PT1H",
            f"RRULE:{rule}",
            f"SUMMARY:Atelier numéro {number}",
            "END:VEVENT",
        )
    )


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


def read_or_refuse(path: Path) -> Reading | None:
    try:
        return read(path, today=TODAY)
    except UnreadableFile:
        return None


def test_spoilt_files_never_break_the_reader_nor_leak(tmp_path: Path) -> None:
    sources = [(SAMPLES / "adherents.xlsx"), (SAMPLES / "programme_semaine.ods")]
    table = write_csv(tmp_path / "liste.csv", draw_list(Random(1)).rows).read_bytes()
    grid = write_csv(tmp_path / "grille.csv", draw_grid(Random(1)).rows).read_bytes()
    agenda = "\r\n".join(["BEGIN:VCALENDAR", an_event(Random(1), 1), "END:VCALENDAR"]).encode()
    contents = [*(path.read_bytes() for path in sources), table, grid, agenda, agenda]
    read_well = 0
    for seed in range(MUTATED):
        random = Random(seed)
        data = bytearray(random.choice(contents))
        for _ in range(random.randrange(1, 12)):
            place = random.randrange(len(data))
            if random.random() < 0.5:
                data[place] = random.randrange(256)
            else:
                del data[place : place + random.randrange(1, 40)]
        path = tmp_path / "spoilt"
        path.write_bytes(bytes(data))
        reading = read_or_refuse(path)
        if reading is None:
            continue
        read_well += 1
        held = json.dumps(to_json(reading), ensure_ascii=False)
        assert not any(secret in held for secret in ("bipolaire", "06 11 22", "exemple.test"))
    assert read_well > 200
