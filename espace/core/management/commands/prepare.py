"""``manage.py prepare``: make a fresh clone ready to serve, and do nothing when it already is."""

import hashlib
from io import StringIO
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from espace.core import daily

STAMP = "collected.txt"


class Command(BaseCommand):
    help = "Migrate the database, collect the static files, load the demonstration network."
    requires_system_checks: ClassVar[list[str]] = []

    def handle(self, *args: object, **options: object) -> None:
        first_run = self.migrate()
        self.make_cache_table()
        self.collect_static_files()
        for command in settings.PREPARED_BY:
            if first_run:
                self.say(f"Running {command}, this first time only…")
            call_command(command, stdout=self.stdout if first_run else StringIO())
        daily.begin()

    def migrate(self) -> bool:
        """Apply what is missing, and tell whether the database was empty.

        Asking costs a few milliseconds, so it is asked each time.
        """
        executor = MigrationExecutor(connection)
        was_empty = not executor.loader.applied_migrations
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            self.say(f"Preparing the database ({len(missing)} steps)…")
            call_command("migrate", interactive=False, verbosity=0)
        return was_empty

    def make_cache_table(self) -> None:
        """Make the table of the cache, kept in the database so that no other server is needed."""
        table = getattr(caches["default"], "_table", "")
        if table and table not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)

    def collect_static_files(self) -> None:
        """Collect and compress again only when a file changed."""
        root = Path(settings.STATIC_ROOT)
        stamp, fresh = root / STAMP, fingerprint()
        if stamp.is_file() and stamp.read_text(encoding="ascii") == fresh:
            return
        self.say("Compressing the static files…")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(fresh, encoding="ascii")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def fingerprint() -> str:
    """Return a hash of the path and content of every static file, and of how they are stored."""
    lines = [str(settings.STORAGES["staticfiles"])]
    for finder in get_finders():
        for path, storage in finder.list([]):
            content = Path(storage.path(path)).read_bytes()
            lines.append(f"{path} {hashlib.sha256(content).hexdigest()}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
