"""``manage.py fold --group SLUG [--dry-run] [--json]``: the first names of old months go."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from espace.accounts.access import SYSTEM
from espace.activities.actions.folding import fold_due_months
from espace.activities.queries.folding import folded_months, months_to_fold
from espace.core.clock import today
from espace.groups.queries.from_file import gem_of_file


class Command(BaseCommand):
    help = "Efface les prénoms des mois anciens d'un GEM ; les nombres restent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--group", required=True, help="nom court du GEM (list_groups)")
        parser.add_argument("--dry-run", action="store_true", help="dire, sans rien écrire")
        parser.add_argument("--json", action="store_true", help="du JSON seul, pour un programme")

    def handle(self, *args: Any, **options: Any) -> None:
        gem = gem_of_file(slug=options["group"])
        if gem is None:
            raise CommandError(f"Aucun GEM ne s'appelle « {options['group']} ».")
        day = today(gem.time_zone)
        due = months_to_fold(gem.id, day)
        done = () if options["dry_run"] else fold_due_months(actor=SYSTEM, gem_id=gem.id, today=day)
        answer = {
            "group": options["group"],
            "folding": settings.FOLDING,
            "dry_run": options["dry_run"],
            "due": [f"{month:%Y-%m}" for month in due],
            "folded": [
                {
                    "month": f"{one.month:%Y-%m}",
                    "rows": one.rows,
                    "counts": one.counts,
                    "people_left": one.people_left,
                }
                for one in done
            ],
            "already_folded": sorted(
                f"{month:%Y-%m}" for month in folded_months(gem.id) - {one.month for one in done}
            ),
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write(_said(answer))


def _said(answer: dict[str, Any]) -> str:
    if not answer["folding"]:
        return "Rien n'est effacé : FOLDING est arrêté dans les réglages."
    if answer["dry_run"]:
        listed = ", ".join(answer["due"]) or "aucun"
        return f"Mois dont les prénoms partiraient aujourd'hui : {listed}."
    lines = [
        f"{one['month']} : {one['rows']} lignes avec prénom deviennent {one['counts']} nombres, "
        f"{one['people_left']} personnes quittent le carnet."
        for one in answer["folded"]
    ]
    return "\n".join(lines) or "Aucun mois à traiter aujourd'hui."
