"""Work of the background worker for the imports."""

from uuid import UUID

from espace.core import daily, jobs
from espace.imports.actions.confirm import WRITE_JOB, write_waiting_import
from espace.imports.actions.intake import READ_JOB, forget_old, read_waiting_file

FORGET_JOB = "imports.forget"


def read_job(identifier: str) -> None:
    """Read a big file."""
    read_waiting_file(batch_id=UUID(identifier))


def write_job(identifier: str) -> None:
    """Add a big file to the sheets."""
    write_waiting_import(batch_id=UUID(identifier))


def forget_job(identifier: str) -> None:
    """Erase what is too old to be kept."""
    forget_old()


def register() -> None:
    """Tell the worker about these jobs; forgetting is done every day."""
    jobs.register(READ_JOB, read_job)
    jobs.register(WRITE_JOB, write_job)
    daily.register(FORGET_JOB, forget_job)
