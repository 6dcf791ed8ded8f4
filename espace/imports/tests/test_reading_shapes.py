"""Random rolls and logs, written as GEM write them, must come back exactly."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from espace.imports.reading import Kind, Reading, apply_answers, from_json, read, to_json
from espace.imports.tests.samples import rolls, writers
from espace.imports.tests.samples.rolls import ABSENT, PRESENT, Person, Roll, Rows
from espace.imports.tests.samples.writers import Cell

TODAY = date(2026, 11, 23)
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "latin-1", "mac_roman", "utf-16"]


def pairs(reading: Reading) -> set[tuple[str, str]]:
    return {
        (reading.people[presence.person].label, presence.day.isoformat())
        for presence in reading.presences
    }


def check(path: Path, roll: Roll, kind: Kind = Kind.ATTENDANCE) -> Reading:
    reading = read(path, today=TODAY, gem_name="GEM des Tilleuls")
    assert reading.kind is kind
    got = pairs(reading)
    assert (sorted(roll.pairs - got), sorted(got - roll.pairs)) == ([], [])
    assert from_json(to_json(reading)) == reading
    guesses = {question.id: question.default for question in reading.questions}
    assert apply_answers(reading, guesses) == reading
    return reading


SIMPLE: list[Cell] = ["x", "X", "1", "P", "oui", "x "]


def block(
    rng: random.Random,
    roll: Roll,
    days: list[date],
    heading: Callable[[date], Cell],
    *,
    loose: bool = False,
    extras: bool = True,
    two: int = 0,
    signs: list[Cell] | None = None,
) -> Rows:
    """Names down, days across; `two` = 1 for Prénom | Nom, 2 for Nom | Prénom."""
    heads: list[Cell] = [heading(day) for day in days]
    lead: list[Cell] = [["", "Nom", "Nom Prénom", "NOM"][rng.randrange(3)]]
    if two:
        lead = ["Prénom", "Nom"] if two == 1 else ["NOM", "PRENOM"]
    rows: Rows = [[*lead, *heads, *(["TOTAL"] if extras else [])]]
    if extras and heading is rolls.number_heading:
        rows.append([""] * len(lead) + ["LMMJVSD"[day.weekday()] for day in days])
    people = list(roll.people)
    rng.shuffle(people)
    signs = signs or rng.choice([["x"], PRESENT])
    absent: list[Cell] = [""] if len(signs) == 1 else ABSENT
    for person in people:
        there = [(person, day) in roll.present for day in days]
        names: list[Cell] = [rng.choice(_spell(person, loose))]
        if two:
            shown = [person[0], person[1].upper()]
            names = list(shown if two == 1 else shown[::-1])
        cells = [rng.choice(signs if here else absent) for here in there]
        rows.append([*names, *cells, *([sum(there)] if extras else [])])
    if extras:
        rows.append([])
        counts: list[Cell] = [sum((p, d) in roll.present for p in roll.people) for d in days]
        total = rng.choice(["TOTAL", "Nb présents", "Total jour", "Nombre de personnes"])
        rows.append([total, *([""] * (len(lead) - 1)), *counts])
    return rows


def _spell(person: Person, loose: bool) -> list[str]:
    return rolls.loose_spellings(person) if loose else rolls.spellings(person)


def turn(rows: Rows) -> Rows:
    width = max(map(len, rows))
    return [[row[c] if c < len(row) else "" for row in rows] for c in range(width)]


def in_month(roll: Roll, year: int, month: int) -> list[date]:
    return [day for day in roll.days if (day.year, day.month) == (year, month)]


@pytest.mark.parametrize("seed", range(40))
def test_months_as_sheets(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    months = [(2025, 12), (2026, 1), (2026, 2)][: rng.randint(1, 3)]
    roll = rolls.invent(rng, months, rng.randint(4, 20))
    heading = rolls.HEADINGS[seed % len(rolls.HEADINGS)]
    style = rng.randrange(5)
    titled = rng.random() < 0.7
    two = rng.choice([0, 0, 1, 2])
    sheets = []
    for number, (year, month) in enumerate(months):
        rows = block(rng, roll, in_month(roll, year, month), heading, two=two)
        if titled:
            title = rolls.month_title(year, month, rng.randrange(6))
            rows = [[f"GEM des Tilleuls – présences – {title}"], [], *rows]
        name = f"Feuil{number + 1}" if titled else rolls.month_title(year, month, style)
        sheets.append((name, rows))
    if seed % 3:
        path = writers.write_xlsx(tmp_path / "a.xlsx", sheets)
    else:
        path = writers.write_ods(tmp_path / "a.ods", sheets, typed=seed % 2 == 0)
    check(path, roll)


@pytest.mark.parametrize("seed", range(40))
def test_days_down_names_across(seed: int, tmp_path: Path) -> None:
    rng = random.Random(1000 + seed)
    months = [(2026, 3), (2026, 4)][: rng.randint(1, 2)]
    roll = rolls.invent(rng, months, rng.randint(4, 15))
    heading = rolls.HEADINGS[seed % len(rolls.HEADINGS)]
    sheets = []
    for year, month in months:
        rows = turn(block(rng, roll, in_month(roll, year, month), heading))
        sheets.append((rolls.month_title(year, month, rng.randrange(5)), rows))
    check(writers.write_xlsx(tmp_path / "a.xlsx", sheets), roll)


@pytest.mark.parametrize("seed", range(40))
def test_several_months_on_one_sheet(seed: int, tmp_path: Path) -> None:
    rng = random.Random(2000 + seed)
    months = [(2026, 8), (2026, 9), (2026, 10)]
    roll = rolls.invent(rng, months, rng.randint(4, 12))
    heading = rolls.HEADINGS[seed % len(rolls.HEADINGS)]
    text = seed % 3 == 0
    rows: Rows = [["Registre de présence du GEM"]]
    for year, month in months:
        rows.append([rolls.month_title(year, month, rng.choice([0, 1, 2, 5]))])
        part = block(
            rng, roll, in_month(roll, year, month), heading,
            extras=seed % 4 < 2, signs=SIMPLE if text else None,
        )  # fmt: skip
        rows += turn(part) if seed % 2 else part
        rows.append([])
    if text:
        encoding = ENCODINGS[seed // 3 % len(ENCODINGS)]
        separator = rng.choice([";", "\t", "|"])
        newline = rng.choice(["\r\n", "\n", "\r"])
        path = writers.write_csv(tmp_path / "a.csv", rows, encoding, separator, newline)
    else:
        path = writers.write_xlsx(tmp_path / "a.xlsx", [("Feuil1", rows)])
    check(path, roll)


@pytest.mark.parametrize("seed", range(30))
def test_week_after_week(seed: int, tmp_path: Path) -> None:
    rng = random.Random(3000 + seed)
    months = [(2026, 3), (2026, 4), (2026, 5)]
    roll = rolls.invent(rng, months, rng.randint(4, 10))
    heading = rng.choice([rolls.weekday_heading, rolls.letter_heading, rolls.long_heading,
                          rolls.french_heading, rolls.number_heading])  # fmt: skip
    rows: Rows = []
    for days in rolls.weeks(roll.days):
        first, last = days[0], days[-1]
        start = f"{first.day} {rolls.MONTHS[first.month - 1]}" if seed % 2 else str(first.day)
        if first.month != last.month:
            start = f"{first.day} {rolls.MONTHS[first.month - 1]}"
        end = f"{last.day} {rolls.MONTHS[last.month - 1]} {last.year}"
        rows += [
            [f"Semaine du {start} au {end}"],
            *block(rng, roll, days, heading, extras=False),
            [],
        ]
    check(writers.write_xlsx(tmp_path / "a.xlsx", [("Présences", rows)]), roll)


def french_date(rng: random.Random, day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    month = rolls.MONTHS[day.month - 1]
    return rng.choice(
        [
            day.strftime("%d/%m/%Y"), day.strftime("%d/%m/%y"), f"{number} {month} {day.year}",
            f"{rolls.WEEKDAYS[day.weekday()]} {number} {month} {day.year}", day.isoformat(),
            day.strftime("%d.%m.%Y"), day.strftime("%d-%m-%Y"), f"{day.day}/{day.month}/{day.year}",
            f"{rolls.WEEKDAYS[day.weekday()][:3]}. {day.day} {month[:4]} {day.year}",
        ]
    )  # fmt: skip


def log_lines(
    rng: random.Random, roll: Roll, whole: bool, real: bool
) -> tuple[list[dict[str, Cell]], int]:
    """Lines by role, in the order of days, with duplicates and anonymous visitors."""
    lines: list[dict[str, Cell]] = []
    visitors = 0
    for day in roll.days:
        today = [person for person in roll.people if (person, day) in roll.present]
        for first, last in today:
            shown = rng.choice([first, first.upper(), f" {first} ", first.lower()])
            name = rng.choice(
                [f"{first} {last}", f"{last.upper()} {first}", f"{first} {last.upper()}"]
            )
            line: dict[str, Cell] = {
                "date": day if real else french_date(rng, day),
                "heure": rng.choice(["10h", "14h30", "9:15", "16 h", ""]),
                "prénom": name if whole else shown,
                "nom": last if rng.random() < 0.8 else last.upper(),
                "statut": "adhérent" if rng.random() < 0.9 else "adhérente",
                "activité": rng.choice(["Jeux", "Accueil", "Cuisine", "Sortie marché", ""]),
            }
            lines += [line] * (2 if rng.random() < 0.05 else 1)
        if rng.random() < 0.4:
            visitors += 1
            lines.append({
                "date": day if real else french_date(rng, day), "heure": "15h", "prénom": "",
                "nom": "", "statut": rng.choice(["visiteur", "Découverte", "famille"]),
                "activité": "",
            })  # fmt: skip
        if rng.random() < 0.05:
            lines.append({})
    return lines, visitors


ORDERS = [
    ["date", "heure", "prénom", "nom", "statut", "activité"],
    ["nom", "prénom", "date", "statut"],
    ["heure", "date", "statut", "nom", "prénom", "activité"],
    ["activité", "date", "prénom", "nom", "heure", "statut"],
]


@pytest.mark.parametrize("seed", range(60))
def test_logs(seed: int, tmp_path: Path) -> None:
    rng = random.Random(4000 + seed)
    roll = rolls.invent(rng, [(2026, 3), (2026, 4)], rng.randint(5, 18))
    whole = seed % 4 == 3
    lines, visitors = log_lines(rng, roll, whole, real=seed % 5 == 0)
    order = ORDERS[seed % len(ORDERS)]
    titles = {"date": rng.choice(["Date", "Jour", "Quand ?", "JOUR"]), "heure": "Heure",
              "prénom": "Prénom", "nom": "Nom", "statut": "Statut",
              "activité": "Activité"}  # fmt: skip
    if whole:
        order = [role for role in order if role != "nom"]
        titles["prénom"] = rng.choice(["Qui ?", "Nom prénom", "Personne", "Prénom et nom"])
    rows: Rows = [[line.get(role, "") for role in order] for line in lines]
    if seed % 3:
        rows.insert(0, [titles[role] for role in order])
    if seed % 5 == 0:
        path = writers.write_xlsx(tmp_path / "a.xlsx", [("Feuil1", rows)])
    else:
        separator = rng.choice([";", ",", "\t", "|"])
        path = writers.write_csv(
            tmp_path / "a.csv", rows, ENCODINGS[seed % len(ENCODINGS)], separator,
            rng.choice(["\r\n", "\n"]),
        )  # fmt: skip
    roll.people = [p for p in roll.people if any(q == p for q, _ in roll.present)]
    reading = check(path, roll, Kind.VISITS)
    assert sum(visitor.count for visitor in reading.visitors) == visitors
    assert reading.unreadable == ()
    assert {person.label for person in reading.people} == {rolls.label_of(p) for p in roll.people}
