"""Draws lists of members, weekly grids and agendas at random, with what they must give back."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from espace.imports.reading.dates import MONTH_NAMES
from espace.imports.tests.samples.writers import Cell

FIRST = ("Nadia", "Karim", "Élodie", "Jean-Pierre", "Loïc", "Rachida", "Zoé", "Sylvain", "Denis")
LAST = ("Kerguelenec", "Le Goff", "d'Almeida", "N'Diaye", "Petit-Jean", "Zéphir", "Joncour",
        "El Idrissi", "Quéméneur", "Ollivier", "Vasseur", "Abadie", "Urvoy")  # fmt: skip
TITLES = ("Cuisine", "Gym douce", "Jeux de société", "Café discussion", "Piscine", "Couture",
          "Atelier d'écriture", "Loto", "Balade", "Informatique", "Chorale")  # fmt: skip
DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi")
SECRETS = ("06 11 22 33 44", "bipolaire, sous traitement", "12/03/1961", "n@exemple.test")


@dataclass
class DrawnList:
    """A list of members: its rows, and (label, years paid) of each person, in order."""

    rows: list[list[Cell]]
    people: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)


def label(first: str, last: str) -> str:
    return f"{first} {last[0].upper()}."


def draw_list(random: Random) -> DrawnList:
    """Two columns or one, a fee or years as columns, private columns in any place."""
    one_column, years = random.random() < 0.4, random.random() < 0.4
    name = ["NOM Prénom"] if one_column else random.choice((["Nom", "Prénom"], ["Prénom", "Nom"]))
    fees = ["2025", "2026"] if years else ["Cotisation"]
    private = random.sample(["Téléphone", "Date de naissance", "Mail", "Remarques"], 3)
    rows: list[list[Cell]] = [[f"Liste des adhérents {random.choice(('', 'du GEM '))}2026"]]
    rows += [[] for _ in range(random.randrange(3))]
    before = random.random() < 0.3
    rows.append([*(private[:1] if before else []), *name, *private[before:], *fees])
    drawn = DrawnList(rows)
    pairs = [(first, last) for first in FIRST for last in LAST]
    for first, last in random.sample(pairs, random.randrange(3, 25)):
        loud = last.upper() if one_column or random.random() < 0.5 else last
        who: list[Cell] = {
            "NOM Prénom": [f"{loud} {first}"],
            "Nom": [loud, first],
            "Prénom": [first, loud],
        }[name[0]]  # fmt: skip
        paid = [random.random() < 0.6 for _ in fees]
        marks: list[Cell] = [
            random.choice(("x", "oui", "OUI", "10 €", "gratuit", "05/02/2026")) if yes else ""
            for yes in paid
        ]
        secret: list[Cell] = [random.choice(SECRETS) for _ in private]
        rows.append([*(secret[:1] if before else []), *who, *secret[before:], *marks])
        all_years = (2025, 2026) if years else (2026,)
        kept = tuple(year for year, yes in zip(all_years, paid, strict=True) if yes)
        drawn.people.append((label(first, last), kept))
    return drawn


@dataclass
class DrawnGrid:
    """A weekly grid: its rows, and (day, minutes from midnight, length, title)."""

    rows: list[list[Cell]]
    activities: list[tuple[date, int, int, str]] = field(default_factory=list)


def draw_grid(random: Random) -> DrawnGrid:
    """One week, days along a line or a column, hours in cells or at the left."""
    monday = date(2026, 9, 7) + timedelta(weeks=random.randrange(20))
    last = monday + timedelta(days=5)
    title = (
        f"Programme du {monday.day} {MONTH_NAMES[monday.month - 1]} "
        f"au {last.day} {MONTH_NAMES[last.month - 1]} {last.year}"
        if monday.month != last.month
        else f"Semaine du {monday.day} au {last.day} {MONTH_NAMES[last.month - 1]} {last.year}"
    )
    if monday.year != last.year:
        title = title.replace(" au ", f" {monday.year} au ")
    heads = ["", *DAYS[: random.randrange(4, 7)]]
    in_cells = random.random() < 0.6
    lines = [(600, 720), (840, 960)] if not in_cells else [(600, 660), (840, 930)]
    body: list[list[Cell]] = []
    drawn = DrawnGrid([])
    for start, end in lines:
        head = "Matin" if start < 720 else "Après-midi"
        row: list[Cell] = [head if in_cells else f"{say(start)}-{say(end)}"]
        for n in range(len(heads) - 1):
            if random.random() < 0.2:
                row.append("")
                continue
            said = random.choice(TITLES)
            who = random.choice(("", "", " avec Nadia", " (Karim)", " animé par Sylvie P."))
            hours = f"{say(start)}-{say(end)}"
            row.append(
                random.choice((f"{hours} {said}{who}", f"{said}{who} {hours}"))
                if in_cells
                else said + who
            )
            drawn.activities.append((monday + timedelta(days=n), start, end - start, said))
        body.append(row)
    table: list[list[Cell]] = [list(heads), *body]
    if random.random() < 0.5:
        table = [list(column) for column in zip(*table, strict=True)]
    drawn.rows = [[title], *table]
    return drawn


def say(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}h{minute:02d}" if minute else f"{hour}h"


def draw_rule(random: Random, start: date) -> str:
    """A rule that falls on its first day, as agendas write them."""
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[start.weekday()]
    rank = (start.day - 1) // 7 + 1
    every = random.choice(("", ";INTERVAL=2", ";INTERVAL=3"))
    end = random.choice(("", ";COUNT=5", ";COUNT=30", ";UNTIL=20270301T120000Z"))
    shape = random.choice(
        (
            "FREQ=DAILY",
            "FREQ=WEEKLY",
            f"FREQ=WEEKLY;BYDAY={weekday}",
            f"FREQ=WEEKLY;WKST=SU;BYDAY={weekday},SA",
            "FREQ=MONTHLY",
            f"FREQ=MONTHLY;BYDAY={min(rank, 4)}{weekday}" if rank <= 4 else "FREQ=MONTHLY",
            f"FREQ=MONTHLY;BYDAY={weekday};BYSETPOS={rank}",
            f"FREQ=MONTHLY;BYMONTHDAY={start.day},28",
            f"FREQ=MONTHLY;BYDAY={weekday}",
            "FREQ=YEARLY",
            f"FREQ=YEARLY;BYMONTH={start.month};BYDAY={rank}{weekday}",
        )
    )
    return f"{shape}{every}{end}"
