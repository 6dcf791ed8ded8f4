"""Write the documents of docs/privacy that come from the code, or say if they are old."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from espace.privacy.queries.register import tables_of_people
from espace.privacy.rules.register import notice, register


def documents() -> dict[str, str]:
    """Return each document by the name of its file."""
    return {"registre.md": register(tables_of_people()), "notice.md": notice()}


class Command(BaseCommand):
    help = "Écrit le registre et la notice d'après le code, ou dit s'ils sont à jour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="écrire les fichiers")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs/privacy"
        if options["write"]:
            for name, text in documents().items():
                (folder / name).write_text(text, encoding="utf-8")
            return
        old = [
            name
            for name, text in documents().items()
            if (folder / name).read_text(encoding="utf-8") != text
        ]
        if old:
            raise CommandError(f"À écrire de nouveau avec --write : {', '.join(old)}.")
        self.stdout.write("Le registre et la notice sont à jour.")
