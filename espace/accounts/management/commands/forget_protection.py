"""Forget the second factors of someone who lost them, outside a GEM: FiGEM, ARS, CNSA."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from espace.accounts.protection import forget_all


class Command(BaseCommand):
    help = "Forget the passkeys, the application and the spare codes of an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if not forget_all(email=options["email"]):
            raise CommandError("Nobody has this address.")
        self.stdout.write("Done: their sessions are closed, and a mail tells them.")
