"""Ten thousand random insertions, corrections and deletions, then a full recount: 0 differences.

Run: .venv/bin/python bench/ten_thousand_edits.py [edits]
(DATABASE_URL=… for PostgreSQL: an empty database). Edits go through the actions of the day sheet,
on the demonstration network; the worker's counting runs at random moments, as it would. Then every
GEM and every place is counted again from facts and compared.
"""

import io
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="bench-"))

EDITS, COUNTED_EVERY = 10_000, 400
SEED = 20261127


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from espace.accounts.access import Actor, Grant
    from espace.activities.actions.sheet import add_heads, record_presence
    from espace.activities.choices import Category
    from espace.activities.models import FinishedMonth
    from espace.core.idempotency import new_key
    from espace.groups.models import Gem, Person
    from espace.territories.jobs import refresh_stale
    from espace.territories.reconciling import reconcile

    edits = int(sys.argv[1]) if len(sys.argv) > 1 else EDITS
    call_command("migrate", verbosity=0)
    call_command("demo_network", stdout=io.StringIO())
    # Every day of this year may be written again.
    FinishedMonth.objects.filter(month__year=date.today().year).delete()
    rng = random.Random(SEED)
    gems = list(Gem.objects.filter(practice=False, joined_on__isnull=False, status="actif"))
    roll = {
        gem.pk: list(Person.objects.filter(gem=gem).values_list("pk", flat=True)) for gem in gems
    }
    first = date(date.today().year, 1, 1)
    days = (date.today() - first).days
    start, refused = time.perf_counter(), 0
    for _rank in range(edits):
        gem = rng.choice(gems)
        actor = Actor(None, "Banc", frozenset({Grant("elected", gem.pk)}), gem.pk)
        what = {
            "actor": actor,
            "gem_id": gem.pk,
            "day": first + timedelta(days=rng.randrange(days)),
        }
        try:
            if roll[gem.pk] and gem.counts_with_names and rng.random() < 0.8:
                record_presence(
                    **what, person_id=rng.choice(roll[gem.pk]), present=rng.random() < 0.6
                )
            else:
                add_heads(
                    **what, category=Category.ADHERENT, by=rng.choice((1, 1, 1, -1)), key=new_key()
                )
        except Exception as error:
            refused += 1
            if refused > edits // 2:
                raise RuntimeError("most edits are refused") from error
        if rng.randrange(COUNTED_EVERY) == 0:
            refresh_stale("bench")
    refresh_stale("bench")
    took = time.perf_counter() - start
    print(f"{connection.vendor}: {edits - refused} edits kept, {refused} refused, {took:.0f} s")
    found = reconcile(from_facts=True)
    print(f"differences with a full recount: {len(found.differences)}")
    sys.exit(1 if found.differences else 0)


if __name__ == "__main__":
    main()
