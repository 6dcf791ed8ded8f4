"""One GEM and one year: every indicator, a day sheet of twenty, a yearly table, in one run.

Run: .venv/bin/python bench/one_gem.py     (DATABASE_URL=… for PostgreSQL: an empty database)
Makes the demonstration network, takes the GEM with the longest roll. The issue's bars: 30
statements and 150 ms for every figure of a GEM and a year; a day sheet of twenty people at most 3
times the bare insert of its rows on SQLite, 2 times on PostgreSQL; 90 % of the yearly table
filled.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="bench-"))

ROUNDS, SHEET = 20, 20


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.models import Count

    from espace.accounts.access import Actor, Grant
    from espace.groups.models import Gem

    call_command("migrate", verbosity=0)
    call_command("demo_network", stdout=io.StringIO())
    gem = (
        Gem.objects.filter(practice=False, counting="names")
        .annotate(roll=Count("people"))
        .order_by("-roll")[0]
    )
    actor = Actor(None, "Banc", frozenset({Grant("elected", gem.pk)}), gem.pk)
    print(f"{connection.vendor}, {gem.name}")
    figures(connection, actor, gem)
    day_sheet(connection, actor, gem)
    yearly_table(actor, gem)


def middle(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of ``work`` in milliseconds."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def figures(connection: Any, actor: Any, gem: Any) -> None:
    """Every indicator of one GEM over one year, from its facts."""
    from django.test.utils import CaptureQueriesContext

    from espace.indicators.queries import measure, shown_in_gem
    from espace.indicators.rules import year_period

    codes = [one.code for one in shown_in_gem()]
    year = year_period(date.today().year)

    def read() -> None:
        measure(actor, gem.pk, [year], codes)

    with CaptureQueriesContext(connection) as queries:
        read()
    print(f"{len(codes)} indicators of a year: {middle(read):.0f} ms, {len(queries)} statements")


def day_sheet(connection: Any, actor: Any, gem: Any) -> None:
    """A sheet of twenty people by the action that saves it, against the bare insert of its rows."""
    from django.db import transaction

    from espace.activities.actions.sheet import save_sheet
    from espace.activities.models import Attendance
    from espace.activities.rules.sheet import Cell
    from espace.groups.models import Person
    from espace.territories.jobs import refresh_stale

    people = list(Person.objects.filter(gem=gem, hidden=False).values_list("pk", flat=True)[:SHEET])
    day = date.today() - timedelta(days=1)
    cells = [Cell(one, day) for one in people]

    def empty() -> None:
        Attendance.objects.filter(gem=gem, date=day).delete()

    def bare() -> float:
        empty()
        start = time.perf_counter()
        with transaction.atomic():
            Attendance.objects.bulk_create(
                Attendance(gem=gem, date=day, person_id=one, category="adherent", head_count=1)
                for one in people
            )
        return (time.perf_counter() - start) * 1000

    def whole() -> float:
        empty()
        start = time.perf_counter()
        save_sheet(actor=actor, gem_id=gem.pk, shown=[], typed=cells, counts=[], key=uuid4())
        return (time.perf_counter() - start) * 1000

    refresh_stale("bench")
    alone = statistics.median(bare() for _ in range(ROUNDS))
    saved = statistics.median(whole() for _ in range(ROUNDS))
    start = time.perf_counter()
    refresh_stale("bench")
    counted = (time.perf_counter() - start) * 1000
    print(f"bare insert of {len(people)} rows: {alone:.1f} ms")
    print(f"the sheet as it is saved: {saved:.1f} ms, {saved / alone:.1f} times")
    print(f"the worker then counts the GEM and its places again: {counted:.0f} ms")


def yearly_table(actor: Any, gem: Any) -> None:
    """How much of the yearly table is filled without typing, and how long it takes."""
    from espace.reports.queries.drafts import draft

    year = date.today().year - 1
    lines = draft(actor, gem.pk, "bilan", year).content.lines
    known = [one for one in lines if one.origin != "vide"]
    took = middle(lambda: draft(actor, gem.pk, "bilan", year))
    print(f"yearly table: {len(known)} of {len(lines)} rows filled, {took:.0f} ms")


if __name__ == "__main__":
    main()
