"""``manage.py list_groups``: the GEM of this installation, by slug."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from espace.groups.queries.profile import gem_slugs


class Command(BaseCommand):
    help = "List the GEM of this installation (slug, name)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: object, **options: object) -> None:
        rows = gem_slugs()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row['slug']}\t{row['name']}")
