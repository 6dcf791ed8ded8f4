"""``manage.py opening_letters FILE.pdf``: letters of the GEM where nobody has come in yet."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from espace.accounts.access import SYSTEM
from espace.federation.printing import letters_pdf
from espace.federation.queries.network import Asked, ids_found
from espace.groups.actions.letters import make_letters
from espace.groups.queries.network import ids_without_anyone


class Command(BaseCommand):
    help = "Make a letter for each GEM where nobody has come in yet, as one PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--stage", default="", help="a-inviter, invite…")
        parser.add_argument("--region", default="", help="code of a région, as 53")
        parser.add_argument("--departement", default="", help="code of a département, as 29")
        parser.add_argument("--text", default="", help="words of the name or of the town")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.exists():
            raise CommandError(f"'{path}' exists already: letters are never written over.")
        asked = Asked(
            text=options["text"],
            stage=options["stage"],
            region=options["region"],
            departement=options["departement"],
        )
        ids = ids_without_anyone(SYSTEM, ids_found(SYSTEM, asked))
        letters = make_letters(actor=SYSTEM, gem_ids=ids, key=uuid4()) or []
        if not letters:
            raise CommandError("There is no letter to make here.")
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(letters_pdf(letters))
        self.stdout.write(f"{len(letters)} letters. Print them, then erase the file.")
