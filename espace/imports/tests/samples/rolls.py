"""Invents small GEM: people, days, and the many ways of writing them down."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from espace.imports.tests.samples.writers import Cell

Person = tuple[str, str]
Rows = list[list[Cell]]

FIRST = [
    "Élodie", "Loïc", "Lætitia", "Jean-Pierre", "Zoé", "Wassila", "Ulrich", "Amina", "Marie-Ange",
    "Gaëlle", "Hervé", "Chloé", "François", "Yann", "Rachida", "Sylvain", "Nadège", "Bruno",
    "Karim", "Olivier", "Denis", "Xavier", "Noémie", "Maëlys", "Kévin", "Mohamed", "Anne-Laure",
    "Théo",
]  # fmt: skip
LAST = [
    "Vasseur", "Moreau", "Tanguy", "Urvoy", "d'Almeida", "Le Goff", "Kerbrat", "Zéphir", "Cordier",
    "Sánchez", "N'Diaye", "Quéré", "Petit-Jean", "El Idrissi", "Favreau", "Bénard", "Hamon",
    "Rossi", "Joncour", "Ollivier", "Guilloux", "Izard", "Weiss", "Abadie", "Çelik", "Da Silva",
    "Évrard",
]  # fmt: skip
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
PRESENT: list[Cell] = ["x", "X", "1", "P", "p", "oui", "o", "✓", "✔", "v", "•", "+", 1, "x ", "14h",
                       "10:30", "2h30", True, "Présent", "OUI"]  # fmt: skip
ABSENT: list[Cell] = [
    "A",
    "abs",
    "absent",
    "non",
    "n",
    "-",
    0,
    "/",
    "exc",
    "malade",
    "",
    "",
    "",
    "",
]


def label_of(person: Person) -> str:
    """Return the label decision 2 gives."""
    return f"{person[0]} {next(s for s in person[1] if s.isalpha()).upper()}."


@dataclass
class Roll:
    """What really happened: who was there which day."""

    people: list[Person]
    days: list[date]
    present: set[tuple[Person, date]]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Expected (label, ISO date)."""
        return {(label_of(person), day.isoformat()) for person, day in self.present}


def invent(rng: random.Random, months: Sequence[tuple[int, int]], size: int) -> Roll:
    """Return a GEM of `size` people with distinct labels, open on weekdays of these months."""
    people: list[Person] = []
    labels: set[str] = set()
    while len(people) < size:
        person = rng.choice(FIRST), rng.choice(LAST)
        if label_of(person) not in labels:
            labels.add(label_of(person))
            people.append(person)
    days = [
        date(year, month, day)
        for year, month in months
        for day in range(1, monthrange(year, month)[1] + 1)
        if date(year, month, day).weekday() < 6
    ]
    rates = {person: rng.uniform(0.05, 0.7) for person in people}
    present = {(p, d) for p in people for d in days if rng.random() < rates[p]}
    return Roll(people, days, present)


def spellings(person: Person) -> list[str]:
    """Return ways of writing a name that leave no doubt."""
    first, last = person
    return [
        f"{last.upper()} {first}",
        f"{first} {last.upper()}",
        f"{last.upper()}  {first} ",
        f"Mme {first} {last.upper()}",
        f"{last.upper()}, {first}",
    ]


def loose_spellings(person: Person) -> list[str]:
    """Return more ways, that only the rest of the file makes clear."""
    first, last = person
    return [
        *spellings(person),
        f"{first} {last}",
        f"{last} {first}",
        f"{first.lower()} {last.lower()}",
        f"{last.upper()} {first.upper()}",
    ]


def number_heading(day: date) -> Cell:
    """1, 2, 3."""
    return day.day


def text_number_heading(day: date) -> Cell:
    """01, 02, 03 as text."""
    return f"{day.day:02d}"


def real_heading(day: date) -> Cell:
    """A real date."""
    return day


def french_heading(day: date) -> Cell:
    """03/09/2026."""
    return day.strftime("%d/%m/%Y")


def short_heading(day: date) -> Cell:
    """3/9."""
    return f"{day.day}/{day.month}"


def weekday_heading(day: date) -> Cell:
    """lun. 3."""
    return f"{WEEKDAYS[day.weekday()][:3]}. {day.day}"


def letter_heading(day: date) -> Cell:
    """L3."""
    return f"{'LMMJVSD'[day.weekday()]}{day.day}"


def long_heading(day: date) -> Cell:
    """mardi 4 mars."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}"


def iso_heading(day: date) -> Cell:
    """2026-03-02."""
    return day.isoformat()


def serial_heading(day: date) -> Cell:
    """46083."""
    return (day - date(1899, 12, 30)).days


HEADINGS: list[Callable[[date], Cell]] = [
    number_heading, text_number_heading, real_heading, french_heading, short_heading,
    weekday_heading, letter_heading, long_heading, iso_heading, serial_heading,
]  # fmt: skip


def month_title(year: int, month: int, style: int) -> str:
    """Return the month as a title or a sheet's name."""
    name = MONTHS[month - 1]
    return [
        f"{name} {year}", f"{name.capitalize()} {year % 100:02d}",
        f"{name[:4].title()} {year % 100:02d}",
        f"{year}-{month:02d}", f"{name[:4]}-{year % 100:02d}", f"Mois : {name.upper()} {year}",
    ][style]  # fmt: skip


def weeks(days: Sequence[date]) -> list[list[date]]:
    """Return the days cut in weeks."""
    found: dict[date, list[date]] = {}
    for day in days:
        found.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    return list(found.values())
