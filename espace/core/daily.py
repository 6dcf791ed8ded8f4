"""What the worker does once a day, a little after three in the morning.

Each day's work asks for the next day's: no timer outside the database. ``manage.py prepare`` asks
for the first one; asking twice for one day changes nothing.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from espace.core import jobs
from espace.core.clock import today
from espace.core.idempotency import first_time

DAY_JOB = "core.day"
AT = time(3, 10, tzinfo=UTC)
_names: list[str] = []


def register(name: str, job: jobs.Job) -> None:
    """Run ``job`` once a day, on the day written « 2026-11-22 »; it may safely run twice."""
    jobs.register(name, job)
    if name not in _names:
        _names.append(name)


def begin() -> None:
    """Ask for today's work if nobody asked for it yet."""
    _ask(today())


def run_day(identifier: str) -> None:
    """Ask for each job of the day, then for the next day."""
    for name in _names:
        jobs.later(name, identifier)
    _ask(today() + timedelta(days=1))


def _ask(day: date) -> None:
    with transaction.atomic():
        if first_time(uuid5(NAMESPACE_URL, f"{DAY_JOB}:{day}")):
            jobs.later(DAY_JOB, day.isoformat(), after=datetime.combine(day, AT))


jobs.register(DAY_JOB, run_day)
