"""The embedded life's secret key, made once and kept beside the database."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def stored_secret(path: Path) -> str:
    """Return the key kept in ``path``, making it (readable by its owner only) the first time."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(get_random_secret_key())
    return path.read_text(encoding="ascii")
