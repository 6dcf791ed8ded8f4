"""Agendas (.ics): zones, whole days, exceptions, and files made to hurt."""

from datetime import date
from pathlib import Path

import pytest

from espace.imports.reading import Kind, Reading, UnreadableFile, read, read_in_subprocess

TODAY = date(2026, 11, 25)


def see(tmp_path: Path, *events: str, head: str = "") -> Reading:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    path = tmp_path / "a.ics"
    path.write_text(f"BEGIN:VCALENDAR\r\n{head}{body}END:VCALENDAR\r\n")
    return read(path, today=TODAY)


def days(reading: Reading) -> list[tuple[str, int, int]]:
    return [(p.day.isoformat(), p.activity.start, p.activity.minutes) for p in reading.planned]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("DTSTART:20261201T090000Z", ("2026-12-01", 600)),
        ("DTSTART:20260701T090000Z", ("2026-07-01", 660)),
        ("DTSTART:20261201T090000", ("2026-12-01", 540)),
        ("DTSTART;TZID=Europe/Paris:20261201T090000", ("2026-12-01", 540)),
        ("DTSTART;TZID=Romance Standard Time:20261201T090000", ("2026-12-01", 540)),
        ('DTSTART;TZID="/freeassociation.net/Europe/Paris":20261201T090000', ("2026-12-01", 540)),
        ("DTSTART;TZID=America/Martinique:20261201T200000", ("2026-12-02", 60)),
        ("DTSTART;TZID=Chez nous:20261201T090000", ("2026-12-01", 540)),
    ],
)
def test_hours_are_those_of_the_gem(tmp_path: Path, start: str, found: tuple[str, int]) -> None:
    reading = see(tmp_path, f"{start}\r\nDURATION:PT1H\r\nSUMMARY:Gym")
    assert reading.kind is Kind.CALENDAR
    assert days(reading) == [(*found, 60)]


def test_hours_stay_the_same_when_clocks_change(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        "UID:1\r\nDTSTART;TZID=Europe/Paris:20261018T140000\r\nDURATION:PT2H\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Loto",
    )
    assert days(reading) == [
        ("2026-10-18", 840, 120),
        ("2026-10-25", 840, 120),
        ("2026-11-01", 840, 120),
    ]


def test_whole_days_and_stays_are_days_to_check(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        "DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261203\r\nSUMMARY:Séjour à la mer",
    )
    assert days(reading) == [("2026-12-01", 600, 360), ("2026-12-02", 600, 360)]
    assert all(one.activity.guessed for one in reading.planned)


def test_exceptions_moves_and_cancellations_are_followed(tmp_path: Path) -> None:
    base = "UID:1\r\nDTSTART:20261201T140000\r\nDURATION:PT1H\r\n"
    reading = see(
        tmp_path,
        f"{base}RRULE:FREQ=DAILY;COUNT=5\r\nEXDATE:20261203T140000\r\nSUMMARY:Gym",
        "UID:1\r\nRECURRENCE-ID:20261202T140000\r\nDTSTART:20261202T160000\r\nDURATION:PT1H\r\n"
        "SUMMARY:Gym",
        "UID:1\r\nRECURRENCE-ID:20261204T140000\r\nDTSTART:20261204T140000\r\nSTATUS:CANCELLED\r\n"
        "SUMMARY:Gym",
    )
    assert days(reading) == [
        ("2026-12-01", 840, 60),
        ("2026-12-02", 960, 60),
        ("2026-12-05", 840, 60),
    ]
    assert "1 rendez-vous annulé" in reading.dropped


def test_titles_are_decoded_and_lose_names(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        "DTSTART:20261201T090000\r\n"
        "SUMMARY;LANGUAGE=fr:Cuisine\\, puis repas pa\r\n rtagé avec Nadia",
        "DTSTART:20261202T090000\r\nSUMMARY:RDV Dr Kerguelenec",
        "DTSTART:20261203T090000\r\nSUMMARY:Karim Kerguelenec",
    )
    assert [one.activity.title for one in reading.planned] == ["Cuisine, puis repas partagé"]
    assert "2 rendez-vous qui ne disent qu'un nom" in reading.dropped


def test_only_two_years_around_today_are_kept(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        "DTSTART:20240101T090000\r\nSUMMARY:Avant",
        "DTSTART:20290101T090000\r\nSUMMARY:Après",
        "UID:1\r\nDTSTART:20100101T090000\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Galette",
    )
    assert [one.day.isoformat() for one in reading.planned] == ["2026-01-01", "2027-01-01"]
    assert "13 mois en arrière" in " ".join(reading.notes)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "plusieurs fois par jour"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "plusieurs fois par jour"),
        ("FREQ=DAILY;INTERVAL=0", "répétition"),
        ("FREQ=WEEKLY;BYDAY=XX", "répétition"),
        ("FREQ=DAILY;COUNT=0", "répétition"),
        ("FREQ=WEEKLY;UNTIL=hier", "répétition"),
        ("FREQ=YEARLY;BYWEEKNO=20", "répétition"),
    ],
)
def test_a_rule_we_do_not_follow_is_said(tmp_path: Path, rule: str, reason: str) -> None:
    reading = see(tmp_path, f"UID:1\r\nDTSTART:20261201T090000\r\nRRULE:{rule}\r\nSUMMARY:Gym")
    assert reading.planned == ()
    assert reason in reading.unreadable[0].reason


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=9",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
        "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
    ],
)
def test_a_rule_that_never_falls_ends(tmp_path: Path, rule: str) -> None:
    reading = see(tmp_path, f"UID:1\r\nDTSTART:20261201T090000\r\nRRULE:{rule}\r\nSUMMARY:Gym")
    assert len(reading.planned) == 1


def test_thousands_of_endless_rules_stay_within_the_limits(tmp_path: Path) -> None:
    rules = ("FREQ=DAILY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY", "FREQ=WEEKLY")
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20000101T{n % 24:02d}0000\r\nRRULE:{rules[n % 4]}\r\n"
        f"SUMMARY:Atelier numéro {n}\r\nEND:VEVENT\r\n"
        for n in range(3_000)
    )
    path = tmp_path / "a.ics"
    path.write_text(f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n")
    reading = read_in_subprocess(path, today=TODAY)
    assert 2_000 < len(reading.planned) <= 3_000
    assert "Cet agenda a 3000 répétitions" in " ".join(reading.notes)


def test_an_agenda_is_not_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    with pytest.raises(UnreadableFile, match="est un agenda"):
        read(path, kind=Kind.MEMBERS, today=TODAY)
