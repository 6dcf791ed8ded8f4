"""Follow every chain of the journal: a line changed, added or taken out is found."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from espace.accounts.chain import Outcome
from espace.accounts.journal_reading import verified

WHY = {
    "gap": "une ligne manque",
    "changed": "une ligne a changé",
    "person_changed": "la personne d'une ligne a changé",
}


class Command(BaseCommand):
    help = "Vérifie que le journal est entier : rien de changé, rien d'enlevé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="une réponse pour une machine")

    def handle(self, *args: Any, **options: Any) -> None:
        found = dict(verified())
        wrong = {chain: each for chain, each in found.items() if each.broken_at is not None}
        if options["json"]:
            said = {chain or "no_gem": shown(each) for chain, each in found.items()}
            self.stdout.write(json.dumps({"whole": not wrong, "chains": said}, indent=2))
        else:
            for chain, each in found.items():
                self.stdout.write(sentence(chain, each))
        if wrong:
            raise CommandError(f"Le journal n'est pas entier : {len(wrong)} suite(s) à regarder.")


def shown(outcome: Outcome) -> dict[str, Any]:
    """Return what a machine reads of a chain; ``head`` is to be kept with each backup."""
    return {
        "lines": outcome.lines,
        "forgotten": outcome.forgotten,
        "head": outcome.head,
        "broken_at": outcome.broken_at,
        "why": outcome.why,
    }


def sentence(chain: str, outcome: Outcome) -> str:
    """Say in one line what was found of a chain."""
    name = f"GEM {chain}" if chain else "Sans GEM"
    if outcome.broken_at is not None:
        return f"{name} : {WHY[outcome.why]}, à la ligne {outcome.broken_at}."
    return (
        f"{name} : {outcome.lines} lignes, tout se suit. Personnes effacées : {outcome.forgotten}."
    )
