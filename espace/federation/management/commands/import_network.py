"""``manage.py import_network FILE``: read the federation's list of GEM; --commit adds it."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from espace.accounts.access import SYSTEM
from espace.federation.actions.lists import NotAListError, add_list, understood
from espace.federation.queries.network import plan_of
from espace.federation.rules.reporting import report
from espace.imports.actions.tables import UnreadableFile, tables_of_file

UNREADABLE = 1


class Command(BaseCommand):
    help = "Read the federation's list of GEM; nothing is written without --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="pure JSON on standard output")
        parser.add_argument("--commit", action="store_true", help="add what was read")
        parser.add_argument(
            "--distinct",
            default="",
            metavar="LINES",
            help="lines that are other GEM than those of the same name, as 12,40",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        distinct = sorted({int(each) for each in options["distinct"].split(",") if each.strip()})
        try:
            read = understood(tables=tables_of_file(path=options["file"]))
        except (UnreadableFile, NotAListError) as refusal:
            message = getattr(refusal, "message_fr", "") or str(refusal)
            if options["json"]:
                self.stdout.write(json.dumps({"error": message}, ensure_ascii=False))
            else:
                self.stderr.write(message)
            sys.exit(UNREADABLE)
        if options["commit"]:
            list_id, said = add_list(actor=SYSTEM, read=read, distinct=distinct)
            answer = {**said, "committed": True, "list": str(list_id)}
        else:
            answer = {**report(plan_of(SYSTEM, read, distinct), read), "committed": False}
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._say(answer)

    def _say(self, answer: dict[str, Any]) -> None:
        counts = answer["counts"]
        self.stdout.write(
            f"{counts['new']} GEM nouveaux, {counts['known']} déjà là, {counts['updated']} "
            f"complétés, {counts['ambiguous']} à vérifier, {counts['refused']} lignes pas lues."
        )
        for each in answer["ambiguous"]:
            self.stdout.write(
                f"À vérifier, ligne {each['line']} : {each['name']}. {each['reason']}"
            )
        for each in answer["refused"]:
            self.stdout.write(f"Pas lue, ligne {each['line']} : {each['reason']}")
        for each in answer["dropped"]:
            self.stdout.write(f"Colonne pas gardée : {each['column']} ({each['reason']}).")
        if not answer["committed"]:
            self.stdout.write("Rien n'est ajouté. Pour ajouter : --commit")
