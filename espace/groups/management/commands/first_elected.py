"""The first elected person of a GEM, given by FiGEM: from then on the GEM gives its own roles."""

from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed
from espace.groups.actions.mandates import give_role
from espace.groups.choices import Function
from espace.groups.queries.from_file import gem_of_file
from espace.groups.queries.mandates import gem_day


class Command(BaseCommand):
    help = "Give the first elected mandate of a GEM that has no elected person yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--group", required=True, metavar="SLUG")
        parser.add_argument("--email", required=True)
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--function", default=Function.PRESIDENCE, choices=Function.values)

    def handle(self, *args: Any, **options: Any) -> None:
        gem = gem_of_file(slug=options["group"])
        if gem is None:
            raise CommandError(f"There is no GEM called '{options['group']}'.")
        try:
            give_role(
                actor=SYSTEM,
                gem_id=gem.id,
                role=Role.ELECTED,
                function=options["function"],
                email=options["email"],
                first_name=options["first_name"],
                initial="",
                started_on=gem_day(gem.id),
                key=uuid4(),
            )
        except NotAllowed as refused:
            raise CommandError("This GEM already has an elected person.") from refused
        self.stdout.write("Done: this person gives the other roles of the GEM.")
