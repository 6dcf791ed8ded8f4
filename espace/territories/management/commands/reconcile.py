"""``manage.py reconcile``: proves that the sums of every place are those of its GEM."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from espace.territories.reconciling import reconcile

MOST_TOLD = 20


class Command(BaseCommand):
    help = (
        "Compare GEM, départements, régions and the nation, to the last millionth; "
        "ends with an error when a sum is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--facts", action="store_true", help="also recount each GEM from facts")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        found = asdict(reconcile(from_facts=options["facts"]))
        differences = found["differences"]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for name, value in (found | {"differences": len(differences)}).items():
                self.stdout.write(f"{name}: {value}")
            for line in differences[:MOST_TOLD]:
                self.stdout.write(f"  {line}")
        if differences:
            raise CommandError(f"{len(differences)} differences")
