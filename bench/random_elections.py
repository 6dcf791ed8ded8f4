"""10,000 random elections: late ballots, double submissions, lost connections.

Run: .venv/bin/python bench/random_elections.py [ELECTIONS]
Lives each one through the product's own actions, on a database in memory. The issue's bar: 0 vote
counted twice, 0 ballot lost. Ends with code 1 otherwise.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")

ELECTIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000


def main() -> int:
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = ":memory:"
    import django

    django.setup()
    from django.core.management import call_command

    from espace.governance.tests.test_random_elections import lived
    from espace.groups.tests.factories import make_gem, make_person

    call_command("migrate", verbosity=0)
    gem = make_gem()
    people = [make_person(gem, f"Prénom{rank}", "B") for rank in range(6)]
    start, wrong, doubled, ballots = time.perf_counter(), 0, 0, 0
    for seed in range(ELECTIONS):
        expected, counted, twice = lived(gem, people, seed)
        wrong += expected != counted
        doubled += twice
        ballots += counted.total()
    seconds = time.perf_counter() - start
    print(
        f"{ELECTIONS} elections, {ballots} voices, {wrong} wrong counts, {doubled} double votes, "
        f"{seconds:.0f} s"
    )
    return 1 if wrong or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
