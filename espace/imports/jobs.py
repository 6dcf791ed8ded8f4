"""Work of the background worker for the imports."""

from uuid import UUID

from espace.core import jobs
from espace.imports.actions.confirm import WRITE_JOB, write_waiting_import
from espace.imports.actions.intake import READ_JOB, read_waiting_file


def read_job(identifier: str) -> None:
    """Read a big file."""
    read_waiting_file(batch_id=UUID(identifier))


def write_job(identifier: str) -> None:
    """Add a big file to the sheets."""
    write_waiting_import(batch_id=UUID(identifier))


def register() -> None:
    """Tell the worker about both jobs."""
    jobs.register(READ_JOB, read_job)
    jobs.register(WRITE_JOB, write_job)
