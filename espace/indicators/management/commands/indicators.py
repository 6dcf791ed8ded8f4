"""``manage.py indicators --group SLUG --period 2026-10 [--json]``: the figures of one GEM."""

import json
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from espace.accounts.access import SYSTEM
from espace.core.clock import today
from espace.groups.queries.from_file import gem_of_file
from espace.indicators import queries
from espace.indicators.catalogue_reading import catalogue
from espace.indicators.rules import (
    STATES_FR,
    Measure,
    PeriodError,
    Value,
    number_fr,
    parse_period,
)


class Command(BaseCommand):
    help = "Affiche les chiffres d'un GEM pour une période."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--group", required=True, help="nom court du GEM (list_groups)")
        parser.add_argument(
            "--period", required=True, help="2026, 2026-T4, 2026-10 ou 2026-03-01..2026-05-31"
        )
        parser.add_argument("--json", action="store_true", help="du JSON seul, pour un programme")

    def handle(self, *args: Any, **options: Any) -> None:
        gem = gem_of_file(slug=options["group"])
        if gem is None:
            raise CommandError(f"Aucun GEM ne s'appelle « {options['group']} ».")
        try:
            period = parse_period(options["period"])
        except PeriodError as error:
            raise CommandError(
                "La période s'écrit 2026, 2026-T4, 2026-10 ou 2026-03-01..2026-05-31."
            ) from error
        codes = [one.code for one in catalogue().indicators.values() if "gem" in one.data["levels"]]
        found = queries.measure(SYSTEM, gem.id, [period], codes, today(gem.time_zone))
        measured = [found[code, period] for code in codes]
        if options["json"]:
            self.stdout.write(json.dumps([_row(one) for one in measured], ensure_ascii=False))
        else:
            self.stdout.write(f"{gem.name}, {period.label_fr()}\n\n" + _table(measured))


def _row(one: Measure) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": catalogue().indicators[one.code].label_fr,
        "value": _plain(one.value),
        "numerator": _plain(one.numerator),
        "denominator": _plain(one.denominator),
        "known_share": _plain(one.known_share),
        "state": one.state.value,
    }


def _plain(value: Value) -> int | float | bool | None:
    """Numbers as JSON has them: whole when they are, else four decimals."""
    if value is None or isinstance(value, bool):
        return value
    rounded = round(Decimal(value), 4)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _said(value: Value, unit: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return f"{number_fr(value)} {unit}"


def _table(measured: list[Measure]) -> str:
    lines = []
    for one in measured:
        indicator = catalogue().indicators[one.code]
        said = _said(one.value, indicator.unit)
        lines.append(f"{one.code}  {indicator.label_fr:<50} {said:<28} {STATES_FR[one.state]}")
    return "\n".join(line.rstrip() for line in lines)
