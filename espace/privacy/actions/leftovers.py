"""What erasing leaves outside the tables: marks to replay it, mail not sent, pages of the file.

Marks are kept twice: in the database, and in ``DATA_DIR/erasures``, which a backup of the database
does not hold: after a restore it is the newer of the two.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from espace.core.clock import today
from espace.privacy.models import ErasedMark

SALT = "espace.privacy.erased"
FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


def marks_of(person: UUID) -> list[str]:
    """Return the marks of an id, with the key in use first, then the older ones."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(SALT, str(person), secret=secret, algorithm="sha256").hexdigest()
        for secret in secrets
    ]


def remember(people: Iterable[UUID]) -> None:
    """Keep the marks of erased ids; in the file once the transaction is over, never before.

    An erasure that was undone must leave no mark: it would be carried out by the next replay.
    """
    marks = [marks_of(person)[0] for person in people]
    ErasedMark.objects.bulk_create(
        [ErasedMark(mark=mark, erased_on=today()) for mark in marks], ignore_conflicts=True
    )
    transaction.on_commit(copy_marks)


def copy_marks() -> None:
    """Add to the file the marks of the database that it lacks; done each day too."""
    missing = set(ErasedMark.objects.values_list("mark", flat=True)) - _marks_of_file()
    if missing:
        with erasures_file().open("a", encoding="ascii") as out:
            out.writelines(f"{mark}\n" for mark in sorted(missing))


def all_marks() -> frozenset[str]:
    """Return every mark of the database and of the file."""
    return frozenset(ErasedMark.objects.values_list("mark", flat=True)) | _marks_of_file()


def _marks_of_file() -> set[str]:
    path = erasures_file()
    return set(path.read_text(encoding="ascii").split()) if path.exists() else set()


def erasures_file() -> Path:
    """Return where marks are kept beside the database."""
    return Path(settings.DATA_DIR) / "erasures"


def sweep(addresses: Sequence[str]) -> None:
    """After the rows are gone: mail written in files, and what the database file still holds."""
    if addresses and settings.EMAIL_BACKEND == FILE_BACKEND:
        _forget_mail(Path(settings.EMAIL_FILE_PATH), [each.encode() for each in addresses])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # What was overwritten still stands in the write-ahead file until it is emptied.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _forget_mail(folder: Path, addresses: Sequence[bytes]) -> None:
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if any(address in path.read_bytes() for address in addresses):
            path.unlink(missing_ok=True)
