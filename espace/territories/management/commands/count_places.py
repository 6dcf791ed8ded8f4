"""``manage.py count_places``: ask for the sums of places, or make them here and now."""

import subprocess
import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from espace.territories.actions import (
    Share,
    forget_everything,
    refresh,
    start_again_if_formulas_changed,
)
from espace.territories.models import StaleGem

GEMS_AT_ONCE = 60
"""More than the worker takes: the places above are summed again after each turn."""


class Command(BaseCommand):
    help = "Ask the worker for the sums that the present formulas did not make yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", action="store_true", help="count what waits here, with progress"
        )
        parser.add_argument(
            "--everything",
            action="store_true",
            help="throw all sums away and ask for them again; stopped, --now goes on",
        )
        parser.add_argument("--share", default="1/1", help="2/3: the second of three processes")
        parser.add_argument(
            "--processes", type=int, default=1, help="count what waits in as many processes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["everything"]:
            forget_everything()
        start_again_if_formulas_changed()
        if options["processes"] > 1:
            self._share(options["processes"])
        if options["now"]:
            self._count(_share_of(options["share"]))

    def _share(self, processes: int) -> None:
        """Run as many of this very command, each on its share of the GEM; wait for all."""
        again = [sys.executable, sys.argv[0], "count_places", "--now"]
        running = [
            subprocess.Popen([*again, f"--share={rank}/{processes}"])  # noqa: S603 - this command
            for rank in range(1, processes + 1)
        ]
        ended = [one.wait() for one in running]
        if any(ended):
            raise CommandError("Some GEM could not be counted.")

    def _count(self, share: Share) -> None:
        total = StaleGem.objects.count()
        failed: set[UUID] = set()
        while (turn := refresh(leave_out=failed, most=GEMS_AT_ONCE, share=share)).taken:
            failed |= turn.failed
            self.stdout.write(f"{total - StaleGem.objects.count()} of {total} GEM counted")
            self.stdout.flush()
        if failed:
            raise CommandError(f"{len(failed)} GEM could not be counted")


def _share_of(text: str) -> Share:
    """Return the share written « 2/3 », the rank from 0. Raises CommandError."""
    rank, slash, processes = text.partition("/")
    if not (slash and rank.isdecimal() and processes.isdecimal()):
        raise CommandError("--share is written 2/3: the second of three processes.")
    if not 1 <= int(rank) <= int(processes):
        raise CommandError("--share: the rank goes from 1 to the number of processes.")
    return int(rank) - 1, int(processes)
