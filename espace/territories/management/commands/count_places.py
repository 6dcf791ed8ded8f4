"""``manage.py count_places``: ask for the sums of places, or make them here and now."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from espace.territories.actions import (
    forget_everything,
    refresh,
    start_again_if_formulas_changed,
)
from espace.territories.models import StaleGem


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

    def handle(self, *args: Any, **options: Any) -> None:
        if options["everything"]:
            forget_everything()
        start_again_if_formulas_changed()
        if options["now"]:
            self._count()

    def _count(self) -> None:
        total = StaleGem.objects.count()
        failed: set[UUID] = set()
        while (turn := refresh(leave_out=failed)).taken:
            failed |= turn.failed
            self.stdout.write(f"{total - StaleGem.objects.count()} of {total} GEM counted")
        if failed:
            raise CommandError(f"{len(failed)} GEM could not be counted")
