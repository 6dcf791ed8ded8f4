"""``manage.py demo_network``: load the fictional network, once."""

import json
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand

from espace.core.clock import today
from espace.demonstration.actions import load_network
from espace.demonstration.actions.publications import publish_months
from espace.demonstration.actions.reports import write_reports


class Command(BaseCommand):
    help = "Load the fictional network of the demonstration; does nothing the second time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="as if today were that day")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: object, **options: object) -> None:
        day = options["today"] or today()
        counts = load_network(today=day)
        publish_months(today=day)
        write_reports(today=day)
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
