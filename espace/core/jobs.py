"""Slow work done by the background worker: an action says « later », the worker does it.

The row that asks for the work is written in the action's own transaction: work is asked if and
only if the action succeeds. A job gets one identifier and may safely run twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django_tasks import task

Job = Callable[[str], None]
_jobs: dict[str, Job] = {}
logger = logging.getLogger(__name__)


class JobError(Exception):
    """A job stopped on an error; says its name and the kind of error, never the data."""


def register(name: str, job: Job) -> None:
    """Add a job: called from ``AppConfig.ready()``; the same one may be registered again."""
    if _jobs.get(name, job) is not job:
        raise ValueError(f"job registered twice: {name}")
    _jobs[name] = job


def later(name: str, identifier: str, *, after: datetime | None = None) -> None:
    """Ask the worker to run the job ``name`` on ``identifier`` (an id, never personal data).

    ``after`` is the earliest instant; None means as soon as possible.
    """
    if name not in _jobs:
        raise KeyError(name)
    run.using(run_after=after).enqueue(name, identifier)


@task()
def run(name: str, identifier: str) -> None:
    """Run one job. An error is kept without its text, which could quote personal data."""
    try:
        _jobs[name](identifier)
    except Exception as error:
        kind = type(error).__name__
        logger.error("job %s failed: %s", name, kind)
        raise JobError(f"{name}: {kind}") from None
