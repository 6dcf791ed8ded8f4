"""The national page on a whole country: its data against raw SQL and a columnar scan, its page.

Run: DATABASE_URL=… DATA_DIR=… FOLDING=off .venv/bin/python bench/national.py
The database holds `manage.py demo --groups 700 --years 5 --sums`; with none, a small country is
made in a folder of its own, whose ratios say little. The issue's bars: data 1,000 times faster
than raw SQL of the same engine and 100 times faster than a scan of the same facts by DuckDB; page
at most 2 times the processor time of its HTML drawn from memory; 30 queries; 7,000 GEM at most 3
times 700.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
SMALL = "DATABASE_URL" not in os.environ
if SMALL:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
    os.environ["FOLDING"] = "off"

ROUNDS, RAW_ROUNDS = 30, 3
PACK = (
    "ACT-01", "ACT-02", "ACT-03", "ACT-04", "ACT-06", "ACT-08", "ACT-10", "ACT-12", "ACT-13",
    "OUV-01", "OUV-02", "OUV-03", "OUV-04", "OUV-05", "OUV-06", "OUV-07", "DEM-01", "DEM-04",
    "DEM-07", "DEM-10", "DEM-11", "RHU-01", "RHU-02", "RHU-05", "PAR-01", "PAR-03", "BUD-01",
    "ATT-01", "ATT-02", "ADH-01",
)  # fmt: skip
"""Thirty indicators: twenty-seven live ones of organisations, three published of people."""
# The same thirty, by hand: GEM by GEM first, since a distinct person and a median are of one GEM.
RAW = (
    """SELECT m, sum(people), sum(passages) FROM (
    SELECT a.gem_id, {month} AS m, count(DISTINCT a.person_id) AS people,
      count(DISTINCT {person_day}) AS passages
    FROM activities_attendance a
    WHERE a.date >= {start} AND a.date <= {end} AND a.person_id IS NOT NULL AND a.head_count > 0
    GROUP BY a.gem_id, {month}) f GROUP BY m""",
    """SELECT {month} AS m, sum(a.head_count) FROM activities_attendance a
    WHERE a.date >= {start} AND a.date <= {end} AND a.person_id IS NULL AND a.activity_id IS NULL
    GROUP BY {month}""",
    """SELECT m, sum(done), avg(families), sum(ours), sum(led), sum(outside), sum(wide), sum(off),
      sum(shared), sum(digital) FROM (
    SELECT a.gem_id, {month} AS m, count(*) AS done, count(DISTINCT family) AS families,
      sum(CASE WHEN idea_from = 'adherents' THEN 1 ELSE 0 END) AS ours,
      sum(CASE WHEN led_by = 'adherent' THEN 1 ELSE 0 END) AS led,
      sum(CASE WHEN place <> 'local' THEN 1 ELSE 0 END) AS outside,
      sum(CASE WHEN open_to_public THEN 1 ELSE 0 END) AS wide,
      sum(CASE WHEN state = 'annulee' THEN 1 ELSE 0 END) AS off,
      sum(CASE WHEN partner_id IS NOT NULL THEN 1 ELSE 0 END) AS shared,
      sum(CASE WHEN family = 'numerique' THEN 1 ELSE 0 END) AS digital
    FROM activities_activity a WHERE a.date >= {start} AND a.date <= {end}
    GROUP BY a.gem_id, {month}) f GROUP BY m""",
    """SELECT a.gem_id, {month} AS m, sum(hours), count(DISTINCT a.date), count(DISTINCT {week}),
      count(DISTINCT CASE WHEN {weekday} IN (6, 7) THEN {week} END),
      count(DISTINCT CASE WHEN starts_at >= '18:00' THEN {week} END),
      sum(CASE WHEN animation = 'autogeree' THEN hours ELSE 0 END),
      sum(CASE WHEN outcome LIKE 'ferme%' THEN 1 ELSE 0 END),
      sum(CASE WHEN outcome = 'ferme_salarie_absent' THEN hours ELSE 0 END)
    FROM activities_slot a WHERE a.date >= {start} AND a.date <= {end}
    GROUP BY a.gem_id, {month}""",
    """SELECT {month} AS m, kind, count(*), count(minutes_shared_on) FROM governance_meeting a
    WHERE a.date >= {start} AND a.date <= {end} GROUP BY {month}, kind""",
    """SELECT {month} AS m, taken_by, d.state, count(*) FROM governance_decision d
    JOIN governance_meeting a ON a.id = d.meeting_id
    WHERE a.date >= {start} AND a.date <= {end} GROUP BY {month}, taken_by, d.state""",
    """SELECT kind, count(*), sum(fte), count(job_sheet) FROM binder_staffpost GROUP BY kind""",
    """SELECT category, count(*), count(agreement_signed_on) FROM binder_partner
    GROUP BY category""",
    """SELECT year, side, category, sum(actual_cents) FROM governance_budgetline
    GROUP BY year, side, category""",
    """SELECT year, count(DISTINCT person_id) FROM groups_membership GROUP BY year""",
)
COLUMNS = {
    "activities_attendance": "gem_id, date, person_id, activity_id, head_count",
    "activities_activity": (
        "gem_id, date, family, idea_from, led_by, place, open_to_public, state, partner_id"
    ),
    "activities_slot": "gem_id, date, hours, animation, outcome, starts_at",
    "governance_meeting": "id, gem_id, date, kind, minutes_shared_on",
    "governance_decision": "meeting_id, taken_by, state",
    "binder_staffpost": "gem_id, kind, fte, job_sheet",
    "binder_partner": "gem_id, category, agreement_signed_on",
    "governance_budgetline": "gem_id, year, side, category, actual_cents",
    "groups_membership": "person_id, year",
}
WORDS = {
    "sqlite": {
        "month": "strftime('%Y-%m', a.date)",
        "week": "strftime('%Y-%W', a.date)",
        "weekday": "(strftime('%w', a.date) + 6) % 7 + 1",
        "person_day": "a.person_id || a.date",
    },
    "postgresql": {
        "month": "date_trunc('month', a.date)",
        "week": "date_trunc('week', a.date)",
        "weekday": "extract(isodow FROM a.date)",
        "person_day": "(a.person_id, a.date)",
    },
}


def middle(work: Callable[[], object], rounds: int, clock: Callable[[], float]) -> float:
    """Return the median of ``work`` in milliseconds by ``clock``."""
    work()
    times = []
    for _ in range(rounds):
        start = clock()
        work()
        times.append((clock() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    from espace.groups.models import Gem
    from espace.territories.models import PlaceFigures

    if SMALL:
        call_command("migrate", verbosity=0)
        call_command("demo", groups=40, years=2, closings=6, sums=True, stdout=io.StringIO())
    gems = Gem.objects.filter(practice=False, joined_on__isnull=False).count()
    print(f"{connection.vendor}, {gems} GEM, {PlaceFigures.objects.count()} rows of sums")
    data_ms = data_bench(connection)
    call_command("collectstatic", interactive=False, verbosity=0)
    setup_test_environment()
    page_bench(connection)
    with transaction.atomic():
        growth_bench(connection, data_ms)
        transaction.set_rollback(True)


def reading() -> Callable[[], Any]:
    """Return the reading of the national page: 30 indicators, 12 months."""
    from espace.disclosure.queries import disclosed_series_together
    from espace.indicators.rules import months_up_to
    from espace.territories.choices import NATION, Level
    from espace.territories.queries import organisation_series

    months = months_up_to(date.today(), 13)[:12]
    live = [code for code in PACK if code not in ("ATT-01", "ATT-02", "ADH-01")]
    return lambda: (
        organisation_series(Level.NATION, NATION, months, live),
        disclosed_series_together(("ATT-01", "ATT-02", "ADH-01"), 12),
    )


def data_bench(connection: Any) -> float:
    """Compare the reading with raw SQL of the same engine, then with a scan by DuckDB."""
    from espace.indicators.rules import months_up_to

    months = months_up_to(date.today(), 13)[:12]
    span = {"start": f"'{months[0].start}'", "end": f"'{months[-1].end}'"}
    texts = [one.format(**WORDS[connection.vendor], **span) for one in RAW]

    def raw() -> None:
        with connection.cursor() as cursor:
            for text in texts:
                cursor.execute(text)
                cursor.fetchall()

    ours = middle(reading(), ROUNDS, time.perf_counter)
    theirs = middle(raw, RAW_ROUNDS, time.perf_counter)
    print(f"data of 30 indicators over 12 months: {ours:.2f} ms")
    print(f"raw SQL of the same engine: {theirs:.0f} ms, {theirs / ours:.0f} times")
    columnar = duckdb_ms(connection, [one.format(**WORDS["postgresql"], **span) for one in RAW])
    print(f"DuckDB over the same facts: {columnar:.0f} ms, {columnar / ours:.0f} times")
    return ours


def duckdb_ms(connection: Any, texts: list[str]) -> float:
    """Return how long DuckDB takes over a columnar copy of the same facts."""
    import duckdb

    base = duckdb.connect()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    for table, columns in COLUMNS.items():
        path = folder / f"{table}.csv"
        write_csv(connection, table, columns, path)
        base.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', header=true)")
        path.unlink()
    return middle(lambda: [base.execute(one).fetchall() for one in texts], 5, time.perf_counter)


def write_csv(connection: Any, table: str, columns: str, path: Path) -> None:
    """Write a table to a file, by the fastest way of the engine."""
    import csv

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                path.open("wb") as file,
                cursor.copy(
                    f"COPY (SELECT {columns} FROM {table}) TO STDOUT WITH (FORMAT csv, HEADER)"
                ) as copy,
            ):
                for part in copy:
                    file.write(part)
            return
        cursor.execute(f"SELECT {columns} FROM {table}")
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([one.strip() for one in columns.split(",")])
            while rows := cursor.fetchmany(50_000):
                writer.writerows(rows)


def page_bench(connection: Any) -> None:
    """Compare the page with its template drawn from what it showed; count its queries."""
    from django.template.loader import render_to_string
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from espace.accounts.models import Account
    from espace.groups.models import TerritoryMandate

    client = Client()
    account = Account.objects.create(first_name="Banc", initial="B")
    TerritoryMandate.objects.create(
        account=account, role="federation", territory="nation", started_on=date(2020, 1, 1)
    )
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    from espace.accounts import strength
    from espace.accounts.choices import Proof

    session = client.session
    strength.note(session, Proof.DEMONSTRATION)
    strength.settled(session)
    session.save()
    asked = "&".join(f"chiffre={code}" for code in PACK)
    address = f"/reseau/chiffres/?{asked}&lieux=mois"
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    context = answer.context[0].flatten()
    whole = middle(lambda: client.get(address), ROUNDS, time.process_time)
    drawn = middle(
        lambda: render_to_string("federation/figures.html", context, answer.wsgi_request),
        ROUNDS,
        time.process_time,
    )
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    print(f"page: {whole:.1f} ms of processor, {whole / drawn:.2f} times its template")
    print(f"page: {len(queries)} queries")
    account.delete()


def growth_bench(connection: Any, before_ms: float) -> None:
    """Put ten times the GEM behind the same sums, and read again; nothing is kept."""
    from uuid import uuid4

    from espace.groups.models import Gem
    from espace.indicators.rules import months_up_to
    from espace.territories.models import GemFigures
    from espace.territories.summing import add_up

    months = months_up_to(date.today(), 13)[:12]
    rows = list(
        GemFigures.objects.filter(
            start__in=[one.start for one in months], end__in=[one.end for one in months]
        )
    )
    gems = list(Gem.objects.filter(pk__in={one.gem_id for one in rows}))
    for copy in range(9):
        ids = {gem.pk: uuid4() for gem in gems}
        for gem in gems:
            gem.slug = f"{gem.slug[:60]}-{copy}"
        Gem.objects.bulk_create(
            [Gem(**{**fields_of(gem), "id": ids[gem.pk]}) for gem in gems], batch_size=500
        )
        GemFigures.objects.bulk_create(
            [
                GemFigures(
                    gem_id=ids[one.gem_id], start=one.start, end=one.end,
                    departement_code=one.departement_code, region_code=one.region_code,
                    cells=one.cells,
                )
                for one in rows
            ],
            batch_size=500,
        )  # fmt: skip
    touched: dict[tuple[str, str], set[tuple[date, date]]] = {}
    for one in rows:
        touched.setdefault((one.departement_code, one.region_code), set()).add((one.start, one.end))
    add_up(touched)
    after = middle(reading(), ROUNDS, time.perf_counter)
    print(f"ten times the GEM: {after:.2f} ms, {after / before_ms:.2f} times")


def fields_of(row: Any) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


if __name__ == "__main__":
    main()
