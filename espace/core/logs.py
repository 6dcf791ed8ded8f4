"""Log lines without personal data: what may be printed is chosen, everything else is left out."""

import logging
import traceback
from datetime import UTC, datetime

OURS = "espace"
HIDDEN = "…"


class DiscreetFormatter(logging.Formatter):
    """One event a line: time (UTC), level, logger, words.

    Our own messages are written to be safe and are printed whole. Those of others keep their
    sentence and their numbers: their other values (an address, a text somebody typed) become
    « … ». An exception gives its type and the lines it went through, never its message nor its
    variables, where a database likes to print the row it refused.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = f"{at} {record.levelname} {record.name} {self.words(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line} {path_of(error)}" if error else line

    def words(self, record: logging.LogRecord) -> str:
        """Return the message, without what others put in it."""
        if record.name.partition(".")[0] == OURS:
            return record.getMessage()
        if not record.args:
            # Already put together: nobody knows what is inside.
            return HIDDEN
        if not isinstance(record.args, tuple):
            return str(record.msg)
        safe = tuple(v if isinstance(v, int | float) else Hidden() for v in record.args)
        try:
            return str(record.msg) % safe
        except (TypeError, ValueError):
            return str(record.msg)


class Hidden:
    """A value that is not printed."""

    def __str__(self) -> str:
        return HIDDEN

    __repr__ = __str__


def path_of(error: BaseException) -> str:
    """Return the type of ``error`` and the functions it crossed, innermost last, on one line."""
    frames = traceback.extract_tb(error.__traceback__)
    steps = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-12:])
    where = f" in {frames[-1].filename}" if frames else ""
    return f"[{type(error).__qualname__}{where}: {steps}]"
