"""``manage.py demo --groups 700 --years 5``: a whole fictional country, in bulk, with progress."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from espace.core.clock import today
from espace.demonstration.actions.national import write_country
from espace.disclosure.rules.months import month_due
from espace.territories.actions import mark_all

EVERY = 10
"""GEM between two lines of progress."""


class Command(BaseCommand):
    help = "Write a fictional country; stopped, it goes on. Needs FOLDING=off to keep old names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--groups", type=int, default=700, help="how many GEM")
        parser.add_argument("--years", type=int, default=5, help="how many years of life")
        parser.add_argument("--closings", type=int, default=13, help="how many months to publish")
        parser.add_argument(
            "--sums", action="store_true", help="add up the places now rather than by the worker"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        groups, years = options["groups"], options["years"]
        if groups < 1 or not 1 <= years <= 6:
            raise CommandError("At least one GEM, and one to six years.")
        if settings.FOLDING:
            raise CommandError(
                "First names older than 13 months would go tonight: set FOLDING=off."
            )
        self._started = time.monotonic()
        write_country(groups, years, today=today(), progress=self._tell)
        mark_all()
        if options["closings"]:
            due = month_due(today())
            since = due.shift(1 - min(options["closings"], 12 * years), "month")
            call_command("close_month", str(due), since=str(since), stdout=self.stdout)
        if options["sums"]:
            call_command("count_places", now=True, stdout=self.stdout)

    def _tell(self, done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            seconds = time.monotonic() - self._started
            self.stdout.write(f"{done} of {total} GEM written ({seconds:.0f} s)")
            self.stdout.flush()
