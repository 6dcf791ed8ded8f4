"""``manage.py close_month 2026-10``: publish the figures of people of one month."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from espace.accounts.access import SYSTEM
from espace.core.clock import today
from espace.disclosure.actions import BlockedError, ClosedAlreadyError, NotYetError, close_month
from espace.indicators.rules import Period, PeriodError, month_period, parse_period

EVERY = 100
"""GEM between two lines of progress."""


class Command(BaseCommand):
    help = "Freeze, hide, round, check and publish one month, or the months up to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="the month to close, as 2026-10")
        parser.add_argument("--since", default="", help="close every month from this one on")

    def handle(self, *args: Any, **options: Any) -> None:
        last = self._month(options["month"])
        first = self._month(options["since"]) if options["since"] else last
        period = first
        while period.start <= last.start:
            self._close(period)
            period = period.shift(1, "month")

    def _month(self, text: str) -> Period:
        try:
            period = parse_period(text)
        except PeriodError as error:
            raise CommandError(f"Not a month: {text}") from error
        if period != month_period(period.start):
            raise CommandError(f"Not a month: {text}")
        return period

    def _close(self, period: Period) -> None:
        started = time.monotonic()
        try:
            release = close_month(
                actor=SYSTEM, month=period.start, today=today(), progress=self._progress
            )
        except NotYetError as error:
            raise CommandError(f"{period}: GEM may finish it until the ninth.") from error
        except ClosedAlreadyError:
            self.stdout.write(f"{period}: published already, nothing is changed")
            return
        except BlockedError as error:
            raise CommandError(
                f"{period}: {error} promises would be broken; what was published before stays."
            ) from error
        values = [value for cells in release.tables.values() for value in cells.values()]
        self.stdout.write(
            f"{period}: published in {time.monotonic() - started:.1f} s, {len(values)} numbers, "
            f"{values.count(None)} hidden"
        )

    def _progress(self, done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            self.stderr.write(f"{done} of {total} GEM counted")
