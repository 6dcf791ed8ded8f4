"""What a test asks of a sheet it writes: who, which days, which visitors."""

from datetime import date
from pathlib import Path

from espace.imports.reading import Reading, read
from espace.imports.tests.samples.writers import Cell, write_xlsx

TODAY = date(2026, 11, 23)
Rows = list[list[Cell]]


def see(tmp_path: Path, *sheets: tuple[str, Rows], hidden: tuple[str, ...] = ()) -> Reading:
    return read(write_xlsx(tmp_path / "a.xlsx", sheets, hidden), today=TODAY)


def see_csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> Reading:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    return read(path, today=TODAY)


def days(reading: Reading) -> dict[str, list[str]]:
    """Label to days, everyone of the roll included."""
    found: dict[str, list[str]] = {person.label: [] for person in reading.people}
    for presence in reading.presences:
        found[reading.people[presence.person].label].append(presence.day.isoformat())
    return found


def of(year: int, month: int, *numbers: int) -> list[str]:
    return [date(year, month, number).isoformat() for number in numbers]


def visitors(reading: Reading) -> dict[str, int]:
    counts: dict[str, int] = {}
    for visitor in reading.visitors:
        counts[visitor.category.value] = counts.get(visitor.category.value, 0) + visitor.count
    return counts
