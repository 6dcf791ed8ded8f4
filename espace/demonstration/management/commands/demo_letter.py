"""``manage.py demo_letter``: an opening letter of a fictional GEM where nobody has come in yet."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from espace.accounts.access import SYSTEM
from espace.federation.printing import letters_pdf, opening_address, scanned_address
from espace.federation.queries.network import Asked, ids_found
from espace.groups.actions.letters import make_letters
from espace.groups.queries.network import ids_without_anyone


class Command(BaseCommand):
    help = "Make the letter of a GEM of the demonstration and print its words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--pdf", default="", metavar="FILE", help="write the letter too")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("There are no demonstration letters in production mode.")
        ids = ids_without_anyone(SYSTEM, ids_found(SYSTEM, Asked()))
        letters = make_letters(actor=SYSTEM, gem_ids=ids[:1], key=uuid4()) or []
        if not letters:
            raise CommandError("Every GEM has an elected person: bring a list of the network.")
        letter = letters[0]
        if options["pdf"]:
            with open(options["pdf"], "wb") as out:
                out.write(letters_pdf(letters))
        told = {
            "gem": letter.gem_name,
            "words": " ".join(letter.words),
            "page": opening_address(),
            "scanned": scanned_address(letter),
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for name, value in told.items():
            self.stdout.write(f"{name}: {value}")
