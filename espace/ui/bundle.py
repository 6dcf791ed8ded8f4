"""All style sheets sent as one file, without a build step.

The sources stay small and readable; ``collectstatic`` and the test server both ask this finder,
which writes the joined file under DATA_DIR. The order below is the cascade: later files win.
(CSS cascade layers would say the same, but a telephone of 2020 drops whole layers unread.)
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "ui/css/espace.css"
SOURCES = Path(__file__).parent / "static" / "ui" / "css"
FIRST = ("tokens.css", "base.css", "layout.css")
LAST = ("display.css", "print.css")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def source_files() -> list[Path]:
    """Return the style sheets in the order they are joined."""
    middle = sorted((SOURCES / "components").glob("*.css"))
    return [*(SOURCES / name for name in FIRST), *middle, *(SOURCES / name for name in LAST)]


def joined() -> str:
    """Return the text of the one style sheet, comments left out."""
    return "".join(_COMMENT.sub("", path.read_text(encoding="utf-8")) for path in source_files())


class BundleFinder(BaseFinder):
    """Finds ``ui/css/espace.css`` by joining its sources."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "joined")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where the joined file is; nothing for any other name."""
        if path != NAME:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Yield the joined file for ``collectstatic``."""
        self._write()
        yield NAME, self.storage

    def _write(self) -> Path:
        target = Path(self.storage.path(NAME))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(joined(), encoding="utf-8")
        return target
