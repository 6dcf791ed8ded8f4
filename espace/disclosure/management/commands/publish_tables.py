"""``manage.py publish_tables --last 12 --out DIR``: what outsiders can see, as files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from espace.disclosure.exporting import write_folder
from espace.disclosure.queries import publication


class Command(BaseCommand):
    help = "Write cells.csv, hierarchy.json and rules.json of the last closings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--last", type=int, default=12, help="how many closings")
        parser.add_argument("--out", required=True, type=Path, help="a folder, made if needed")
        parser.add_argument(
            "--truth", action="store_true", help="the exact counts too: demonstration data only"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["truth"] and not settings.DEMONSTRATION:
            raise CommandError("Exact counts of real people are never written.")
        found = publication(options["last"], with_truth=options["truth"])
        if not found.months:
            raise CommandError("No month is published yet: manage.py close_month 2026-10")
        write_folder(options["out"], found.cells, found.places, found.truth, found.of_gem)
        self.stdout.write(f"{len(found.months)} closings written in {options['out']}")
