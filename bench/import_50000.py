"""50,000 lines of a GEM's own file, from the command line to the sheets, on SQLite.

Run: .venv/bin/python bench/import_50000.py
Writes a visit log as csv and as xlsx (100 people, 500 days), then runs « import_records --commit »
in a process of its own, as a person would. Prints seconds, megabytes at the highest, and what the
same lines cost a second time. The issue's bar: 30 seconds.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, DAYS = 100, 500
FIRST = ("Nadia", "Karim", "Zoé", "Loïc", "Yann", "Rachida", "Hervé", "Élodie", "Farid", "Chloé")
LAST = ("Abadie", "Bénard", "Cordier", "Durand", "Favreau", "Guilloux", "Hamon", "Izard", "Joncour")


def lines() -> list[list[str]]:
    """Return the header and 50,000 visits, in the order of the days."""
    people = [
        (FIRST[n % len(FIRST)] + ("" if n < 50 else "-Marie"), LAST[n // 10 % 5] + LAST[n // 50])
        for n in range(PEOPLE)
    ]
    start = date(2025, 1, 6)
    rows = [["Date", "Heure d'arrivée", "Prénom", "Nom", "Statut"]]
    for n in range(DAYS):
        day = (start + timedelta(days=n)).strftime("%d/%m/%Y")
        rows += [
            [day, f"{9 + i % 8}h", first, last, "adhérent"]
            for i, (first, last) in enumerate(people)
        ]
    return rows


def write_files(folder: Path) -> list[Path]:
    from xlsxwriter import Workbook

    rows = lines()
    text = folder / "passages.csv"
    text.write_text("\r\n".join(";".join(row) for row in rows), encoding="utf-8")
    book = folder / "passages.xlsx"
    with Workbook(str(book), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Passages")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return [text, book]


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(folder: Path, *args: str) -> tuple[float, float, str]:
    """Return (seconds, processor seconds, standard output) of one management command."""
    start, used = time.perf_counter(), processor_seconds()
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *args],
        env={**os.environ, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, processor_seconds() - used, done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        run(folder, "migrate", "--verbosity", "0")
        for number, file in enumerate(write_files(folder)):
            make = (
                "from espace.groups.tests.factories import make_gem; "
                f"make_gem(slug='banc-{number}')"
            )
            run(folder, "shell", "--no-imports", "-c", make)
            for turn in ("first", "again"):
                args = ("import_records", str(file), "--group", f"banc-{number}")
                seconds, processor, out = run(folder, *args, "--json", "--commit")
                answer = json.loads(out)
                size = file.stat().st_size / 1e6
                print(
                    f"{file.suffix[1:]} {size:.1f} MB, {turn}: {seconds:.1f} s "
                    f"({processor:.1f} s of processor), "
                    f"{len(answer['presences'])} presences read, "
                    f"{answer['committed']['presences']} added, "
                    f"{answer['committed']['already_there']} already there"
                )
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"highest memory of one process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
