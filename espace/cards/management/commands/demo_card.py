"""The words of a demonstration card, to try entering by it: ``demo_card elected``."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from espace.accounts.rules import role_named
from espace.cards.actions import demonstration_card
from espace.cards.printing import address_of


class Command(BaseCommand):
    help = "Print the words of the demonstration card of ROLE (demonstration mode only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="elected, member… or elue, adherent…")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        role = role_named(options["role"])
        if not settings.DEMONSTRATION:
            self.refuse("There are no demonstration cards in production mode.")
        if role is None:
            self.refuse(f"Unknown role '{options['role']}'.")
        card = demonstration_card(str(role))
        if card is None:
            self.refuse(f"Nobody with a card has the role '{role}': load the network first.")
        words = " ".join(card.words)
        told = {"person": card.name, "words": words, "address": address_of(card.secret)}
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else words)

    def refuse(self, sentence: str) -> None:
        """Say why in one sentence and leave with code 2."""
        self.stderr.write(sentence)
        sys.exit(2)
